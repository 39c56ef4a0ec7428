// Goal: a signer takes no payment by demand that the vault's events do not bear out. How: events as a node would hand them
// out, one a block and an hour apart, and notes as a journal's commands leave them.
import { encodeAbiParameters, encodeEventTopics, type Hex } from 'viem';
import { expect, test } from 'vitest';
import { sandboxVault } from '../sandbox/vault.ts';
import { vaultAbi } from '../settlement/vault/vaultAbi.ts';
import { VaultHistory } from '../settlement/vault/vaultHistory.ts';
import { HOUR_MS, SECOND_MS } from '../units/time.ts';
import { requireDemands } from './judgeDemands.ts';
import { type DemandNote, NoteBook } from './notes.ts';

const VAULT = `0x${'11'.repeat(20)}` as const;
const sub = `0x${'22'.repeat(32)}` as const;
/** A demand of all that the leaf has, served at once. */
const whole = { sub, asset: 0, amount: 60, block: 1, missing: 60, asOf: 1, mayUnwind: false };
const other = `0x${'77'.repeat(32)}` as const;
const bounds = { lagS: 120, leadS: 60 };
const forcedGrace = 1_200;
const reader = { terms: async () => ({ ...sandboxVault.terms, forcedGrace }) };
const numbers = (...values: bigint[]) =>
  encodeAbiParameters(
    values.map(() => ({ type: 'uint256' })),
    values,
  );

const paid = (nonce: bigint, amount: bigint) => ({
  topics: encodeEventTopics({ abi: vaultAbi, eventName: 'Paid', args: { sub, nonce } }),
  data: numbers(0n, amount, 5n),
});
const demanded = (amount: bigint) => ({
  topics: encodeEventTopics({ abi: vaultAbi, eventName: 'ForcedRequest', args: { sub } }),
  data: numbers(0n, amount),
});
const ended = () => ({
  topics: encodeEventTopics({ abi: vaultAbi, eventName: 'Served', args: { sub } }),
  data: '0x' as Hex,
});

/** Block 0: 40 paid. Block 1: 60 are demanded. Block 2: 25 paid. Block 3: 35 paid. Block 4: the demand is ended. */
const EVENTS = [paid(1n, 40n), demanded(60n), paid(2n, 25n), paid(3n, 35n), ended()];
const timeOf = (block: number) => block * HOUR_MS;

/** @returns why it is not signed; undefined where it is */
async function judged(change: Partial<DemandNote>, events = EVENTS): Promise<string | undefined> {
  const logs = events.map((event, place) => ({
    ...event,
    ...{ address: VAULT, blockNumber: `0x${place.toString(16)}`, logIndex: '0x0', removed: false },
    ...{ blockHash: `0x${'44'.repeat(32)}`, transactionHash: `0x${'55'.repeat(32)}` },
  }));
  const call = async (method: string, [block]: readonly unknown[]) =>
    method === 'eth_getLogs' ? logs : { timestamp: `0x${(timeOf(Number(block)) / SECOND_MS).toString(16)}` };
  const history = new VaultHistory({ call } as never, VAULT);
  await history.follow({ number: logs.length, hash: `0x${'66'.repeat(32)}` });
  const book = new NoteBook();
  book.demand({ ...whole, seq: 9, timeMs: timeOf(1), ...change });
  try {
    await requireDemands(
      { seq: 9 },
      { book, chain: { call } as never, reader, deposits: { history }, bounds },
    );
    expect(book.all.demands).toEqual([]);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test('what was demanded and is missing is signed, all of it or a part, also when it was paid and ended since', async () => {
  expect(await judged({})).toBeUndefined();
  expect(await judged({ missing: 10 })).toBeUndefined();
  expect(await judged({ timeMs: timeOf(2), asOf: 2, missing: 35 })).toBeUndefined();
  expect(await judged({}, EVENTS.slice(0, 2))).toBeUndefined();
});

test('a demand that was never made, elsewhere, or of something else', async () => {
  expect(await judged({ sub: other })).toContain(`at seq 9 was never made of the vault: ${other} has none`);
  expect(await judged({ block: 0, asOf: 0 })).toContain('was never made of the vault');
  expect(await judged({ amount: 61 })).toContain('is of 60 units of asset 0 in the vault, and of 61');
  expect(await judged({ asset: 1 })).toContain('and of 60 of asset 1 in the journal');
});

test('more than the vault lacked, or after its end', async () => {
  expect(await judged({ missing: 61 })).toContain('lacked 60 units at block 1, and 61 by the journal');
  expect(await judged({ asOf: 2, missing: 36 })).toContain('lacked 35 units at block 2');
  expect(await judged({ asOf: 4, missing: 1 })).toContain('had ended in block 4');
});

test('as of a block that was long gone, where less was missing or it had ended by then', async () => {
  const lagMs = (bounds.lagS + bounds.leadS) * SECOND_MS;
  expect(await judged({ timeMs: timeOf(2) + lagMs })).toBeUndefined();
  expect(await judged({ timeMs: timeOf(2) + lagMs + 1 })).toContain(
    'was paid or ended in block 2, long before',
  );
  const late = { asOf: 2, missing: 35, timeMs: timeOf(3) + lagMs + 1 };
  expect(await judged(late)).toContain('was paid or ended in block 3');
  expect(await judged(late, EVENTS.slice(0, 3))).toBeUndefined();
});

test('positions are closed for it once half of its time is gone, by a clock that may be a little ahead', async () => {
  const fromMs = timeOf(1) + (forcedGrace / 2 - bounds.leadS) * SECOND_MS;
  expect(await judged({ mayUnwind: true, timeMs: fromMs })).toBeUndefined();
  expect(await judged({ mayUnwind: true, timeMs: fromMs - 1 })).toContain('before half of its time is gone');
  expect(await judged({ timeMs: fromMs - 1 })).toBeUndefined();
});

test('what is in no root yet is not asked about', async () => {
  const book = new NoteBook();
  book.demand({ ...whole, seq: 10, timeMs: 0 });
  const history = new VaultHistory({ call: async () => [] } as never, VAULT);
  await requireDemands({ seq: 9 }, { book, chain: {} as never, reader, deposits: { history }, bounds });
  expect(book.all.demands).toEqual([{ ...whole, seq: 10, timeMs: 0 }]);
});
