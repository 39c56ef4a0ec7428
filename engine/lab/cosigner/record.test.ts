import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '../../units/time.ts';
import { CosignerRecord, type Decided } from './record.ts';

const NOON_MS = 20_000.5 * DAY_MS;

let dir: string;
let record: CosignerRecord;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-cosigner-record-'));
  record = new CosignerRecord(dir);
});
afterEach(() => {
  record.close();
  rmSync(dir, { recursive: true, force: true });
});

/** As after a power cut. */
function openAgain(): CosignerRecord {
  record.close();
  record = new CosignerRecord(dir);
  return record;
}

function decided(proposal: number, over: Partial<Decided> = {}): Decided {
  const nonce = NOON_MS + proposal;
  return {
    ...{ is: 'decided', proposal, proposedMs: 5, atMs: NOON_MS, summary: 'Move it.', hash: `0x${proposal}` },
    terms: {
      ...{ wallet: '0xa', nonce, decision: 'approve', reason: '' },
      ...{ actionHash: '0x1', policyHash: '0x2', seqMin: 7, deadlineMs: NOON_MS + 1 },
    },
    spends: { asset: 'USDC', amount: 100 },
    ...over,
  };
}

test('what was written is there again, as far as it came', () => {
  record.write(decided(1));
  record.write(decided(2));
  record.write({ is: 'signed', hash: '0x1', signature: '0xs1' });
  record.write({ is: 'signed', hash: '0x2', signature: '0xs2' });
  record.write({ is: 'ended', hash: '0x1', outcome: 'counted', code: 'approve' });
  const again = openAgain();
  expect(again.open).toEqual([{ decided: decided(2), signature: '0xs2', ended: undefined }]);
  expect(again.of({ proposal: 1, proposedMs: 5 })?.ended?.outcome).toBe('counted');
  expect(again.lastNonce).toBe(NOON_MS + 2);
});

test('a last line that was cut short never was, and the next one begins where it began', () => {
  record.write(decided(1));
  appendFileSync(path.join(dir, 'record.jsonl'), '{"is":"signed","hash":"0x1","signa');
  const again = openAgain();
  expect(again.open).toHaveLength(1);
  expect(again.open[0]!.signature).toBeUndefined();
  again.write({ is: 'signed', hash: '0x1', signature: '0xs1' });
  const lines = readFileSync(path.join(dir, 'record.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).is)).toEqual(['decided', 'signed']);
});

test('the same number of another time is another proposal', () => {
  record.write(decided(1));
  expect(record.of({ proposal: 1, proposedMs: 6 })).toBeUndefined();
});

test('a decision that lapsed can be made anew and spends nothing; one that was refused stays', () => {
  record.write(decided(1));
  record.write({ is: 'ended', hash: '0x1', outcome: 'lapsed', code: 'approval.expired' });
  record.write(decided(2));
  record.write({ is: 'ended', hash: '0x2', outcome: 'refused', code: 'approval.actionChanged' });
  expect(record.of({ proposal: 1, proposedMs: 5 })).toBeUndefined();
  expect(record.of({ proposal: 2, proposedMs: 5 })).toBeDefined();
  expect(record.spentOn('USDC', NOON_MS)).toBe(100);
});

test('a day is one of UTC, of one asset, and of what was agreed to', () => {
  record.write(decided(1, { atMs: 20_001 * DAY_MS - 1 }));
  record.write(decided(2, { atMs: 20_001 * DAY_MS }));
  record.write(decided(3, { spends: { asset: 'BTC', amount: 7 } }));
  record.write(decided(4, { spends: null }));
  expect([record.spentOn('USDC', NOON_MS), record.spentOn('BTC', NOON_MS)]).toEqual([100, 7]);
  expect(openAgain().spentOn('USDC', 20_001 * DAY_MS)).toBe(100);
});

test('what is left to people is said once, for each reason', () => {
  const left = { is: 'left', proposal: 1, proposedMs: 5, why: 'No rule.' } as const;
  record.write(left);
  const again = openAgain();
  expect(again.hasLeft(left)).toBe(true);
  expect(again.hasLeft({ ...left, why: 'Another.' })).toBe(false);
});
