import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SettlementView } from '../../../protocol/views/settlement.ts';
import { PATIENCE_MS } from './heldLives.ts';

/**
 * Ends so many signers, in turn, and returns when the desk knows. The desk starts them again by itself.
 *
 * @param first of them, by its place; a larger one begins anew
 * @fails when one does not run in time
 */
export async function killSigners(
  address: string,
  dataDir: string,
  first: number,
  count: number,
): Promise<void> {
  for (let at = first; at < first + count; at += 1) {
    await until(address, at, (state) => state !== 'down' && state !== 'inside');
    const place = (at % (await signersOf(address)).length) + 1;
    const file = path.join(dataDir, 'settlement', 'signers', String(place), 'pid');
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
    await until(address, at, (state) => state === 'down' || state === 'starting');
  }
}

async function signersOf(address: string): Promise<SettlementView['signers']['each']> {
  const answer = await fetch(`${address}/api/v1/settlement`);
  return ((await answer.json()) as SettlementView).signers.each;
}

type State = SettlementView['signers']['each'][number]['state'];

async function until(address: string, at: number, isSo: (state: State) => boolean): Promise<void> {
  const lateMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const signers = await signersOf(address);
    const { state, sentence } = signers[at % signers.length]!;
    if (isSo(state)) return;
    if (performance.now() > lateMs) throw new Error(`Signer ${at % signers.length}: ${state}, ${sentence}`);
    await delay(5);
  }
}
