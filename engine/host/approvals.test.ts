// Goal: a custodian's machine hears of everything that waits for its wallet, gets the very text it is to sign, and may do
// no more than a person. How: the whole desk without pages, its market paused; people of the sandbox over HTTP.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hashTypedData } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personOf } from '../lab/chain/testChain.ts';
import { FirmPerson } from '../lab/firmPerson.ts';
import type { Action } from '../protocol/commands/actions.ts';
import { decideTypedData } from '../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import type { ApprovalsView } from '../protocol/views/approvals.ts';
import type { MarketsView } from '../protocol/views/health.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

const FIRM = 1;
const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };
const [MANAGER, RISK, APPROVER, AUDITOR, OWNER, COUNTERPARTY] = [2, 3, 5, 7, 9, 19];
const WAIT_MS = 20_000;

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;
let approver: FirmPerson;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-approvals-'));
  const quiet = { BALLAST_PAGES: 'off', BALLAST_RECORDS: 'off', BALLAST_CHAIN: 'off' };
  const env = { PORT: '0', BALLAST_DATA: dir, ...quiet };
  running = await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
    throw new Error(sentence);
  });
  manager = await person(MANAGER);
  approver = await person(APPROVER);
}, 60_000);

afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

const person = (index: number) => FirmPerson.signIn(running.address, index);

async function asked(who: FirmPerson, query = '') {
  return await who.client.get<ApprovalsView>(`/api/v1/approvals${query}`);
}

/** All that waits for somebody now. */
async function waitingFor(who: FirmPerson): Promise<ApprovalsView> {
  const { status, body } = await asked(who);
  expect(status).toBe(200);
  return body;
}

const numbers = ({ proposals }: ApprovalsView) => proposals.map(({ proposal }) => proposal);

/** Asks again from where the last answer stood, as a machine does: other news than what is waited for wakes it too. */
async function heardBy(
  who: FirmPerson,
  afterSeq: number,
  isSo: (view: ApprovalsView) => boolean,
): Promise<ApprovalsView> {
  for (let after = afterSeq; ; ) {
    const { body } = await asked(who, `?after=${after}&waitMs=${WAIT_MS}`);
    if (isSo(body)) return body;
    after = body.seq;
  }
}

test('who waits hears of what is asked for, and of how it ended', async () => {
  const before = await waitingFor(approver);
  const waiting = heardBy(approver, before.seq, ({ proposals }) => proposals.length > 0);
  const proposal = await manager.ask(transfer);
  const heard = await waiting;
  expect(numbers(heard)).toContain(proposal);
  expect(heard.seq).toBeGreaterThan(before.seq);
  expect(heard.proposals.at(-1)).toMatchObject({ mayApprove: true, mayVeto: true });
  const ended = heardBy(approver, heard.seq, ({ closed }) => closed.length > 0);
  await approver.agree(proposal!);
  const { seq, closed, ...rest } = await ended;
  expect(numbers({ seq, closed, ...rest })).not.toContain(proposal);
  expect(closed.map(({ proposal: { proposal: number }, end }) => [number, end])).toEqual([
    [proposal, 'done'],
  ]);
  // Whoever has heard that is not told again.
  expect((await asked(approver, `?after=${seq}`)).body.closed).toEqual([]);
});

test('who was away is told all that waits with the first answer', async () => {
  const [first, second] = [await manager.ask(transfer), await manager.ask(transfer)];
  expect(numbers(await waitingFor(await person(APPROVER)))).toEqual(
    expect.arrayContaining([first, second] as number[]),
  );
  for (const each of [first, second]) await approver.agree(each!);
});

test('each is told what waits for them: who may only object, who has no say, and who asked', async () => {
  const proposal = await manager.ask(transfer);
  const [forRisk] = (await waitingFor(await person(RISK))).proposals;
  expect(forRisk).toMatchObject({ proposal, mayApprove: false, mayVeto: true });
  for (const index of [MANAGER, AUDITOR, COUNTERPARTY])
    expect(numbers(await waitingFor(await person(index)))).toEqual([]);
  await approver.agree(proposal!);
});

test('the text to be signed is the one the desk checks, and a signature over its hash counts', async () => {
  const proposal = await manager.ask(transfer);
  const { seq, timeMs, proposals } = await waitingFor(approver);
  const seen = proposals.find((each) => each.proposal === proposal)!;
  const terms = {
    decision: 'veto' as const,
    reason: 'Above the limit of a day.',
    ...{ actionHash: seen.actionHash, policyHash: seen.policyHash },
    ...{ seqMin: seq, deadlineMs: timeMs + 60_000 },
  };
  const signer = { wallet: approver.address, nonce: approver.client.nextNonce(Date.now()) };
  const path = `/api/v1/proposals/${proposal}/decision`;
  const { body: drafted } = await approver.client.post<TypedData>(`${path}/draft`, { ...signer, ...terms });
  const { body: desk } = await approver.client.get<MarketsView>('/api/v1/markets');
  const own = decideTypedData(desk, { kind: 'Decide', proposal: proposal!, ...terms }, seen, signer);
  expect(drafted).toEqual(own);
  const hash = hashTypedData(drafted as never);
  const signature = await approver.wallet.sign!({ hash });
  const answer = await approver.client.post<object>(path, { ...signer, ...terms, signature });
  expect([answer.status, answer.body.error]).toEqual([200, undefined]);
  const { closed } = await waitingFor(approver);
  expect(closed.at(-1)).toMatchObject({ proposal: { proposal }, end: 'vetoed' });
  expect(closed.at(-1)!.proposal.comments.at(-1)!.text).toBe(terms.reason);
});

test('a text is drafted for the wallet that is signed in, and of proposals of its firm alone', async () => {
  const proposal = await manager.ask(transfer);
  const seen = (await waitingFor(approver)).proposals.at(-1)!;
  const { actionHash, policyHash } = seen;
  const terms = {
    decision: 'approve',
    reason: '',
    actionHash,
    policyHash,
    seqMin: 1,
    deadlineMs: Date.now(),
  };
  const draft = async (who: FirmPerson, wallet = who.address) =>
    (
      await who.client.post<TypedData>(`/api/v1/proposals/${proposal}/decision/draft`, {
        ...terms,
        ...{ wallet, nonce: 1 },
      })
    ).body;
  expect((await draft(approver, manager.address)).error?.code).toBe('signature.payloadMismatch');
  expect((await draft(await person(COUNTERPARTY))).error?.code).toBe('proposal.unknown');
  expect((await draft(approver)).error).toBeUndefined();
  await approver.agree(proposal!);
});

test('the owner’s word for an address is that of the wallet that owns the firm', async () => {
  const owner = await person(OWNER);
  const second = await FirmPerson.signInWith(running.address, await linkedTo(OWNER));
  const proposal = await manager.ask({
    ...{ kind: 'ListDestination', to: `0x${'5a'.repeat(20)}`, label: 'Custody', dayUsd: 0 },
  });
  expect((await waitingFor(owner)).proposals).toMatchObject([{ proposal, mayApprove: true }]);
  expect((await waitingFor(second)).proposals).toMatchObject([{ proposal, mayApprove: false }]);
});

/** One more wallet of a person of the sandbox. */
async function linkedTo(index: number) {
  const { desk } = running;
  const { address } = await person(index);
  const [member] = desk.names!.membersByAddress.get(address)!;
  // Nobody's so far.
  const wallet = personOf(25);
  const action = {
    kind: 'LinkWallet',
    ...{ member: member!.member, address: wallet.address.toLowerCase() },
  } as const;
  const { results } = await desk.gateway.submitSystem({ kind: 'Propose', firm: FIRM, action });
  expect(results[0]?.status).not.toBe('refused');
  return wallet;
}

/** Behind all that a desk of minutes comes to. */
const FAR = 1e9;

test('no session has more than four questions waiting, and what is no number is refused', async () => {
  const many = await person(APPROVER);
  const told: (string | undefined)[] = [];
  const all = Array.from({ length: 6 }, async () => {
    const { body } = await asked(many, `?after=${FAR}&waitMs=${WAIT_MS}`);
    told.push(body.error?.code);
  });
  await expect.poll(() => told).toEqual(['request.tooMany', 'request.tooMany']);
  running.desk.news.told(FAR + 1);
  await Promise.all(all);
  expect(told.slice(2)).toEqual(Array(4).fill(undefined));
  expect((await asked(many, '?after=-1')).body.error?.code).toBe('request.malformed');
});

test('who is signed out while they wait is told nothing', async () => {
  const leaving = await person(APPROVER);
  const waiting = asked(leaving, `?after=${2 * FAR}&waitMs=${WAIT_MS}`);
  await waitingFor(leaving);
  await leaving.client.delete('/api/v1/session');
  await manager.ask(transfer);
  running.desk.news.told(2 * FAR + 1);
  expect((await waiting).body.error?.code).toBe('session.required');
});
