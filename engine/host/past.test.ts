// Goal: an auditor sees the desk as it was, and nobody can do anything from there. How: the desk over HTTP; money moves,
// and the firm is looked at as of just before and just after.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FirmPerson } from '../lab/firmPerson.ts';
import { replayedDesk } from '../lab/replayedDesk.ts';
import { sandboxGenesis } from '../lab/seeds/sandbox.ts';
import type { AuditPageView, AuditRecord } from '../protocol/views/audit.ts';
import type { PastView } from '../protocol/views/past.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';
import { Past } from './past.ts';

/** Behind the last command of the genesis: there before anybody is let in. */
const OPENED = sandboxGenesis().length;

const [TRADER, MANAGER, AUDITOR] = [1, 2, 7];

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;
let auditor: FirmPerson;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-past-'));
  const env = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_CHAIN: 'off',
  };
  running = await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
    throw new Error(sentence);
  });
  const signIn = (index: number) => FirmPerson.signIn(running.address, index);
  [manager, auditor] = [await signIn(MANAGER), await signIn(AUDITOR)];
}, 60_000);

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true });
});

const look = (seq: number | string) => auditor.client.get<PastView>(`/api/v1/past?seq=${seq}`);

function usdcIn({ accounts }: PastView, account: number): number | undefined {
  const balances = accounts.find((view) => view.account === account)?.balances;
  return balances?.find(({ name }) => name === 'USDC')?.amount;
}

test('the desk is shown as of before and after a move, made anew from the journal', async () => {
  const amount = 1_000_000;
  await manager.propose({ kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount });
  let record: AuditRecord | undefined;
  await expect
    .poll(async () => {
      const { body } = await auditor.client.get<AuditPageView>('/api/v1/audit?action=Transfer');
      record = body.records[0] as AuditRecord | undefined;
      return record?.result;
    })
    .toBe('applied');
  const { engineSeq } = record!;
  const before = (await look(engineSeq - 1)).body;
  const after = (await look(engineSeq)).body;
  expect(usdcIn(after, 9)! - usdcIn(before, 9)!).toBe(amount);
  expect(after).toMatchObject({ seq: engineSeq, firm: { firm: 1, seq: engineSeq } });
  expect(after.firm.nodes.length).toBeGreaterThan(3);
  expect(new Date(after.timeMs).toISOString()).toBe(record!.time);
});

test('the state that is shown is the one that a replay from the genesis makes', async () => {
  const { body } = await look(OPENED);
  const { hashes } = replayedDesk(dir, [{ kind: 'hash', seq: OPENED }]);
  expect(body.stateHash).toMatch(/^[0-9a-f]{32,}$/);
  expect(body.stateHash).toBe(hashes.get(OPENED));
});

test('what is not there yet, is no number, or is not for a trader is refused', async () => {
  expect((await look(9_999_999)).body.error?.code).toBe('past.unknown');
  expect((await look('now')).body.error?.code).toBe('request.malformed');
  const trader = await FirmPerson.signIn(running.address, TRADER);
  expect((await trader.client.get('/api/v1/past?seq=10')).body.error?.code).toBe('actor.notPermitted');
  // The firm was not there yet.
  expect((await look(2)).body.error?.code).toBe('past.unknown');
});

test('one look at a time, and none without end', async () => {
  const past = new Past(dir);
  const question = { seq: OPENED, member: 0, accounts: [] };
  const first = past.look(question);
  await expect(past.look(question)).rejects.toMatchObject({ error: { code: 'past.busy' } });
  expect((await first).seq).toBe(OPENED);
  const hurried = new Past(dir, 1);
  await expect(hurried.look(question)).rejects.toMatchObject({ error: { code: 'past.tooFar' } });
}, 60_000);
