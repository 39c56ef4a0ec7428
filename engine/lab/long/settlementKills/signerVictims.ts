import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SettlementView, SignersView, SignerView } from '../../../protocol/views/settlement.ts';
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
  const { each } = await signersOf(address);
  for (let at = first; at < first + count; at += 1) {
    const place = at % each.length;
    await kill(address, path.join(dataDir, 'settlement', 'signers', String(place + 1)), (signers) => {
      return signers.each[place]!;
    });
  }
}

/** Ends the guardian, and returns when the desk knows, which starts it again by itself. @fails when it does not run in time */
export async function killGuardian(address: string, dataDir: string): Promise<void> {
  await kill(address, path.join(dataDir, 'settlement', 'guardian'), ({ guardian }) => guardian!);
}

type Pick = (signers: SignersView) => SignerView;

async function kill(address: string, ownDir: string, pick: Pick): Promise<void> {
  await until(address, pick, (state) => state !== 'down' && state !== 'inside');
  process.kill(Number(readFileSync(path.join(ownDir, 'pid'), 'utf8')), 'SIGKILL');
  await until(address, pick, (state) => state === 'down' || state === 'starting');
}

async function signersOf(address: string): Promise<SignersView> {
  const answer = await fetch(`${address}/api/v1/settlement`);
  return ((await answer.json()) as SettlementView).signers;
}

async function until(address: string, pick: Pick, isSo: (state: SignerView['state']) => boolean) {
  const lateMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const { address: who, state, sentence } = pick(await signersOf(address));
    if (isSo(state)) return;
    if (performance.now() > lateMs) throw new Error(`${who}: ${state}, ${sentence}`);
    await delay(5);
  }
}
