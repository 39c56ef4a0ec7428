// Goal: a custodian's machine agrees and objects by its rules and by nothing else: once each, cut off wherever it is, and
// never to what it cannot make out itself. How: the program in a process of its own before a whole desk with its chain;
// a relay between them keeps what is sent and can lie; the program is killed after each of its steps.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toHex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { boot, type RunningDesk } from '../../host/boot.ts';
import { readConfig } from '../../host/config.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { actionHash } from '../../protocol/typed/actionHash.ts';
import type { ApprovalsView } from '../../protocol/views/approvals.ts';
import type { ClosedProposalView, ProposalsView } from '../../protocol/views/firm.ts';
import type { MarketsView } from '../../protocol/views/health.ts';
import type { SettlementView } from '../../protocol/views/settlement.ts';
import { OwnersWallet } from '../chain/ownersWallet.ts';
import { personOf, until } from '../chain/testChain.ts';
import { FirmPerson } from '../firmPerson.ts';
import { cosignerSteps } from './cosigner.ts';
import { bundleCosigner, CosignerProcess } from './cosignerProcess.ts';
import { type Lie, LyingRelay } from './lyingRelay.ts';
import type { Decided } from './record.ts';

const FIRM = 1;
const [MANAGER, APPROVER, TREASURY, OWNER] = [2, 5, 6, 9];
const SAFE_OWNERS = [16, 17, 18];
const USD = 1_000_000;
/** Ends what hangs: programs are started for each test, on machines that have other work. */
const WAIT_MS = 60_000;
vi.setConfig({ testTimeout: 3 * WAIT_MS, hookTimeout: 3 * WAIT_MS });

let dir: string;
let program: string;
let running: RunningDesk;
let relay: LyingRelay;
let manager: FirmPerson;
let approver: FirmPerson;
let safe: OwnersWallet;
/** Of the account that others are moved to. */
let startUnits = 0;
let folders = 0;
let runningNow: CosignerProcess[] = [];

async function open(): Promise<RunningDesk> {
  const quiet = { BALLAST_PAGES: 'off', BALLAST_RECORDS: 'off', BALLAST_SIGNERS: 'inside' };
  const env = { PORT: '0', BALLAST_DATA: path.join(dir, 'desk'), ...quiet };
  return await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
    throw new Error(sentence);
  });
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-cosigner-'));
  program = await bundleCosigner(`cosigner-${process.pid}`);
  running = await open();
  relay = await LyingRelay.open(running.address);
  const chain = running.desk.chain.embedded();
  await until(
    () => chain.status === 'ok',
    () => chain.sentence,
  );
  safe = await OwnersWallet.deploy(chain, SAFE_OWNERS, 2);
  await link(TREASURY, safe.address);
  await signIn();
  startUnits = await manager.usdcOf(9);
});

afterAll(async () => {
  await relay?.close();
  await running?.stop();
  rmSync(dir, { recursive: true, force: true });
  rmSync(program, { recursive: true, force: true });
});

beforeEach(() => {
  relay.lie = (_, body) => body;
});
afterEach(async () => {
  for (const each of runningNow) await each.kill();
  runningNow = [];
  await moveBack();
});

/** So that there is as much to move for each test. */
async function moveBack(): Promise<void> {
  const amount = (await manager.usdcOf(9)) - startUnits;
  if (amount <= 0) return;
  const action = { kind: 'Transfer', from: 9, to: 8, asset: 'USDC', amount } as const;
  await running.desk.gateway.submitSystem({ kind: 'Propose', firm: FIRM, action });
}

async function signIn(): Promise<void> {
  manager = await FirmPerson.signIn(running.address, MANAGER);
  approver = await FirmPerson.signIn(running.address, APPROVER);
}

/** Enrols an address as one more wallet of a person of the sandbox. */
async function link(personIndex: number, address: string): Promise<void> {
  const { desk } = running;
  const [member] = desk.names!.membersByAddress.get(personOf(personIndex).address.toLowerCase())!;
  const action = { kind: 'LinkWallet', member: member!.member, address } as const;
  const { results } = await desk.gateway.submitSystem({ kind: 'Propose', firm: FIRM, action });
  expect(results[0]?.status).not.toBe('refused');
}

const rules = (each = '500000', day = '100000000') => ({
  Withdraw: {
    ...{ accounts: [8], to: [personOf(OWNER).address.toLowerCase()] },
    assets: { USDC: { decimals: 6, each, day } },
  },
  Transfer: { accounts: [8], to: [9], assets: { USDC: { decimals: 6, each, day } } },
});

/** Settings of a co-signer with a record of its own. */
function settingsOf(by: 'ops' | 'safe' = 'ops', ruling: object = rules()): string {
  const folder = path.join(dir, `custody-${++folders}`);
  mkdirSync(folder);
  const people = by === 'ops' ? [APPROVER] : [16, 18];
  const keyFiles = people.map((person) => {
    writeFileSync(path.join(folder, `${person}.key`), toHex(personOf(person).getHdKey().privateKey!));
    return `${person}.key`;
  });
  const { chainId, vault } = running.desk.names!.view;
  const wallet = by === 'ops' ? { keyFile: keyFiles[0] } : { safe: safe.address, keyFiles };
  const settings = { desk: relay.address, chainId, vault, wallet, record: 'record', rules: ruling };
  const file = path.join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

function started(
  ...of: ConstructorParameters<typeof CosignerProcess> extends [string, ...infer R] ? R : never
) {
  const cosigner = new CosignerProcess(program, ...of);
  runningNow.push(cosigner);
  return cosigner;
}

interface RecordLine {
  is: string;
  outcome?: string;
  hash: string;
}
/** What it decided and what became of it; what it left to people is said elsewhere. */
function recordOf(settings: string): RecordLine[] {
  const text = readFileSync(path.join(path.dirname(settings), 'record', 'record.jsonl'), 'utf8');
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RecordLine]));
  return lines.filter(({ is }) => is !== 'left');
}

const transfer = (usd: number, to = 9): Action => ({
  ...{ kind: 'Transfer', from: 8, to, asset: 'USDC', amount: usd * USD },
});

async function asked(action: Action): Promise<number> {
  const proposal = await manager.ask(action);
  expect(proposal).toBeDefined();
  return proposal!;
}

/** How a proposal ended, once it has. */
async function endOf(proposal: number): Promise<ClosedProposalView> {
  let found: ClosedProposalView | undefined;
  await until(
    async () => {
      const { body } = await manager.client.get<ProposalsView>('/api/v1/proposals');
      found = body.closed.find((each) => each.proposal.proposal === proposal);
      return found !== undefined;
    },
    () => `${proposal} has not ended; ${runningNow.map(({ output }) => output).join('\n')}`,
    WAIT_MS,
  );
  return found!;
}

async function said(cosigner: CosignerProcess, words: RegExp): Promise<void> {
  await until(
    () => words.test(cosigner.output),
    () => `not said: ${words} in\n${cosigner.output}`,
    WAIT_MS,
  );
}

test('it agrees within its rules, objects above them with the reason, and leaves the rest to people', async () => {
  const cosigner = started(settingsOf('ops', rules('500000', '900000')));
  expect((await endOf(await asked(transfer(400_000)))).end).toBe('done');
  expect((await endOf(await asked(transfer(500_000)))).end).toBe('done');
  const above = await endOf(await asked(transfer(500_001)));
  expect([above.end, above.proposal.comments.at(-1)!.text]).toEqual([
    'vetoed',
    'Custody policy: 500,001 USDC is above 500,000 USDC for one transaction.',
  ]);
  const ofDay = await endOf(await asked(transfer(300_000)));
  expect([ofDay.end, ofDay.proposal.comments.at(-1)!.text]).toEqual([
    'vetoed',
    'Custody policy: 300,000 USDC beside 900,000 USDC of today is above 900,000 USDC for a day.',
  ]);
  const elsewhere = await endOf(await asked(transfer(300_000, 10)));
  expect(elsewhere.proposal.comments.at(-1)!.text).toBe(
    'Custody policy: account 10 is not a listed account.',
  );
  const listing = await asked({
    ...{ kind: 'ListDestination', to: `0x${'5a'.repeat(20)}`, label: 'New', dayUsd: 0 },
  });
  await said(cosigner, new RegExp(`${listing} is left to people: No rule speaks of ListDestination`));
  expect(relay.decisionsOn(listing)).toEqual([]);
});

test.each(cosignerSteps)(
  'cut off once it has %s, it goes on: one decision, one signature, counted once',
  async (step) => {
    const settings = settingsOf();
    const proposal = await asked(transfer(260_000));
    const held = started(settings, step);
    await held.reached();
    await held.kill();
    const again = started(settings);
    expect((await endOf(proposal)).end).toBe('done');
    await until(
      () => recordOf(settings).some(({ is }) => is === 'ended'),
      () => again.output,
      WAIT_MS,
    );
    // All that was ever sent for it is one text with one signature.
    expect(new Set(relay.decisionsOn(proposal).map((body) => JSON.stringify(body))).size).toBe(1);
    expect(recordOf(settings).map(({ is, outcome }) => outcome ?? is)).toEqual([
      'decided',
      'signed',
      'counted',
    ]);
  },
);

test('an objection that was sent before it was cut off stands, and is not made again', async () => {
  const settings = settingsOf();
  const proposal = await asked(transfer(600_000));
  const held = started(settings, 'sent');
  await held.reached();
  await held.kill();
  const again = started(settings);
  await said(again, /objected to: .* \(counted, vetoed\)/);
  expect(relay.decisionsOn(proposal)).toHaveLength(1);
  expect((await endOf(proposal)).end).toBe('vetoed');
});

/** Every approval as the desk tells it, with one change. */
const lieOf =
  (change: (proposal: ApprovalsView['proposals'][number]) => object): Lie =>
  (at, body) => {
    if (at !== '/api/v1/approvals' || !('proposals' in (body as object))) return body;
    const view = body as ApprovalsView;
    return { ...view, proposals: view.proposals.map((each) => ({ ...each, ...change(each) })) };
  };
const small = transfer(255_000) as Action & { kind: 'Transfer' };
const bodyAt =
  (wanted: RegExp, change: (body: object) => object): Lie =>
  (at, body) =>
    wanted.test(at) ? change(body as object) : body;

test.each<[string, Lie, RegExp]>([
  ['a sentence of another amount', lieOf(() => ({ summary: 'Move 1 USDC.' })), /The action reads/],
  ['an action that is not of its hash', lieOf(() => ({ action: small })), /not the one of its hash/],
  ['another policy', lieOf(() => ({ policyHash: `0x${'11'.repeat(32)}` })), /The policy is not the one/],
  ['a field that is no number', lieOf(() => ({ action: { ...small, amount: 1.5 } })), /It cannot be read/],
  [
    'another vault',
    bodyAt(/\/markets$/, (body) => ({ ...body, vault: `0x${'22'.repeat(20)}` })),
    /The desk is of chain/,
  ],
  [
    'an asset of other decimals',
    bodyAt(/\/markets$/, (body) => {
      const { assets } = body as MarketsView;
      return { ...body, assets: assets.map((each) => ({ ...each, decimals: 8 })) };
    }),
    /The action reads|decimals, the rules in/,
  ],
  [
    'a text to sign that agrees to more',
    bodyAt(/\/decision\/draft$/, (body) => {
      const drafted = body as { message: object };
      return { ...drafted, message: { ...drafted.message, actionHash: `0x${'33'.repeat(32)}` } };
    }),
    /drafts another text/,
  ],
])('%s: nothing is signed, and somebody is told', async (_, lie, words) => {
  relay.lie = lie;
  const settings = settingsOf();
  const proposal = await asked(transfer(270_000));
  const cosigner = started(settings);
  await said(cosigner, words);
  expect(relay.decisionsOn(proposal)).toEqual([]);
  expect(recordOf(settings).filter(({ is }) => is === 'signed')).toEqual([]);
  await approver.agree(proposal);
});

test('a desk that shows a small action for a large one gets a signature that is good for nothing', async () => {
  const real = await asked(transfer(700_000));
  const summary = 'Move 255,000 USDC from Macro / BTC-basis (8) to Macro / Alts (9).';
  relay.lie = lieOf((each) =>
    each.proposal === real ? { action: small, actionHash: actionHash(small), summary } : {},
  );
  const settings = settingsOf();
  const cosigner = started(settings);
  // The desk itself drafts the real sentence.
  await said(cosigner, /drafts another text/);
  await cosigner.kill();
  // One that lies there as well has its own engine refuse it.
  const lie = relay.lie;
  relay.lie = (at, body) => {
    if (!at.endsWith(`/${real}/decision/draft`)) return lie(at, body);
    const drafted = body as { message: object };
    return { ...drafted, message: { ...drafted.message, summary } };
  };
  const again = started(settings);
  await said(again, /\(refused, signature\.invalid\)/);
  relay.lie = (_, body) => body;
  expect((await manager.proposals()).some(({ proposal }) => proposal === real)).toBe(true);
  await again.kill();
  const honest = started(settingsOf());
  expect((await endOf(real)).end).toBe('vetoed');
  await said(honest, /objected to/);
});

test('two on one record are one too many', async () => {
  const settings = settingsOf();
  const first = started(settings);
  await said(first, /co-signs with/);
  const second = started(settings);
  expect(await second.ended).not.toBe(0);
  expect(second.output).toContain('Another desk is running on this data folder');
});

test('a Safe with two of its owners agrees to a withdrawal and objects to one above its rules', async () => {
  await until(
    async () => (await manager.client.get<SettlementView>('/api/v1/settlement')).body.status === 'open',
    () => 'the vault is not open',
    WAIT_MS,
  );
  const owner = await FirmPerson.signIn(running.address, OWNER);
  const settings = settingsOf('safe', rules('60000'));
  const withdraw = (usd: number): Action => ({
    ...{ kind: 'Withdraw', account: 8, asset: 'USDC', amount: usd * USD, to: owner.address },
    deadlineMs: Date.now() + 3_600_000,
  });
  const within = await asked(withdraw(60_000));
  // Cut off with a signature that nobody has seen.
  const held = started(settings, 'kept');
  await held.reached();
  await held.kill();
  for (const person of [approver, owner]) await person.agree(within);
  started(settings);
  expect((await endOf(within)).end).toBe('done');
  expect(relay.decisionsOn(within)).toHaveLength(1);
  expect(relay.decisionsOn(within)[0]).toMatchObject({ wallet: safe.address, decision: 'approve' });
  const withdrawals = async () =>
    (await manager.client.get<SettlementView>('/api/v1/settlement')).body.withdrawals;
  const authorised = { proposal: within, amount: String(60_000 * USD), account: 8 };
  await expect.poll(withdrawals, { timeout: WAIT_MS }).toMatchObject([authorised]);
  const above = await endOf(await asked(withdraw(60_001)));
  expect(above.end).toBe('vetoed');
  expect(above.proposal.comments.at(-1)!.text).toMatch(/60,001 USDC is above 60,000 USDC/);
});

test('a decision whose deadline passed while it was off is made anew, and counts once', async () => {
  const settings = settingsOf();
  const proposal = await asked(transfer(280_000));
  const held = started(settings, 'decided');
  await held.reached();
  await held.kill();
  // As after an hour: the record is the same, its deadline is over.
  const file = path.join(path.dirname(settings), 'record', 'record.jsonl');
  const [line] = recordOf(settings) as unknown as [Decided];
  const terms = { ...line.terms, deadlineMs: 1_000 };
  writeFileSync(file, `${JSON.stringify({ ...line, terms })}\n`);
  started(settings);
  expect((await endOf(proposal)).end).toBe('done');
  await expect
    .poll(() => recordOf(settings).map(({ is, outcome }) => outcome ?? is), { timeout: WAIT_MS })
    .toEqual([...['decided', 'lapsed', 'decided', 'signed', 'counted']]);
});

test('a desk that was restarted is signed in at anew, and nothing is missed', async () => {
  const cosigner = started(settingsOf());
  await said(cosigner, /co-signs with/);
  expect((await endOf(await asked(transfer(290_000)))).end).toBe('done');
  await running.stop();
  running = await open();
  await signIn();
  const proposal = await asked(transfer(295_000));
  relay.target = running.address;
  expect((await endOf(proposal)).end).toBe('done');
});
