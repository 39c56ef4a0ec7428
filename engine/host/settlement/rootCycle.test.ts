// Goal: a desk that is killed between any two steps of a root ends with that root once: one epoch, one hash, never a second
// signed one of it. How: the real vault and store, an engine that cuts what it is told, a death after each step, a clock of
// the test's own for both.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import { chainFolder, openChain } from '../../lab/chain/testChain.ts';
import { openVault, type TestVault } from '../../lab/chain/testVault.ts';
import { subaccountId } from '../../protocol/settlement/root.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import { KeySigner } from '../../settlement/roots/rootSigner.ts';
import { RootStore } from '../../settlement/roots/rootStore.ts';
import { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { RootCycle, type RootPorts } from './rootCycle.ts';

const UNITS = 5_000_000;
const word = (digit: string) => `0x${digit.repeat(64)}`;
const folder = chainFolder();
let chain: EmbeddedChain;
let vault: TestVault;
let clockMs = 0;
/** The last one the engine has cut, as the core keeps it. */
let cutLast = { epoch: 0, parent: '' };
let seq = 10;

beforeAll(async () => {
  chain = await openChain(folder.dir);
  vault = await openVault(chain);
  await vault.treasury.fund(0, BigInt(UNITS));
  await vault.treasury.deposit({ owner: addressOf('firm owner'), account: 8, asset: 0, amount: UNITS });
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});

const nowMs = () => Date.now() + clockMs;
const assets = sandboxVault.assets.map((_, asset) => (asset === 0 ? BigInt(UNITS) : 0n));

/** Time goes by, on the chain too. */
async function pass(seconds: number): Promise<void> {
  clockMs += seconds * 1_000;
  await chain.call('evm_increaseTime', [seconds]);
  await chain.call('evm_mine', []);
}

/** As the core does: the next one, or the last one again on the same parent. */
async function cut(epoch: number, parent: string): Promise<RootMaterial | undefined> {
  const isAgain = epoch === cutLast.epoch && parent === cutLast.parent;
  if (epoch !== cutLast.epoch + 1 && !isAgain) return undefined;
  cutLast = { epoch, parent };
  seq += 1;
  const leaf = { sub: subaccountId(addressOf('firm owner'), 8), detail: word('d'), entitled: assets };
  const draft = {
    ...{ epoch, parent, seq, timeMs: nowMs(), depositCursor: 1 },
    ...{ stateHash: word('1'), journalHead: word('2'), metaHash: word('3') },
    leaves: [leaf],
    withdrawals: [],
  };
  return { draft, states: [{ salt: word('5'), text: '{}' }] };
}

const domain = () => vaultDomain(chain.chainId, vault.places.vault);

/** A desk as it starts: nothing remembered but what is on the chain, in the engine and in the folder. */
function start(change: Partial<RootPorts> = {}): RootCycle {
  const state = { depositCursor: 1, withdrawals: [] } as unknown as SettlementState;
  const roles = ['first root signer', 'second root signer', 'third root signer'] as const;
  return new RootCycle({
    engine: { state: async () => state, submit: async () => undefined },
    sender: vault.deployer,
    reader: vault.reader,
    store: new RootStore(`${folder.dir}/roots`),
    domain: domain(),
    terms: sandboxVault.terms,
    signers: roles.map((role) => new KeySigner(walletOf(role), domain())),
    threshold: 2,
    cut,
    takeChange: () => true,
    deposited: () => assets,
    nowMs,
    log: () => undefined,
    ...change,
  });
}

const look = async () => vault.reader.state(await chain.settledHead());
const step = async (roots: RootCycle) => roots.step(await look());

/** Dies once this step is done, or before it. */
const deaths: Record<string, () => Partial<RootPorts>> = {
  'before the engine cuts': () => ({ cut: () => Promise.reject(new Error('killed')) }),
  'after the engine has cut': () => ({
    cut: async (epoch, parent) => {
      await cut(epoch, parent);
      throw new Error('killed');
    },
  }),
  'before it is signed by enough': () => ({
    signers: [{ address: '0x', sign: () => Promise.reject(new Error('killed')) }],
  }),
  'after one has signed it': () => ({
    signers: [
      new KeySigner(walletOf('first root signer'), domain()),
      { address: '0x', sign: () => Promise.reject(new Error('killed')) },
    ],
  }),
  'before it is kept': () => ({
    store: Object.assign(new RootStore(`${folder.dir}/roots`), {
      write: () => Promise.reject(new Error('killed')),
    }),
  }),
  'after it is kept, before it is posted': () => ({
    sender: Object.assign(Object.create(vault.deployer), { send: () => Promise.reject(new Error('killed')) }),
  }),
  'after it is posted': () => ({
    sender: Object.assign(Object.create(vault.deployer), {
      send: async (...sent: Parameters<typeof vault.deployer.send>) => {
        await vault.deployer.send(...sent);
        throw new Error('killed');
      },
    }),
  }),
};

test.each(Object.keys(deaths))('a desk killed %s posts that epoch once', async (death) => {
  await pass(601);
  const before = (await look()).last.epoch;
  await expect(step(start(deaths[death]!()))).rejects.toThrow('killed');
  // The next start; time goes on until its root is final.
  const roots = start();
  for (let looks = 0; looks < 10 && (await look()).finalEpoch === before; looks += 1) {
    await step(roots);
    await pass(4);
  }
  await step(roots);
  const { last, finalEpoch } = await look();
  expect([last.epoch, finalEpoch]).toEqual([before + 1, before + 1]);
  const kept = await new RootStore(`${folder.dir}/roots`).read(last.epoch);
  expect(kept!.signatures).toHaveLength(2);
  expect(roots.final!.cut.hash).toBe(last.hash);
  const history = new VaultHistory(chain, vault.places.vault);
  await history.follow(await chain.settledHead());
  expect(history.roots.filter(({ epoch }) => epoch === last.epoch)).toHaveLength(1);
});

test('leaves that do not add up to the deposits are never signed', async () => {
  await pass(601);
  const asked: string[] = [];
  const signers = [{ address: '0x', sign: () => Promise.reject(new Error(String(asked.push('asked')))) }];
  const roots = start({ signers, deposited: () => assets.map((units) => units + 1n) });
  await expect(step(roots)).rejects.toThrow(/add up to 5000000 units of asset 0, and 5000001 were deposited/);
  expect(asked).toEqual([]);
});

test('a root is posted after a silence longer than a root may be ahead of the chain’s last block', async () => {
  const before = (await look()).last.epoch;
  // As time goes by where nobody sends anything: there is no block of it.
  clockMs += 601_000;
  await chain.call('evm_increaseTime', [601]);
  expect(nowMs() - (await look()).timeS * 1_000).toBeGreaterThan(sandboxVault.terms.lead * 1_000);
  await step(start());
  expect((await look()).last.epoch).toBe(before + 1);
});

/** Who never answers, as a process that is stopped. */
const away = { address: '0x', sign: () => Promise.reject(new Error('it is away')) };
const keys = () =>
  ['first root signer', 'second root signer'].map((role) => signer(role as 'first root signer'));
const signer = (role: 'first root signer') => new KeySigner(walletOf(role), domain());

test('a quorum that was away for a while signs the same root, and no fresher one of its epoch', async () => {
  await pass(601);
  const cuts: number[] = [];
  const counted: Partial<RootPorts> = {
    cut: async (epoch, parent) => {
      cuts.push(epoch);
      return await cut(epoch, parent);
    },
  };
  const alone = start({ ...counted, signers: [signer('first root signer'), away, away] });
  await expect(step(alone)).rejects.toThrow(/has 1 of 2 signatures. it is away it is away/);
  // Within the time in which the vault takes it.
  await pass(sandboxVault.terms.lag / 2);
  await expect(step(alone)).rejects.toThrow('has 1 of 2 signatures');
  const { cut: waiting, signatures, state } = alone.pending!;
  expect([cuts.length, signatures.length, state]).toEqual([1, 1, 'signing']);
  const asked: string[] = [];
  const second = signer('first root signer');
  const again = start({
    ...counted,
    signers: [
      Object.assign(Object.create(second), {
        sign: () => Promise.reject(new Error(String(asked.push('asked')))),
      }),
      ...keys().slice(1),
    ],
  });
  await step(again);
  expect([(await look()).last.hash, cuts.length]).toEqual([waiting.hash, 1]);
  // Who had signed it is not asked again.
  expect([asked, again.pending]).toEqual([[], undefined]);
});

test('one that was signed and came too late makes way only when nobody can post both', async () => {
  await pass(4);
  await step(start());
  await pass(601);
  const { lag, lead } = sandboxVault.terms;
  const alone = start({ signers: [signer('first root signer'), away, away] });
  await expect(step(alone)).rejects.toThrow('1 of 2');
  const late = alone.pending!.cut;
  await pass(lag + 1);
  const both = start();
  await expect(step(both)).rejects.toThrow(/was signed and not posted while the vault would take it/);
  expect(both.pending?.state).toBe('failed');
  await pass(lead);
  await step(both);
  const { last } = await look();
  const kept = await new RootStore(`${folder.dir}/roots`).read(last.epoch);
  const posted = Math.floor(kept!.draft.timeMs / 1_000);
  expect([last.epoch, last.hash === late.hash]).toEqual([late.root.epoch, false]);
  expect(posted - late.root.engineTime).toBeGreaterThan(lag + lead);
});

test('one that nobody signed makes way for a fresher one', async () => {
  await pass(4);
  await step(start());
  await pass(601);
  const nobody = start({ signers: [away, away, away] });
  await expect(step(nobody)).rejects.toThrow('0 of 2');
  const first = nobody.pending!.cut.hash;
  await pass(30);
  await expect(step(nobody)).rejects.toThrow('0 of 2');
  expect(nobody.pending!.cut.hash).toBe(first);
  await pass(61);
  await expect(step(nobody)).rejects.toThrow('0 of 2');
  expect(nobody.pending!.cut.hash).not.toBe(first);
  await step(start());
  expect((await look()).last.hash).toBe(nobody.pending!.cut.hash);
});

test('a rejected root is cut again on the same parent, with another hash', async () => {
  await pass(601);
  const roots = start();
  // Blocks a second apart, whatever the clock says: it does not become final because this machine is busy.
  await chain.call('anvil_setBlockTimestampInterval', [1]);
  await step(roots);
  const { last } = await look();
  await vault.reject(last.epoch);
  await chain.call('anvil_removeBlockTimestampInterval', []);
  expect((await look()).last.epoch).toBe(last.epoch - 1);
  await pass(61);
  await step(roots);
  const again = await look();
  expect([again.last.epoch, again.last.hash === last.hash]).toEqual([last.epoch, false]);
});

test('what waits is told of the root that will come for it, not of the one that would come anyway', async () => {
  await pass(601);
  const state = { depositCursor: 1, withdrawals: [] as { seq: number }[] };
  const engine = { state: async () => state as unknown as SettlementState, submit: async () => undefined };
  const roots = start({ engine });
  await step(roots);
  await pass(4);
  await step(roots);
  const anyway = roots.nextMs!;
  state.withdrawals = [{ seq: Number.MAX_SAFE_INTEGER }];
  await step(roots);
  expect(anyway - roots.nextMs!).toBe(50_000);
});

test('the leaves of a root are given as soon as it is posted: a desk that dies leaves a vault that freezes there', async () => {
  await pass(601);
  const roots = start();
  await step(roots);
  const { last, finalEpoch } = await look();
  expect(finalEpoch).toBe(last.epoch - 1);
  // Also before the desk itself has seen it there: a page may be quicker.
  expect((await roots.kept(last.epoch))!.cut.hash).toBe(last.hash);
  await step(roots);
  expect((await roots.kept(last.epoch))!.cut.hash).toBe(last.hash);
  expect((await roots.kept(undefined))!.epoch).toBe(finalEpoch);
  expect(await roots.kept(last.epoch + 1)).toBeUndefined();
});
