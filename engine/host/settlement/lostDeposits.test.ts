// Goal: a credited deposit that the chain takes back, and one that its owner takes back, are money of nobody: the desk
// says so, waits for an operator where it must, and owes in the end what is in the vault. How: the desk's loop between a
// real core and a real chain that is reorganised by its own control.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { highWater } from '../../core/memory/table.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';
import type { RawLog } from '../../settlement/vault/vaultEvents.ts';
import { TakeBackOrder } from './takeBackOrder.ts';

let rig: SettlementRig;
let treasury: Treasury;
let account: number;
/** Number of the deposit that comes next. */
let next: number;

beforeAll(async () => {
  rig = await SettlementRig.open();
  await rig.start(0);
  await rig.until(() => rig.settlement.status === 'open', 'an open vault');
  const sender = new Sender(rig.chain, walletOf('counterparty trader'));
  treasury = new Treasury(
    sender,
    addressesOf(walletOf('deployer').address, sandboxVault),
    sandboxVault.assets,
  );
  await treasury.fund(0, 1_000_000_000_000n);
  account = highWater(rig.firm.desk.engine.state.accounts) - 1;
});
afterAll(() => rig.close());
beforeEach(async () => {
  rig.mayCut = true;
  await counted();
  next = rig.state().depositCursor;
});

const owner = addressOf('counterparty trader');
const deposit = (amount: number) => treasury.deposit({ owner, account, asset: 0, amount });
const credited = () => rig.state().credited[0]!;
const sentence = () => rig.settlement.sentence;
const open = () => rig.until(() => rig.settlement.status === 'open', 'an open vault');

/** Until a final root counts every deposit: what leaves add up to is what is in the vault. */
async function counted(): Promise<void> {
  let passedMs = 0;
  await rig.until(async () => {
    const root = rig.settlement.opened?.roots.final?.signed.draft;
    const isCounted = root?.depositCursor === rig.state().depositCursor && root.epoch > 0;
    if (isCounted && rig.settlement.status === 'open') return true;
    if (performance.now() - passedMs < 100) return false;
    await rig.pass(12);
    passedMs = performance.now();
    return false;
  }, 'a final root over all deposits');
}

/** A deposit that the desk has credited, its block and those above it, are no more; no root was cut that counts it. */
async function lose(...amounts: number[]): Promise<void> {
  rig.mayCut = false;
  const from = await rig.height();
  for (const amount of amounts) await deposit(amount);
  await rig.until(() => rig.state().depositCursor === next + amounts.length, 'credits');
  await rig.chain.call('anvil_reorg', [(await rig.height()) - from, []]);
  await rig.until(() => rig.settlement.status === 'halted', 'a lost credit that is told');
  rig.mayCut = true;
}

test('a credited deposit that is gone halts settlement by block and number, and is taken back by an operator’s word', async () => {
  const before = credited();
  // Roots count it before it is gone, and have to be cut again.
  const from = await rig.height();
  await deposit(5_000_000);
  await rig.until(() => rig.state().depositCursor === next + 1, 'a credit');
  await counted();
  await rig.chain.call('anvil_reorg', [(await rig.height()) - from, []]);
  await rig.until(() => rig.settlement.status === 'halted', 'a lost credit that is told');
  expect(sentence()).toMatch(
    new RegExp(`^Deposit ${next}, 5000000 units of asset 0 for 0x\\w{64}, was in block \\d+ and is credited`),
  );
  expect(sentence()).toMatch(/another history now, at block \d+\. .*npm run takeBack -- \d+$/);
  expect(credited()).toBe(before + 5_000_000n);
  await new TakeBackOrder(rig.dir).write([next]);
  await rig.until(() => sentence().startsWith('Root '), 'a root that is not posted again');
  expect(sentence()).toMatch(
    /^Root \d+ was signed and counts a deposit that is gone\. Another one is cut in \d+ s/,
  );
  expect([rig.state().depositCursor, credited()]).toEqual([next, before]);
  expect(rig.log).toContain(`credits of deposits ${next} are taken back, as ordered`);
  expect(await new TakeBackOrder(rig.dir).read()).toEqual([]);
  await rig.pass(sandboxVault.terms.lag + sandboxVault.terms.lead + 1);
  await counted();
});

test('what comes back mends itself, and an order that names others does nothing', async () => {
  const before = credited();
  const saidBefore = rig.said.length;
  await lose(6_000_000, 7_000_000);
  expect(sentence()).toContain(`So are 1 behind it.`);
  await new TakeBackOrder(rig.dir).write([next]);
  await rig.start(0);
  await rig.until(() => rig.settlement.status === 'halted', 'the same after a restart');
  expect(sentence()).toMatch(new RegExp(`npm run takeBack -- ${next} ${next + 1}$`));
  await deposit(6_000_000);
  await deposit(7_000_000);
  await open();
  expect([credited(), rig.state().depositCursor]).toEqual([before + 13_000_000n, next + 2]);
  const said = rig.said.slice(saidBefore);
  expect(said.filter(({ kind }) => kind === 'DepositCredited')).toHaveLength(2);
  expect(await new TakeBackOrder(rig.dir).read()).toEqual([]);
  await counted();
});

test('others in the places of lost ones are credited once those are taken back', async () => {
  const before = credited();
  await lose(8_000_000, 9_000_000);
  await deposit(9_000_000);
  await deposit(1_000_001);
  await new TakeBackOrder(rig.dir).write([next, next + 1]);
  await open();
  expect([credited(), rig.state().depositCursor]).toEqual([before + 10_000_001n, next + 2]);
  await counted();
});

test('what its owner took back before it was credited is passed over, and holds nobody up', async () => {
  const before = credited();
  await rig.settlement.stop();
  await deposit(2_000_000);
  await deposit(3_000_000);
  await rig.pass(sandboxVault.terms.reclaimDelay + 1);
  await rig.reclaim(next);
  await rig.start(0);
  await open();
  expect(rig.said).toContainEqual(expect.objectContaining({ kind: 'DepositSkipped', id: next }));
  expect([credited(), rig.state().depositCursor]).toEqual([before + 3_000_000n, next + 2]);
  await counted();
});

test('what its owner took back after it was credited, and before a root counted it, is taken back from the account', async () => {
  const before = credited();
  rig.mayCut = false;
  await deposit(4_000_000);
  await rig.until(() => credited() === before + 4_000_000n, 'a credit');
  await rig.pass(sandboxVault.terms.reclaimDelay + 1);
  await rig.reclaim(next);
  await rig.until(() => credited() === before, 'a credit that is taken back');
  expect(rig.state().depositCursor).toBe(next + 1);
  expect(rig.said).toContainEqual(expect.objectContaining({ kind: 'DepositReverted', id: next, account }));
  rig.mayCut = true;
  await counted();
});

test('a way back that the vault remembers and its events leave out is neither credited nor passed over', async () => {
  await rig.settlement.stop();
  await deposit(2_500_000);
  await rig.pass(sandboxVault.terms.reclaimDelay + 1);
  await rig.reclaim(next);
  await rig.start(0);
  const hides = (log: RawLog) => Number(log.topics[1]) === next && log.topics.length === 3;
  rig.node.bend('eth_getLogs', (answer, params) => {
    const [{ topics }] = params as [{ topics: string[][] }];
    const isHistory = topics[0]!.length > 1;
    return isHistory ? (answer as RawLog[]).filter((log) => !hides(log)) : answer;
  });
  await rig.until(
    () => sentence().startsWith(`Deposit ${next} was taken back by`),
    'a difference that is told',
  );
  expect(rig.state().depositCursor).toBe(next);
  rig.node.straighten();
  await rig.until(() => rig.state().depositCursor === next + 1, 'a deposit that is passed over');
  await counted();
});
