// Goal: an auditor sees the desk as it was, and nobody can do anything from there. How: the desk over HTTP; money moves,
// and the firm is looked at as of just before and just after.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalSegments } from '../journal/layout.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { listSnapshots } from '../journal/snapshot.ts';
import { DeskClient } from '../lab/deskClient.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import { replayedDesk } from '../lab/replayedDesk.ts';
import type { AccountView } from '../protocol/views/account.ts';
import type { AccountsView } from '../protocol/views/accounts.ts';
import type { AuditPageView, AuditRecord } from '../protocol/views/audit.ts';
import type { MarketsView } from '../protocol/views/health.ts';
import type { PastAccountView, PastMarketView, PastMomentView, PastView } from '../protocol/views/past.ts';
import { sandboxGenesis } from '../sandbox/genesis.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';
import { Past } from './past.ts';

/** Behind the last command of the genesis: there before anybody is let in. */
const OPENED = sandboxGenesis().length;

const [TRADER, MANAGER, AUDITOR, STRANGER] = [1, 2, 7, 19];

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;
let auditor: FirmPerson;

async function open(): Promise<void> {
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
}

async function restart(): Promise<void> {
  await running.stop();
  await open();
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-past-'));
  await open();
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
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
  expect((await look(9_999_999)).body.error?.code).toBe('past.future');
  expect((await look('now')).body.error).toEqual({
    code: 'request.malformed',
    message: 'A sequence is a whole number from 1.',
  });
  const trader = await FirmPerson.signIn(running.address, TRADER);
  expect((await trader.client.get('/api/v1/past?seq=10')).body.error?.code).toBe('actor.notPermitted');
  // The firm was not there yet.
  expect((await look(2)).body.error?.code).toBe('past.unknown');
});

test('every view of the past is the one that was live there', async () => {
  const paths = [
    '/api/v1/accounts',
    '/api/v1/accounts/8',
    '/api/v1/accounts/8/venues',
    '/api/v1/accounts/8/payoff/BTC',
    '/api/v1/firm',
    '/api/v1/firm/risk',
    '/api/v1/proposals',
    '/api/v1/stresses',
    '/api/v1/stress-map',
    '/api/v1/margin-schedule',
    '/api/v1/oracle',
    '/api/v1/options/BTC',
  ];
  // Asked at once, so that few moments have to be made; each answer names its own sequence.
  const lives = await Promise.all(paths.map(wholeAnswer));
  for (const [at, path] of paths.entries()) {
    const live = lives[at]!;
    expect(live.seq, path).toBeGreaterThanOrEqual(OPENED);
    const past = await manager.client.get<object>(`${path}?asOf=${live.seq}`);
    expect(stripped(past.body), path).toEqual(stripped(live));
  }
  const { body: account } = await manager.client.get<AccountView>('/api/v1/accounts/8');
  const { body } = await manager.client.get<PastAccountView>(`/api/v1/stream/account/8?asOf=${account.seq}`);
  expect(body.account).toEqual(account);
  expect(body.book.portfolio).toBeDefined();
  // This desk keeps no records, and says so.
  expect(body.fills).toBeNull();
});

/** What the live desk says of all accounts: a busy one measures some a question, and of the others says when. */
async function wholeAnswer(address: string): Promise<{ seq: number }> {
  interface Measured {
    seq: number;
    oldestSeq?: number;
    measured?: number;
    accounts?: number;
  }
  for (;;) {
    const { body } = await manager.client.get<Measured>(address);
    const isWhole = body.oldestSeq === body.seq && body.measured === body.accounts;
    if (body.oldestSeq === undefined || isWhole) return body;
  }
}

/** Without what the live desk measures in turns, some accounts a question: the past measures all of them there. */
function stripped(body: object): unknown {
  return JSON.parse(
    JSON.stringify(body, (key, value: unknown) =>
      key === 'oldestSeq' || key === 'measured' || key === 'distance' ? undefined : value,
    ),
  );
}

test('the listing, a book and the moment are told as they stood', async () => {
  const { body: moment } = await manager.client.get<PastMomentView>(`/api/v1/moment?asOf=${OPENED}`);
  expect(moment).toMatchObject({ seq: OPENED, stateHash: (await look(OPENED)).body.stateHash });
  const { body: before } = await manager.client.get<MarketsView>('/api/v1/markets?asOf=4');
  const { body: after } = await manager.client.get<MarketsView>(`/api/v1/markets?asOf=${OPENED}`);
  expect(after.markets.map(({ name }) => name)).toContain('BTC-PERP');
  expect(before.markets.length).toBeLessThan(after.markets.length);
  const { body: book } = await manager.client.get<PastMarketView>(`/api/v1/stream/market/0?asOf=${OPENED}`);
  expect(book.market).toMatchObject({ instrument: 0, seq: OPENED });
  expect((await manager.client.get('/api/v1/stream/market/0?asOf=2')).body.error?.code).toBe('past.unknown');
});

test('the past shows an account to whom the live desk shows it, and to nobody else', async () => {
  const trader = await FirmPerson.signIn(running.address, TRADER);
  const stranger = await FirmPerson.signIn(running.address, STRANGER);
  const everybody = [trader, manager, auditor, stranger];
  for (const path of ['accounts/8', 'accounts/8/venues', 'accounts/8/payoff/BTC']) {
    for (const person of everybody) {
      const live = await person.client.get(`/api/v1/${path}`);
      const past = await person.client.get(`/api/v1/${path}?asOf=${OPENED}`);
      expect([path, person.address, past.status, past.body.error]).toEqual([
        path,
        person.address,
        live.status,
        live.body.error,
      ]);
    }
  }
  const streamed = await stranger.client.get(`/api/v1/stream/account/8?asOf=${OPENED}`);
  expect(streamed.body.error?.code).toBe('actor.outOfScope');
  const { body } = await auditor.client.get<AccountsView>(`/api/v1/accounts?asOf=${OPENED}`);
  expect(body.accounts.map(({ account }) => account)).toContain(8);
  const anybody = new DeskClient(running.address);
  expect((await anybody.get(`/api/v1/oracle?asOf=${OPENED}`)).body.error?.code).toBe('session.required');
});

test('nothing live is answered to a question about the past, and nothing is changed from there', async () => {
  const code = async (path: string) => (await auditor.client.get(path)).body.error?.code;
  const unkept = ['health', 'audit', 'session', 'agents', 'accounts/8/margin-history', 'nothing/here'];
  for (const path of unkept) expect(await code(`/api/v1/${path}?asOf=${OPENED}`)).toBe('past.notShown');
  expect(await code('/api/v1/firm?asOf=9999999')).toBe('past.future');
  for (const text of ['', 'now', '-1', '0', '1.5'])
    expect(await code(`/api/v1/firm?asOf=${text}`)).toBe('request.malformed');
  const { body } = await manager.client.post(`/api/v1/session/ticket?asOf=${OPENED}`, {});
  expect(body.error?.code).toBe('past.readOnly');
});

test('one moment is made at a time and none without end; who looks at the same one shares it', async () => {
  const past = new Past(dir);
  const first = past.ask(OPENED, { kind: 'moment' });
  const shared = past.ask(OPENED, { kind: 'moment' });
  await expect(past.ask(OPENED - 1, { kind: 'moment' })).rejects.toMatchObject({
    error: { code: 'past.busy' },
  });
  expect((await first).seq).toBe(OPENED);
  expect(await shared).toEqual(await first);
  past.close();
  const hurried = new Past(dir, 1);
  await expect(hurried.ask(OPENED, { kind: 'moment' })).rejects.toMatchObject({
    error: { code: 'past.tooFar' },
  });
});

test('what was pruned is refused as such, and the oldest snapshot that is left is still shown', async () => {
  await restart();
  const pruned = mkdtempSync(path.join(tmpdir(), 'ballast-pruned-'));
  cpSync(dir, pruned, { recursive: true, filter: (name) => !name.endsWith('lock') });
  const [first] = journalSegments(nodeDisk.list(pruned)).segments;
  rmSync(path.join(pruned, first!.name));
  const past = new Past(pruned);
  await expect(past.ask(OPENED, { kind: 'moment' })).rejects.toMatchObject({
    error: { code: 'past.pruned' },
  });
  const { seq } = listSnapshots(nodeDisk, pruned).at(-1)!;
  expect((await past.ask(seq, { kind: 'moment' })).fromSeq).toBe(seq);
  past.close();
  rmSync(pruned, { recursive: true, force: true, maxRetries: 9 });
});
