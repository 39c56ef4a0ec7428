// Goal: somebody with a data folder and nothing else learns why an account needed what it needed, at any sequence. How: a
// journal as a desk writes it, asked at two places of its genesis; a book that trades, whose text must add up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountViewOf } from '../core/views/account.ts';
import { EngineClient } from '../host/threads/engineClient.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import { Side } from '../protocol/enums.ts';
import { sandboxGenesis } from '../sandbox/genesis.ts';
import { accountAt } from './accountAt.ts';
import { BASIS, BTC, ETH, MAKER, openDesk } from './fixtures/desk.ts';
import { marginText } from './marginText.ts';

describe('an account at a sequence', () => {
  const genesis = sandboxGenesis();
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'ballast-explain-'));
    const engine = new EngineClient(dir, { durable: () => {}, alarm: () => {}, died: () => {} });
    await engine.recovered;
    const submit = (command: (typeof genesis)[number]) =>
      engine.submit(encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined }));
    await Promise.all(genesis.map(submit));
    await engine.stop();
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('is as it was right after that command, not as it is now', () => {
    const deposit = genesis.findIndex((each) => each.kind === 'CreditDeposit' && each.account === BASIS) + 1;
    expect(deposit).toBeGreaterThan(0);
    const before = accountAt(nodeDisk, dir, BASIS, deposit - 1);
    const after = accountAt(nodeDisk, dir, BASIS, deposit);
    expect(before.seq).toBe(deposit - 1);
    expect(before.margin.equityUsd).toBe(0);
    expect(after.margin.equityUsd).toBeGreaterThan(0);
    expect(accountAt(nodeDisk, dir, BASIS, undefined).seq).toBe(genesis.length);
  });

  test('that nobody can show is refused with what can be shown', () => {
    const ask = (account: number, seq: number) => () => accountAt(nodeDisk, dir, account, seq);
    expect(ask(BASIS, genesis.length + 1)).toThrow(
      `sequences 1 to ${genesis.length}; ${genesis.length + 1} is`,
    );
    expect(ask(BASIS, 0)).toThrow('0 is none of them');
    expect(ask(4_000, genesis.length)).toThrow('no account 4000');
  });
});

test('what stands under a line of the text adds up to it, to the last unit', () => {
  const desk = openDesk();
  for (const [instrument, priceTicks] of [
    [BTC, 600_000],
    [ETH, 300_000],
  ] as const) {
    desk.place({ account: MAKER, instrument, priceTicks, side: Side.sell });
    desk.place({ account: BASIS, instrument, priceTicks, side: Side.buy });
  }
  const lines = marginText(accountViewOf(desk.engine, BASIS)).split('\n');
  const sums = lines.flatMap((line, at) => {
    const parts = partsOf(lines, at);
    return parts.length === 0 ? [] : [{ line, usd: usdOf(line), sum: sumOf(parts) }];
  });
  expect(sums.map(({ line }) => line.trim().split(/[ ,:]/)[0])).toEqual([
    'equity',
    'initial',
    'scan',
    'maintenance',
    'scan',
    'free',
  ]);
  for (const { line, usd, sum } of sums) expect(sum, line).toBe(usd);
});

const indentOf = (line: string) => line.length - line.trimStart().length;
const usdOf = (line: string) =>
  Number(/(-?[\d,]+)\.(\d{6})$/.exec(line)?.slice(1).join('').replaceAll(',', ''));
const sumOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + usdOf(line), 0);

/** Lines one step further in, up to the next one that stands as far out. */
function partsOf(lines: readonly string[], at: number): string[] {
  const indent = indentOf(lines[at]!);
  const after = lines.slice(at + 1);
  const end = after.findIndex((line) => line === '' || indentOf(line) <= indent);
  return after.slice(0, end).filter((line) => indentOf(line) === indent + 2);
}
