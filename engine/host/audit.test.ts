// Goal: what a firm's people decide is in the log once, whatever ended the desk, each reader sees their part of it, and
// an export verifies without the desk. How: the whole desk without pages, people of the sandbox with their own wallets.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyExport } from '../../public/verify.mjs';
import { DeskClient } from '../lab/deskClient.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import type { ChangePart, Transfer } from '../protocol/commands/actions.ts';
import type { AuditPageView, AuditRecord } from '../protocol/views/audit.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const transfer: Transfer = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };
const [TRADER, MANAGER, APPROVER, AUDITOR, COUNTERPARTY] = [1, 2, 5, 7, 19];

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;
let approver: FirmPerson;
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
  [manager, approver, auditor] = [await signIn(MANAGER), await signIn(APPROVER), await signIn(AUDITOR)];
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-audit-'));
  await open();
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

async function rows(person: FirmPerson, query = ''): Promise<AuditRecord[]> {
  const { body } = await person.client.get<AuditPageView>(`/api/v1/audit?${query}`);
  return body.records as AuditRecord[];
}

test('a decision is on record with who, by which rule, who agreed and what it changed', async () => {
  await manager.propose(transfer);
  const [proposal] = await approver.proposals();
  await approver.decide(proposal!);
  await expect.poll(() => rows(auditor, 'action=Transfer')).toHaveLength(2);
  const [decided, asked] = await rows(auditor, 'action=Transfer');
  expect(asked).toMatchObject({
    action: 'Propose.Transfer',
    actor: {
      address: manager.address,
      role: 'portfolioManager',
      session: expect.stringMatching(/^[0-9a-f]{16}$/),
    },
    params: { from: 8, to: 9, asset: 'USDC', amount: transfer.amount },
    policyHash: proposal!.policyHash,
    rule: proposal!.rules,
    result: 'waiting',
  });
  expect(decided).toMatchObject({
    action: 'Decide.Transfer',
    actor: { address: approver.address, role: 'opsApprover' },
    proposal: proposal!.proposal,
    approvals: [{ approver: approver.address }],
    result: 'applied',
  });
  const moved = decided!.changes.find(({ what }) => what === 'account 9 USDC')!;
  expect(Number(moved.after) - Number(moved.before)).toBe(transfer.amount);
});

test('a change set is one record with all its parts, and one that is refused says which part it was', async () => {
  const parts: ChangePart[] = [
    { ...transfer, amount: 290_000_000_000 },
    { ...transfer, from: 9, to: 10, amount: 5_000_000 },
  ];
  const before = await rows(auditor, 'action=ChangeSet');
  const proposal = await manager.ask({ kind: 'ChangeSet', parts });
  await approver.agree(proposal!);
  const tooMuch = { ...parts[1]!, amount: 1e15 } as ChangePart;
  const refused = await manager.propose({ kind: 'ChangeSet', parts: [parts[0]!, tooMuch] });
  expect(refused.body.error).toEqual({
    code: 'balance.insufficient',
    part: 2,
    message: expect.stringMatching(/^Part 2: /),
  });
  await expect.poll(() => rows(auditor, 'action=ChangeSet')).toHaveLength(before.length + 3);
  const [failed, decided, asked] = await rows(auditor, 'action=ChangeSet');
  expect(asked).toMatchObject({
    action: 'Propose.ChangeSet',
    params: { parts },
    result: 'waiting',
    proposal,
  });
  expect(decided).toMatchObject({ action: 'Decide.ChangeSet', result: 'applied', proposal });
  expect(decided!.changes.map(({ what }) => what)).toEqual([
    'account 8 USDC',
    'account 9 USDC',
    'account 10 USDC',
  ]);
  expect(failed).toMatchObject({ action: 'Propose.ChangeSet', result: 'balance.insufficient' });
  expect(failed!.changes).toEqual([{ what: 'refused part', before: '', after: '2' }]);
});

test('what the policy refuses is on record, and what the door refuses', async () => {
  await approver.propose({ kind: 'Unwind', account: 8 });
  await manager.propose(transfer, { ...transfer, to: 10 });
  // Each is there when its writer has it; another refusal may be before them.
  const refused = async () =>
    (await rows(auditor, 'result=refused&limit=9')).map(({ action, result }) => `${action} ${result}`);
  await expect.poll(refused).toContain('Propose.Unwind policy.denied');
  await expect.poll(refused).toContain('POST /api/v1/proposals signature.invalid');
});

test('a trader reads nothing of it, and that is on record; a manager what is theirs; other firms nothing', async () => {
  const trader = await FirmPerson.signIn(running.address, TRADER);
  expect((await trader.client.get('/api/v1/audit')).body.error?.code).toBe('actor.notPermitted');
  expect((await trader.client.get('/api/v1/audit/export')).body.error?.code).toBe('actor.notPermitted');
  await expect.poll(() => rows(auditor, 'action=ReadAudit')).toHaveLength(2);
  const theirs = await rows(manager);
  expect(theirs.length).toBeGreaterThan(0);
  expect(theirs.filter(({ firm }) => firm !== 1)).toEqual([]);
  const other = await FirmPerson.signIn(running.address, COUNTERPARTY);
  expect((await other.client.get('/api/v1/audit')).body.error?.code).toBe('actor.notPermitted');
});

test('who signs in and out, whose session is ended, and who is refused is on record, a flood in two lines', async () => {
  const client = () => new DeskClient(running.address);
  const trader = await FirmPerson.signIn(running.address, TRADER);
  const elsewhere = await FirmPerson.signIn(running.address, TRADER);
  await trader.client.delete('/api/v1/sessions');
  expect((await elsewhere.client.get('/api/v1/session')).body.error?.code).toBe('session.required');
  await trader.client.delete('/api/v1/session');
  const forged = { message: `I am ${trader.wallet.address}.`, signature: `0x${'1'.repeat(130)}` };
  for (let index = 0; index < 8; index++) await client().post('/api/v1/session', forged);

  const byTrader = `actor=${trader.address}`;
  await expect.poll(() => rows(auditor, `${byTrader}&action=SignOut`)).toHaveLength(1);
  const [last, first] = await rows(auditor, `${byTrader}&action=SignIn`);
  expect([first, last]).toMatchObject([
    { result: 'applied', firm: 1, actor: { role: 'trader' }, params: { wallet: trader.address } },
    { result: 'applied', engineSeq: 0 },
  ]);
  const [ended] = await rows(auditor, `${byTrader}&action=EndSession`);
  expect(ended).toMatchObject({
    actor: { session: first!.actor.session, ipHash: first!.actor.ipHash },
    params: { session: last!.actor.session, wallet: trader.address, why: 'revoked' },
  });
  const refused = await rows(auditor, 'action=SignIn&result=session.messageInvalid');
  // Eight within a minute, or over the turn of one: the first of each is told whole.
  expect(refused.length).toBeLessThanOrEqual(2);
  expect(refused[0]).toMatchObject({ actor: { address: '' }, params: { wallet: trader.wallet.address } });
  await running.stop();
  await open();
  const counted = await rows(auditor, 'action=SignInsRefused');
  const more = counted.map(({ params }) => (params as { count: number }).count);
  expect(refused.length + more.reduce((sum, count) => sum + count, 0)).toBe(8);
});

test('an export verifies without the desk, also for who may see only some of it', async () => {
  const { publicKey } = (await auditor.client.get<AuditPageView>('/api/v1/audit')).body;
  const whole = await verifyExport(await auditor.client.getText('/api/v1/audit/export'), { publicKey });
  expect(whole.signatureCount).toBeGreaterThan(0);
  expect(whole).toMatchObject({ isWhole: true, problems: [], isKeyPinned: true });
  const part = await verifyExport(await manager.client.getText('/api/v1/audit/export'), { publicKey });
  expect(part).toMatchObject({ isWhole: true, problems: [] });
  expect(part.sealedCount).toBeGreaterThan(whole.sealedCount);
  const none = await auditor.client.get('/api/v1/audit/export?to=1000');
  expect(none.body.error?.code).toBe('audit.empty');
  expect((await auditor.client.get('/api/v1/audit?limit=x')).body.error?.code).toBe('request.malformed');
});

test('after a restart the chain goes on where it was, and nothing is in it twice', async () => {
  const before = (await auditor.client.get<AuditPageView>('/api/v1/audit')).body;
  const starts = await rows(auditor, 'action=DeskStarted');
  await running.stop();
  await open();
  const [started, ...earlier] = await rows(auditor, 'action=DeskStarted');
  expect(earlier).toEqual(starts);
  expect(started).toMatchObject({
    actor: { address: 'desk' },
    params: { build: 'dev', node: process.version },
  });
  expect((started!.params as { journalSeq: number }).journalSeq).toBeGreaterThan(0);
  await manager.propose(transfer);
  await expect.poll(() => rows(auditor, 'action=Propose.Transfer&result=waiting')).toHaveLength(2);
  const text = await auditor.client.getText('/api/v1/audit/export');
  expect(await verifyExport(text, { publicKey: before.publicKey })).toMatchObject({ isWhole: true });
  const records = text
    .split('\n')
    .slice(0, -2)
    .map((line) => JSON.parse(line) as AuditRecord);
  expect(records[before.size - 1]!.hash).toBe(before.head);
  const commands = records.flatMap(({ engineSeq }) => ((engineSeq ?? 0) === 0 ? [] : engineSeq));
  expect(new Set(commands).size).toBe(commands.length);
});
