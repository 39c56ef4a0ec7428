// Goal: a desk's money is in its vault, and both say the same whatever is stopped or killed. How: whole desks without pages
// on a real chain, one for the file; what a person would ask and send.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../lab/chain/testChain.ts';
import { FirmPerson } from '../../lab/firmPerson.ts';
import type { CreditDeposit } from '../../protocol/commands/settlement.ts';
import { detailOf } from '../../protocol/settlement/accountState.ts';
import { topOf } from '../../protocol/settlement/verifyLeaf.ts';
import type { HealthView } from '../../protocol/views/health.ts';
import type {
  ExitRehearsalView,
  ProofView,
  RootView,
  SettlementView,
  WithdrawalProofView,
} from '../../protocol/views/settlement.ts';
import { SANDBOX_VAULT, sandboxGenesis } from '../../sandbox/genesis.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import { tokenAbi, vaultAbi } from '../../settlement/vault/vaultAbi.ts';
import { boot, type RunningDesk } from '../boot.ts';
import { readConfig } from '../config.ts';

let dir: string;
let running: RunningDesk;
const [MANAGER, ALTS] = [2, 9];
/** Ends what hangs, on a machine that has other things to do. */
const PATIENCE_MS = 60_000;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-settlement-'));
  running = await open();
});
afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

async function open(env: Record<string, string> = {}): Promise<RunningDesk> {
  const quiet = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_SIGNERS: 'inside',
  };
  return await boot(readConfig(['--pace', 'paused'], { ...quiet, ...env }), (sentence) => {
    throw new Error(sentence);
  });
}

async function asked<T>(address: string): Promise<T> {
  return (await (await fetch(`${running.address}${address}`)).json()) as T;
}
const health = async () => (await asked<HealthView>('/api/v1/health')).settlement;
const view = () => asked<SettlementView>('/api/v1/settlement');

async function opened(): Promise<SettlementView> {
  await until(
    async () => (await view()).status === 'open',
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  return await view();
}

function faucet(person: FirmPerson, amount: string) {
  const grant = { account: ALTS, asset: 'USDC', amount };
  return person.client.post<{ error?: { code: string } }>('/api/v1/sandbox/faucet', grant);
}

/** Asks until it is given: what is refused meanwhile waits for the chain and for nothing else. */
async function granted(person: FirmPerson, amount: string): Promise<void> {
  const refusals = new Set<string>();
  await until(
    async () => {
      const { status, body } = await faucet(person, amount);
      if (status !== 200) refusals.add(body.error!.code);
      return status === 200;
    },
    () => [...refusals].join(),
    PATIENCE_MS,
  );
  refusals.delete('chain.unavailable');
  expect([...refusals]).toEqual([]);
}

/** What the leaf leads to, computed as its owner would. */
function rootAbove({ leaf, path: { index, siblings, sums } }: ProofView): string | undefined {
  const numbers = { ...leaf, entitled: leaf.entitled.map(BigInt) };
  return topOf(numbers, { index, siblings, sums: sums.map(BigInt) })?.hash;
}

/** @fails when no root after this epoch becomes final in time */
async function rootAfter(epoch: number): Promise<RootView> {
  await until(
    async () => (await health()).finalRoot > epoch,
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  return (await view()).roots.find(({ state }) => state === 'final')!;
}

test('a fresh desk trades at once, and soon every balance is a deposit in its vault', async () => {
  // It opened before, whatever the vault was doing.
  expect((await asked<HealthView>('/api/v1/health')).status).toBe('ok');
  const { vault, assets } = await opened();
  expect(vault).toBe(SANDBOX_VAULT);
  const genesis = sandboxGenesis().filter(({ kind }) => kind === 'CreditDeposit') as CreditDeposit[];
  expect((await health()).depositCursor).toBe(genesis.length);
  for (const { name, credited, held, uncredited, cap } of assets) {
    const plan = sandboxVault.assets.find((each) => each.name === name)!;
    const full = { windowSec: plan.windowS, ofAll: String(plan.capOfAll), ofEach: String(plan.capOfEach) };
    expect(cap).toEqual({ ...full, freeOfAll: full.ofAll });
    const sum = genesis
      .filter(({ asset }) => asset === name)
      .reduce((units, { amount }) => units + amount, 0);
    expect([name, credited, held, uncredited]).toEqual([name, String(sum), String(sum), '0']);
  }
});

test('a root over all accounts is posted by two of three signers, and is final after the dispute time', async () => {
  const root = await rootAfter(0);
  const { terms, signers, assets } = await view();
  expect([root.signers.length, signers.needed, signers.of]).toEqual([2, 2, 3]);
  expect(signers.each.map(({ state }) => state)).toEqual(['inside', 'inside', 'inside']);
  expect(root.finalMs! - root.postedMs!).toBe(terms.disputeSec * 1_000);
  expect(Date.now()).toBeGreaterThanOrEqual(root.finalMs!);
  for (const { credited, own, others, insurance, fees } of assets)
    expect([own, others, insurance, fees].reduce((sum, units) => sum + BigInt(units), 0n)).toBe(
      BigInt(credited),
    );
});

test('the faucet’s money goes through the vault, the next root has it, and its owner can prove it', async () => {
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  const before = await health();
  const balance = await manager.usdcOf(ALTS);
  const proofOf = async () =>
    (await manager.client.get<ProofView>(`/api/v1/proof/final?account=${ALTS}`)).body;
  const proved = await proofOf();
  await granted(manager, '1000');
  const { depositCursor } = await health();
  // Once, unless a busy machine let it wait and it was asked again.
  const given = (depositCursor - before.depositCursor) * 1_000_000_000;
  expect(given).toBeGreaterThan(0);
  expect((await manager.usdcOf(ALTS)) - balance).toBe(given);
  await until(
    async () => (await proofOf()).root.depositCursor === depositCursor,
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  const proof = await proofOf();
  expect(BigInt(proof.leaf.entitled[0]!) - BigInt(proved.leaf.entitled[0]!)).toBe(BigInt(given));
  expect(rootAbove(proof)).toEqual(proof.root.accountsRoot);
  expect(detailOf({ salt: proof.salt, text: proof.state })).toBe(proof.leaf.detail);
  const { body: mine } = await manager.client.get<SettlementView>('/api/v1/settlement');
  expect(mine.roots.map(({ hash }) => hash)).toContain(proof.hash);
  expect(mine.deposits[0]).toMatchObject({ account: ALTS, amount: '1000000000', state: 'credited' });
  // Every row says by which command: also those from before there was a vault.
  const credits = mine.deposits.map(({ creditedSeq }) => creditedSeq!);
  expect(credits).toEqual([...credits].sort((a, b) => b - a));
  expect(credits.at(-1)).toBeGreaterThan(0);
  expect((await view()).deposits).toEqual([]);
});

test('a proof is for who may see the account, of a root that is final and kept', async () => {
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  const codeOf = async (path: string) =>
    (await manager.client.get<{ error?: { code: string } }>(`/api/v1/proof/${path}`)).body.error?.code;
  expect(await codeOf(`1?account=${ALTS}`)).toBeUndefined();
  expect(await codeOf('1?account=12')).toBe('actor.outOfScope');
  expect(await codeOf(`999?account=${ALTS}`)).toBe('root.unknown');
  expect(await codeOf(`newest?account=${ALTS}`)).toBe('request.malformed');
  expect(await codeOf('final/withdrawal/1')).toBe('root.unknown');
});

/** The transaction a kit has for an account. */
function escapeOf({ leaf, path }: ProofView, change: { to?: string; index?: number } = {}): string {
  const to = (change.to ?? leaf.sub.slice(0, 42)) as Hex;
  const sums = path.sums.map(BigInt);
  const index = BigInt(change.index ?? path.index);
  const args = [
    { sub: leaf.sub as Hex, detail: leaf.detail as Hex, entitled: leaf.entitled.map(BigInt) },
    { index, siblings: path.siblings as Hex[], sums },
    to,
    '0x',
  ] as const;
  return encodeFunctionData({ abi: vaultAbi, functionName: 'escape', args });
}

test('a kit is tried on a copy of the chain on which the desk is gone, and pays there what it says', async () => {
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  const { body: proof } = await manager.client.get<ProofView>(`/api/v1/proof/final?account=${ALTS}`);
  const rehearse = async (...escapes: string[]) =>
    (await manager.client.post<ExitRehearsalView>('/api/v1/settlement/rehearsal', { escapes })).body;
  const tried = await rehearse(
    escapeOf(proof),
    escapeOf(proof),
    escapeOf(proof, { index: proof.path.index + 1 }),
    escapeOf(proof, { to: `0x${'1'.repeat(40)}` }),
  );
  expect(tried.epoch).toBe(proof.epoch);
  expect(tried.exits.map(({ refusal }) => refusal)).toEqual([
    '',
    'AlreadyEscaped',
    'AlreadyEscaped',
    'AlreadyEscaped',
  ]);
  expect(tried.exits[0]).toMatchObject({ to: proof.leaf.sub.slice(0, 42), received: proof.leaf.entitled });
  const changed = await rehearse(
    escapeOf(proof, { index: proof.path.index + 1 }),
    escapeOf(proof, { to: `0x${'1'.repeat(40)}` }),
  );
  expect(changed.exits.map(({ refusal, received }) => [refusal, received[0]])).toEqual([
    ['BadProof', '0'],
    ['NotAllowed', '0'],
  ]);
  // Nothing of it has happened.
  expect((await view()).status).toBe('open');
});

test('a rehearsal takes ways out alone, and one runs at a time', async () => {
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  const { body: proof } = await manager.client.get<ProofView>(`/api/v1/proof/final?account=${ALTS}`);
  const refusalOf = async (data: string) => {
    const answer = await manager.client.post<{ error?: { code: string; message: string } }>(
      '/api/v1/settlement/rehearsal',
      { escapes: [data] },
    );
    const { code = '', message = '' } = answer.body.error ?? {};
    return `${code} ${message}`.trim();
  };
  const freeze = encodeFunctionData({ abi: vaultAbi, functionName: 'freeze' });
  for (const other of [freeze, '0x12345678'])
    expect(await refusalOf(other)).toMatch(/^request\.malformed .*not a way out of this vault/);
  const data = escapeOf(proof);
  const refusals = await Promise.all([refusalOf(data), refusalOf(data)]);
  expect(refusals.sort()).toEqual([
    '',
    expect.stringMatching(/^chain\.unavailable .*Somebody else rehearses/),
  ]);
});

test('a chain that is killed comes back with everything that was credited, and settlement goes on', async () => {
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  const before = await health();
  process.kill(running.desk.chain.embedded().pid!, 'SIGKILL');
  // Refused while the chain is away, and never credited without a deposit.
  await granted(manager, '2000');
  const { assets } = await opened();
  expect((await health()).depositCursor).toBeGreaterThan(before.depositCursor);
  for (const { credited, held } of assets) expect(held).toBe(credited);
});

/** By which command each deposit was credited, as somebody sees it. */
async function creditsOf({ client }: FirmPerson) {
  const { body } = await client.get<SettlementView>('/api/v1/settlement');
  return body.deposits.map(({ id, creditedSeq }) => [id, creditedSeq]);
}

test('the next start finds the vault it adopted, and makes no other one', async () => {
  await opened();
  const earlier = await FirmPerson.signIn(running.address, MANAGER);
  // What came in last may be seen and not credited yet.
  await expect.poll(async () => (await creditsOf(earlier)).map(([, seq]) => seq)).not.toContain(null);
  const { depositCursor, finalRoot } = await health();
  const before = await creditsOf(earlier);
  await running.stop();
  running = await open();
  const after = await opened();
  expect((await health()).depositCursor).toBe(depositCursor);
  expect(after.assets.map(({ held }) => held)).toEqual(after.assets.map(({ credited }) => credited));
  expect((await health()).finalRoot).toBeGreaterThanOrEqual(finalRoot);
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  expect(await creditsOf(manager)).toEqual(before);
  await granted(manager, '3000');
  expect((await health()).depositCursor).toBeGreaterThan(depositCursor);
});

test('a deposit for nobody holds nobody up: it is counted, and owed back', async () => {
  const { depositCursor } = await health();
  const stranger = new Sender(running.desk.chain.embedded(), walletOf('counterparty trader'));
  const places = addressesOf(walletOf('deployer').address, sandboxVault);
  const treasury = new Treasury(stranger, places, sandboxVault.assets);
  await treasury.fund(0, 2_000_000n);
  // The owner is one of the desk's, and the account another firm's.
  await treasury.deposit({ owner: stranger.account.address, account: ALTS, asset: 0, amount: 2_000_000 });
  await until(
    async () => (await health()).depositCursor === depositCursor + 1,
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  expect((await view()).status).toBe('open');
  const token = (await view()).assets[0]!.token as Hex;
  const held = async () => {
    const args = [stranger.account.address] as const;
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args });
    const answer = await stranger.chain.call('eth_call', [{ to: token, data }, 'latest']);
    return BigInt(answer as string);
  };
  // Nobody asks for it: the desk brings the claim once a root that has it is final, and the vault pays its owner.
  await until(
    async () => (await held()) === 2_000_000n,
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  await until(
    async () => (await view()).assets[0]!.authorisedUnpaid === '0',
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  // A root that had it proves it to whoever asks: nobody can sign in for it, and it pays its owner alone.
  const proofs: (WithdrawalProofView | { error: { code: string } })[] = [];
  for (let epoch = (await health()).finalRoot; epoch > 0; epoch -= 1)
    for (let nonce = 1; nonce < 9; nonce += 1)
      proofs.push(await asked(`/api/v1/proof/${epoch}/withdrawal/${nonce}`));
  const found = proofs.flatMap((each) => ('withdrawal' in each ? [each.withdrawal] : []));
  const to = stranger.account.address.toLowerCase();
  expect(new Set(found.map((each) => `${each.amount} ${each.to}`))).toEqual(new Set([`2000000 ${to}`]));
  // Of what is not there, and of an account's own, a stranger hears nothing.
  const others = proofs.flatMap((each) => ('error' in each ? [each.error.code] : []));
  expect(new Set(others)).toEqual(new Set(['session.required']));
});

test('a chain that has lost the vault is told, another one is not made, and the desk trades on', async () => {
  await running.stop();
  rmSync(path.join(dir, 'chain'), { recursive: true });
  running = await open();
  await until(
    async () => (await view()).status === 'halted',
    () => JSON.stringify(running.desk.settlement.health()),
    PATIENCE_MS,
  );
  const { sentence, status } = await view();
  expect([status, sentence]).toEqual([
    'halted',
    expect.stringContaining('Bring the chain’s saved state back'),
  ]);
  expect((await asked<HealthView>('/api/v1/health')).status).toBe('ok');
  const manager = await FirmPerson.signIn(running.address, MANAGER);
  expect((await faucet(manager, '1000')).body.error!.code).toBe('chain.unavailable');
});
