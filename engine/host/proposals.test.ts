// Goal: a firm's people ask and agree over the wire with their wallets, and what they signed can be checked from the
// journal alone. How: the whole desk without pages, its market paused; people of the sandbox with their own keys.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { DeskClient } from '../lab/deskClient.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import { verifyJournal } from '../lab/verifyJournal.ts';
import type { Action, ChangePart, Transfer } from '../protocol/commands/actions.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;
let approver: FirmPerson;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-proposals-'));
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
  [manager, approver] = [
    await FirmPerson.signIn(running.address, 2),
    await FirmPerson.signIn(running.address, 5),
  ];
});

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

test('a manager asks, an ops approver agrees, the money moves, and the journal proves who signed', async () => {
  const before = await manager.usdcOf(9);
  const asked = await manager.propose(transfer);
  const { proposal } = asked.body.results[0] as { proposal?: number };
  const [open] = (await approver.proposals()).filter((each) => each.proposal === proposal);
  expect(open?.summary).toBe('Move 300,000 USDC from Macro / BTC-basis (8) to Macro / Alts (9).');
  expect(await manager.usdcOf(9)).toBe(before);
  expect((await approver.decide(open!)).status).toBe(200);
  await expect.poll(() => manager.usdcOf(9)).toBe(before + transfer.amount);
  expect(await approver.proposals()).toEqual([]);
});

test('what is sent is what was signed: another action, decision or wallet is refused', async () => {
  const swapped = await manager.propose(transfer, { ...transfer, to: 10 });
  expect(swapped.body.error?.code).toBe('signature.invalid');
  await manager.propose(transfer);
  const [open] = await approver.proposals();
  const turned = await approver.decide(open!, { decision: 'veto' }, { decision: 'approve' });
  expect(turned.body.error?.code).toBe('signature.invalid');
  const own = await manager.decide(open!);
  expect(own.body.error?.code).toBe('approval.ownProposal');
  const { signature: _, ...asked } = await manager.proposalOf(transfer);
  const unsigned = { ...asked, wallet: approver.address };
  expect((await manager.client.post('/api/v1/proposals/draft', unsigned)).body.error?.code).toBe(
    'signature.payloadMismatch',
  );
  expect((await manager.client.post('/api/v1/proposals', unsigned)).body.error?.code).toBe(
    'request.malformed',
  );
  const none = await approver.decide({ ...open!, proposal: 4_000 });
  expect(none.body.error?.code).toBe('proposal.unknown');
  expect((await approver.decide(open!, { decision: 'veto' })).status).toBe(200);
});

test('a change set is signed part by part: another order, another part or one more is refused', async () => {
  const parts: ChangePart[] = [
    { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 },
    { kind: 'Transfer', from: 9, to: 10, asset: 'USDC', amount: 1_000_000 },
  ];
  const set = (...of: ChangePart[]): Action => ({ kind: 'ChangeSet', parts: of });
  const [first, second] = parts as [Transfer, Transfer];
  for (const other of [
    set(second, first),
    set(first, { ...second, amount: 2_000_000 }),
    set(...parts, second),
  ]) {
    const swapped = await manager.propose(set(...parts), other);
    expect(swapped.body.error?.code).toBe('signature.invalid');
  }
  const tooMany = set(...Array<ChangePart>(17).fill(second));
  const many = await manager.propose(tooMany);
  expect(many.body.error?.code).toBe('change.countInvalid');
  const before = [await manager.usdcOf(9), await manager.usdcOf(10)];
  const proposal = await manager.ask(set(...parts));
  const open = (await approver.proposals()).find((each) => each.proposal === proposal)!;
  expect(open.summary).toBe(
    '2 moves as one change, all or none: 1. Move 300,000 USDC from Macro / BTC-basis (8) to Macro / Alts (9); 2. Move 1 USDC from Macro / Alts (9) to Vol (10).',
  );
  await approver.agree(proposal!);
  await expect.poll(() => manager.usdcOf(10)).toBe(before[1]! + second.amount);
  expect(await manager.usdcOf(9)).toBe(before[0]! + first.amount - second.amount);
});

test('who is not signed in sees and asks nothing, and other firms see nothing of it', async () => {
  const stranger = new DeskClient(running.address);
  expect((await stranger.get('/api/v1/proposals')).body.error?.code).toBe('session.required');
  expect((await stranger.post('/api/v1/proposals', {})).body.error?.code).toBe('session.required');
  await manager.propose(transfer);
  const other = await FirmPerson.signIn(running.address, 19);
  expect(await other.proposals()).toEqual([]);
  expect((await approver.proposals()).length).toBeGreaterThan(0);
});

test('all that was signed is verified from the journal alone', async () => {
  await running.stop();
  const found = await verifyJournal(nodeDisk, dir);
  expect(found.signatureCount).toBeGreaterThanOrEqual(5);
});
