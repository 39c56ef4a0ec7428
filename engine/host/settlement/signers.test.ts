// Goal: roots are signed by machines that replay the journal themselves, any two of three are enough, and with one alone
// roots wait and the page says why. How: a whole desk without pages, its signers real processes that are killed with -9 and
// kept from coming back by a damaged record of what they have signed; and a quorum's keys in the hands of a liar.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { until } from '../../lab/chain/testChain.ts';
import { FirmPerson } from '../../lab/firmPerson.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { HealthView } from '../../protocol/views/health.ts';
import type { RootView, SettlementView } from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { rootOfDraft } from '../../settlement/roots/rootOfDraft.ts';
import { KeySigner } from '../../settlement/roots/rootSigner.ts';
import { RootStore } from '../../settlement/roots/rootStore.ts';
import { postRoot } from '../../settlement/vault/rootPoster.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { boot, type RunningDesk } from '../boot.ts';
import { readConfig } from '../config.ts';

const [MANAGER, ALTS] = [2, 9];
/** Ends what hangs, on a machine that has other things to do. */
const PATIENCE_MS = 90_000;
vi.setConfig({ testTimeout: 4 * PATIENCE_MS });

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-signers-'));
  const env = { PORT: '0', BALLAST_DATA: dir, BALLAST_PAGES: 'off', BALLAST_RECORDS: 'off' };
  running = await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
    throw new Error(sentence);
  });
  manager = await FirmPerson.signIn(running.address, MANAGER);
});
afterAll(async () => {
  const pids = [...[1, 2, 3].map(pidOf), guardianPid()];
  await running.stop();
  const left = () => pids.filter(isAlive);
  await until(
    () => left().length === 0,
    () => `${left()} are left`,
  );
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

const folderOf = (place: number) => path.join(dir, 'settlement/signers', String(place));
const pidOf = (place: number) => Number(readFileSync(path.join(folderOf(place), 'pid'), 'utf8'));

const guardianPid = () => Number(readFileSync(path.join(dir, 'settlement/guardian/pid'), 'utf8'));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function asked<T>(address: string): Promise<T> {
  return (await (await fetch(`${running.address}${address}`)).json()) as T;
}
const health = async () => (await asked<HealthView>('/api/v1/health')).settlement;
const view = () => asked<SettlementView>('/api/v1/settlement');
const words = () => JSON.stringify(running.desk.settlement.health());

async function comesTo(isSo: () => Promise<boolean>): Promise<void> {
  await until(isSo, words, PATIENCE_MS);
}

const areReady = async (count: number) =>
  (await health()).signers.each.filter(({ state }) => state === 'ready').length >= count;

/** A deposit is a reason for a root; refused while the chain is not there. */
async function deposit(): Promise<void> {
  const grant = { account: ALTS, asset: 'USDC', amount: '1000' };
  await comesTo(async () => (await manager.client.post('/api/v1/sandbox/faucet', grant)).status === 200);
}

async function rootAfter(epoch: number): Promise<RootView> {
  await comesTo(async () => (await health()).lastRoot > epoch);
  return (await view()).roots.find(({ state }) => state === 'posted' || state === 'final')!;
}

test('three processes replay the journal from its genesis, and two of them sign', async () => {
  const root = await rootAfter(0);
  expect(root.signers).toHaveLength(2);
  await comesTo(() => areReady(3));
  const { each } = (await view()).signers;
  for (const { address, sentence, seq } of each) {
    expect(sentence).toBe('It has replayed the journal from the genesis.');
    expect(seq).toBeGreaterThan(root.seq);
    expect(root.signers.filter((signer) => signer === address).length).toBeLessThanOrEqual(1);
  }
  expect(new Set([1, 2, 3].map(pidOf)).size).toBe(3);
});

test('with one of them killed roots go on, and it comes back', async () => {
  const { lastRoot } = await health();
  const killed = pidOf(1);
  process.kill(killed, 'SIGKILL');
  await deposit();
  const root = await rootAfter(lastRoot);
  expect(root.signers).toHaveLength(2);
  await comesTo(() => areReady(3));
  expect(pidOf(1)).not.toBe(killed);
});

test('with two away the root waits and the page says why; when they are back it is that root that is posted', async () => {
  const signed = [1, 2].map((place) => path.join(folderOf(place), 'signed.json'));
  const before = signed.map((file) => readFileSync(file));
  const { lastRoot } = await health();
  for (const file of signed) writeFileSync(file, '{');
  for (const place of [1, 2]) process.kill(pidOf(place), 'SIGKILL');
  const why = 'nobody knows what this key has signed';
  const arePoor = async () =>
    (await health()).signers.each.slice(0, 2).every(({ sentence }) => sentence.includes(why));
  await comesTo(arePoor);
  await deposit();
  let seen = await view();
  await comesTo(async () => {
    seen = await view();
    const [root] = seen.roots;
    return root?.state === 'signing' && root.signers.length === 1 && seen.sentence.includes('has 1 of 2');
  });
  const { roots, signers } = seen;
  const [waiting] = roots;
  expect(waiting).toMatchObject({ epoch: lastRoot + 1, postedMs: null, tx: null });
  expect(waiting!.sentence).toContain(`Root ${lastRoot + 1} has 1 of 2 signatures.`);
  expect(signers.each[0]!.sentence).toContain(why);
  expect((await health()).lastRoot).toBe(lastRoot);
  for (const [index, file] of signed.entries()) writeFileSync(file, before[index]!);
  const root = await rootAfter(lastRoot);
  expect([root.hash, root.epoch]).toEqual([waiting!.hash, lastRoot + 1]);
});

test('a root that a quorum signed and the journal does not make is rejected, and the next true one goes through', async () => {
  const chain = running.desk.chain.embedded();
  await comesTo(async () => (await health()).signers.guardian?.state === 'ready');
  // Blocks a second apart, whatever the clock says: nothing becomes final because this machine is busy.
  await chain.call('anvil_setBlockTimestampInterval', [1]);
  const { vault, chainId } = await view();
  const domain = vaultDomain(chainId, vault);
  const sender = new Sender(chain, walletOf('deployer'));
  await comesTo(async () => {
    const { lastRoot, finalRoot } = await health();
    return lastRoot === finalRoot;
  });
  const { lastRoot } = await health();
  const { draft } = (await new RootStore(path.join(dir, 'settlement/roots')).read(lastRoot))!;
  const parent = rootOfDraft(draft, domain).hash;
  // A thousand units of somebody's become somebody else's: sums and deposits stay what they are.
  const rich = draft.leaves.filter(({ entitled }) => entitled[0]! > 1_000n).slice(0, 2);
  const moved = draft.leaves.map((leaf) => {
    const by = leaf === rich[0] ? -1_000n : leaf === rich[1] ? 1_000n : 0n;
    return { ...leaf, entitled: leaf.entitled.map((units, asset) => (asset === 0 ? units + by : units)) };
  });
  const lie = { ...draft, epoch: lastRoot + 1, parent, timeMs: Date.now(), leaves: moved };
  const roles = ['first root signer', 'third root signer'] as const;
  const signatures = await Promise.all(roles.map((role) => new KeySigner(walletOf(role), domain).sign(lie)));
  const { hash } = rootOfDraft(lie, domain);
  await postRoot(sender, vault as `0x${string}`, rootOfDraft(lie, domain), signatures);
  await comesTo(async () =>
    (await view()).roots.some((root) => root.hash === hash && root.state === 'rejected'),
  );
  await chain.call('anvil_removeBlockTimestampInterval', []);
  expect((await view()).signers.guardian!.sentence).toContain(`It has rejected root ${lastRoot + 1}. At seq`);
  await deposit();
  const root = await rootAfter(lastRoot);
  expect([root.epoch, root.hash === hash]).toEqual([lastRoot + 1, false]);
  await comesTo(async () => (await health()).finalRoot > lastRoot);
  expect((await view()).status).toBe('open');
});
