import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Hex, LocalAccount } from 'viem';
import { ownerOfSub } from '../../protocol/settlement/root.ts';
import type { SettlementView } from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import { depositsIn } from '../../settlement/vault/vaultEvents.ts';
import { assert } from '../../units/assert.ts';
import { type Caller, openChain, personOf, signedBy, until } from '../chain/testChain.ts';
import { senderOf } from '../chain/testVault.ts';
import { DeskClient } from '../deskClient.ts';
import { bundleDesk, type DeskProcess, startDeskProcess } from '../deskProcess.ts';
import { type Ask, exitPage } from '../exitPage.ts';
import { FirmPerson } from '../firmPerson.ts';
import { type CrowdStates, writeCrowd } from '../fixtures/crowd.ts';
import type { CrowdSafe } from '../fixtures/crowdSafe.ts';
import { takeKits } from './exitKits.ts';
import { type Exit, exitOf, exitSignature, makeFactory, makeSafes, requireArrived } from './safeExits.ts';
import { type VaultFlows, vaultFlows } from './vaultFlows.ts';

export interface EscapeOptions {
  /** Subaccounts beside the sandbox's own. */
  readonly accounts: number;
  say(sentence: string): void;
}

export interface EscapeReport {
  /** Leaves of the last root. */
  readonly accounts: number;
  readonly escaped: number;
  /** Units by asset. */
  readonly paid: readonly string[];
  readonly deposited: readonly string[];
  /** What is left in the vault when everybody is gone. */
  readonly held: readonly string[];
  readonly reclaimed: number;
  /** Authorised and not claimed when the desk died, micro-USDC. */
  readonly unclaimed: number;
  readonly shown: CrowdStates;
  /** Accounts whose owner is a contract. */
  readonly contracts: {
    /** It was on the chain while the desk lived. */
    readonly there: number;
    /** It came to the chain after half of its accounts had left to where it was to be. */
    readonly late: number;
    /** Left to another address, by the contract's own signature. */
    readonly elsewhere: number;
  };
  readonly seconds: number;
  readonly gas: { readonly median: number; readonly max: number };
}

/** People of the sandbox by their place in its list. */
const [MANAGER, OPS_APPROVER, OWNER, STRANGER] = [2, 5, 9, 18];
const BASIS = 8;
const HOUR_MS = 3_600_000;
const LOOK_MS = 250;
/** Transactions of one block: their gas fits. */
const ESCAPES_A_BLOCK = 64;
const ESCAPE_GAS = 450_000;
/** Deposits into the vault of a desk that is gone. */
const LATE_UNITS = [5_000_000, 7_000_001, 9_000_002];

/**
 * Goal: when the operator is gone every account leaves with its exit kit alone, and all that was ever deposited is paid
 * out, to the unit. How: a real desk on the journal of a crowd, with its vault on its own chain; every owner takes a kit
 * as the page does; the desk is killed, its chain's last save goes on without it, and a stranger with `exit.js` and the
 * kits freezes the vault and sends every escape. Many owners are contracts, half of them not on the chain before everybody
 * else has left. A failure would mean that somebody's money needs the operator.
 */
export async function escapeTest({ accounts, say }: EscapeOptions): Promise<EscapeReport> {
  const startedMs = performance.now();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-escape-'));
  const told = (sentence: string) =>
    say(`${Math.round((performance.now() - startedMs) / 1_000)} s: ${sentence}`);
  let main: string | undefined;
  let desk: DeskProcess | undefined;
  let chain: EmbeddedChain | undefined;
  try {
    const crowd = writeCrowd(dataDir, accounts, Date.now());
    told(`the journal of ${crowd.accountCount} accounts is written`);
    main = await bundleDesk(`escape-${process.pid}`);
    desk = await startDeskProcess({
      ...{ main, dataDir, args: ['--pace', 'paused'], env: { BALLAST_RECORDS: 'off' } },
    });
    told('the desk is open');
    await reached(
      desk,
      ({ status, roots }) => status === 'open' && roots.some(({ state }) => state === 'final'),
    );
    told('the vault holds what was credited, and a root is final');
    const unclaimed = await withdraw(desk);
    told('a withdrawal was claimed, and one is authorised and was not');
    const early = crowd.safes.filter((_, place) => place % 2 === 0);
    const door = doorOf(desk);
    await makeFactory(door);
    await makeSafes(door, early);
    told(`${early.length} of ${crowd.safes.length} contracts that own accounts are on the chain`);
    const kits = await takeKits(desk.address, dataDir, [...peopleOfSandbox(), ...crowd.owners]);
    told(`${kits.length} kits are taken`);
    await desk.kill();
    told('the desk is dead');
    chain = await openChain(path.join(dataDir, 'chain'));
    const late = await depositLate(chain);
    await freeze(chain, kits[0]!);
    told('the vault is frozen');
    const exits = await everybodyLeaves(chain, kits, crowd.safes, told);
    for (const id of late) await send(chain, exitPage.reclaimData(id));
    told('everybody has left');
    const flows = await vaultFlows(chain, addressesOfVault());
    await requireArrived(chain, addressesOfVault().tokens, exits);
    const contracts = contractsOf(exits, early);
    const run = { unclaimed, shown: crowd.shown, contracts, seconds: secondsSince(startedMs) };
    return { ...reportOf(kits, flows), ...run };
  } finally {
    await chain?.stop();
    await desk?.kill();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
    if (main !== undefined) rmSync(path.dirname(main), { recursive: true, force: true, maxRetries: 9 });
  }
}

function secondsSince(startedMs: number): number {
  return Math.round((performance.now() - startedMs) / 1_000);
}

/** Firm and counterparty of the sandbox: whoever sees all of each. */
function peopleOfSandbox(): LocalAccount[] {
  return [walletOf('portfolio manager'), walletOf('counterparty trader')];
}

/** Asks until it is so; a desk of many accounts takes its time to open the vault. */
async function reached(desk: DeskProcess, isSo: (view: SettlementView) => boolean): Promise<SettlementView> {
  const client = new DeskClient(desk.address);
  for (;;) {
    const { body } = await client.get<SettlementView>('/api/v1/settlement');
    assert(body.status !== 'halted', `settlement goes on: ${body.sentence}`);
    if (isSo(body)) return body;
    await delay(LOOK_MS);
  }
}

/** Two withdrawals of one final root; a stranger claims the first. @returns what was not claimed, micro-USDC */
async function withdraw(desk: DeskProcess): Promise<number> {
  const manager = await FirmPerson.signIn(desk.address, MANAGER);
  for (const amount of [25_000_000_000, 15_000_000_001]) {
    const to = addressOf('firm owner');
    const deadlineMs = Date.now() + HOUR_MS;
    const proposal = await manager.ask({
      kind: 'Withdraw',
      ...{ account: BASIS, asset: 'USDC', amount, to, deadlineMs },
    });
    for (const person of [OPS_APPROVER, OWNER])
      await (await FirmPerson.signIn(desk.address, person)).agree(proposal!);
  }
  const listed = async (isSo: (states: readonly string[]) => boolean) => {
    for (;;) {
      const { body } = await manager.client.get<SettlementView>('/api/v1/settlement');
      const states = body.withdrawals.map(({ state }) => state);
      if (states.length === 2 && isSo(states)) return body.withdrawals;
      await delay(LOOK_MS);
    }
  };
  const [, first] = await listed((states) => states.every((state) => state === 'claimable'));
  const proof = await manager.client.getText(`/api/v1/proof/final/withdrawal/${first!.nonce}`);
  await claim(desk, exitPage.claimData(proof));
  const [second] = await listed((states) => states.includes('paid'));
  return Number(second!.amount);
}

/** A claim by somebody who has nothing to do with it. */
async function claim(desk: DeskProcess, data: string): Promise<void> {
  const { vault } = addressesOfVault();
  const door = doorOf(desk);
  const signed = await signedBy(door, { to: vault, data: data as Hex, personIndex: STRANGER });
  await door.sendRawTransaction([signed]);
}

/** The desk's own door to its chain, as a page has it. */
function doorOf(desk: DeskProcess): Caller {
  const client = new DeskClient(desk.address);
  const call = async (method: string, params: readonly unknown[]) => {
    const { body } = await client.post<{ result?: unknown; error?: object }>('/api/v1/chain/rpc', {
      ...{ jsonrpc: '2.0', id: 1, method, params },
    });
    assert(body.result !== undefined, `${method} is answered and not refused with ${JSON.stringify(body)}`);
    return body.result;
  };
  return { call, sendRawTransaction: (params) => call('eth_sendRawTransaction', params) };
}

function addressesOfVault() {
  return addressesOf(walletOf('deployer').address, sandboxVault);
}

/** Money for a vault whose operator is gone: nobody counts it. @returns numbers of the deposits */
async function depositLate(chain: EmbeddedChain): Promise<number[]> {
  const places = addressesOfVault();
  const treasury = new Treasury(senderOf(chain, STRANGER), places, sandboxVault.assets);
  const ids: number[] = [];
  for (const amount of LATE_UNITS) {
    await treasury.fund(0, BigInt(amount));
    const owner = personOf(MANAGER).address;
    const made = depositsIn(
      await treasury.deposit({ owner, account: BASIS, asset: 0, amount }),
      places.vault,
    );
    ids.push(...made.map(({ id }) => id));
  }
  return ids;
}

/** What the kit says of the vault must be what the vault says; then silence has lasted long enough. */
async function freeze(chain: EmbeddedChain, text: string): Promise<void> {
  const ask = askOf(chain);
  const kit = exitPage.readKit(text);
  const before = await exitPage.vaultState(ask, kit);
  assert(!before.isFrozen && before.epoch === kit.accounts[0]!.proof.epoch, before.sentence);
  await chain.call('evm_increaseTime', [sandboxVault.terms.rootTimeout + 1]);
  await chain.call('evm_mine', []);
  await send(chain, exitPage.freezeData());
  const after = await exitPage.vaultState(ask, kit);
  assert(after.isFrozen && after.epoch === before.epoch, after.sentence);
}

const askOf =
  (chain: EmbeddedChain): Ask =>
  (method, params) =>
    chain.call(method, params);

/** As the page has the wallet of whoever it runs for send it. */
function sendFrom(chain: EmbeddedChain, data: string): Promise<unknown> {
  const { vault: to } = addressesOfVault();
  const from = personOf(STRANGER).address;
  return chain.call('eth_sendTransaction', [{ from, to, data, gas: `0x${ESCAPE_GAS.toString(16)}` }]);
}

async function send(chain: EmbeddedChain, data: string): Promise<void> {
  const hash = await sendFrom(chain, data);
  const receipt = async () =>
    (await chain.call('eth_getTransactionReceipt', [hash])) as { status: string } | null;
  // Its hash comes when it waits for its block, which follows within milliseconds.
  await until(
    async () => (await receipt()) !== null,
    () => `transaction ${hash} is not mined`,
  );
  assert((await receipt())!.status === '0x1', 'it does not revert');
}

/**
 * Who leaves to the owner needs nobody's signature and goes first, also to contracts that are not there. Then these are
 * made, and what is left leaves elsewhere by their signatures.
 */
async function everybodyLeaves(
  chain: EmbeddedChain,
  kits: readonly string[],
  safes: readonly CrowdSafe[],
  told: (sentence: string) => void,
): Promise<Exit[]> {
  const safeAt = new Map<string, CrowdSafe>(safes.map((safe) => [safe.address, safe]));
  const exits = kits.flatMap((text) =>
    exitPage
      .readKit(text)
      .accounts.map(({ proof }, place) => exitOf(proof, place, safeAt.get(ownerOfSub(proof.leaf.sub)))),
  );
  for (const text of kits) await checkKit(chain, text);
  told('each kit is checked');
  await leave(
    chain,
    exits.filter(({ isElsewhere }) => !isElsewhere),
  );
  told('all who leave to their owner have left');
  await makeSafes(
    chain,
    safes.filter(({ isThere }) => !isThere),
  );
  const elsewhere = exits.filter(({ isElsewhere }) => isElsewhere);
  await requireEnoughKeys(chain, elsewhere[0]!);
  await leave(chain, elsewhere);
  return exits;
}

/** As its owner would. */
async function checkKit(chain: EmbeddedChain, text: string): Promise<void> {
  for (const account of exitPage.readKit(text).accounts) {
    const problems = [
      ...exitPage.problemsOf(account),
      ...(await exitPage.problemsOnChain(askOf(chain), account)),
    ];
    assert(problems.length === 0, `${account.proof.leaf.sub} may leave: ${problems.join(' ')}`);
  }
}

/** The same with one key too few is refused, and so is it without any. */
async function requireEnoughKeys(chain: EmbeddedChain, exit: Exit): Promise<void> {
  const isTaken = async (signature: Hex) => {
    const call = { to: addressesOfVault().vault, data: exitPage.escapeData(exit.proof, exit.to, signature) };
    return await chain.call('eth_call', [call, 'latest']).then(
      () => true,
      () => false,
    );
  };
  const taken = [
    await isTaken('0x'),
    await isTaken(await exitSignature(exit, 1)),
    await isTaken(await exitSignature(exit)),
  ];
  assert(taken.join() === 'false,false,true', `a contract's keys open its exit together: ${taken}`);
}

async function leave(chain: EmbeddedChain, exits: readonly Exit[]): Promise<void> {
  await chain.call('evm_setAutomine', [false]);
  for (let at = 0; at < exits.length; at += ESCAPES_A_BLOCK) {
    for (const exit of exits.slice(at, at + ESCAPES_A_BLOCK))
      await sendFrom(chain, exitPage.escapeData(exit.proof, exit.to, await exitSignature(exit)));
    await chain.call('evm_mine', []);
  }
  await chain.call('evm_setAutomine', [true]);
}

function contractsOf(exits: readonly Exit[], early: readonly CrowdSafe[]): EscapeReport['contracts'] {
  const count = (isSo: (exit: Exit) => boolean) => exits.filter(isSo).length;
  return {
    there: count(({ safe }) => safe !== undefined && early.includes(safe)),
    late: count(({ safe }) => safe !== undefined && !early.includes(safe)),
    elsewhere: count(({ isElsewhere }) => isElsewhere),
  };
}

/** @fails AssertionError where somebody got more or less than the kit says, or an asset does not add up */
function reportOf(
  kits: readonly string[],
  flows: VaultFlows,
): Omit<EscapeReport, 'unclaimed' | 'shown' | 'contracts' | 'seconds'> {
  const accounts = kits.flatMap((text) => exitPage.readKit(text).accounts);
  const { deposited, claimed, escaped, reclaimed, held } = flows;
  for (const { proof } of accounts) {
    const { sub, entitled } = proof.leaf;
    const paid = entitled.map(
      (_, asset) => (claimed.get(sub)?.[asset] ?? 0n) + (escaped.get(sub)?.[asset] ?? 0n),
    );
    assert(
      entitled.every((units, asset) => BigInt(units) === paid[asset]),
      `${sub} got ${paid} of ${entitled}`,
    );
  }
  const totalOf = (by: ReadonlyMap<string, readonly bigint[]>) =>
    deposited.map((_, asset) => [...by.values()].reduce((sum, units) => sum + units[asset]!, 0n));
  const [byClaim, byEscape] = [totalOf(claimed), totalOf(escaped)];
  const paid = deposited.map((_, asset) => byClaim[asset]! + byEscape[asset]! + reclaimed.units[asset]!);
  for (const [asset, units] of deposited.entries()) {
    assert(paid[asset] === units, `asset ${asset}: ${units} were deposited and ${paid[asset]} paid`);
    assert(held[asset] === 0n, `asset ${asset}: ${held[asset]} are left in the vault`);
  }
  const gas = [...flows.gas].sort((a, b) => a - b);
  return {
    accounts: accounts.length,
    escaped: escaped.size,
    paid: paid.map(String),
    deposited: deposited.map(String),
    held: held.map(String),
    reclaimed: reclaimed.count,
    gas: { median: gas[Math.floor(gas.length / 2)]!, max: gas.at(-1)! },
  };
}
