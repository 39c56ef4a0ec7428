// Goal: whatever a token does, the desk says what happened, credits what arrived and that once, and loses nothing. How: the
// desk's loop between a real core and a real chain; in the place of a token with holders comes one with the same holders
// and other manners, and then the first one again.
import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { highWater } from '../../core/memory/table.ts';
import { contractCode } from '../../lab/chain/contracts/contractCode.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { mined } from '../../lab/chain/testChain.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury } from '../../settlement/vault/treasury.ts';

const USDC = 0;
const WETH = 1;
const AMOUNT = 3_000_000;
const places = addressesOf(walletOf('deployer').address, sandboxVault);
const token = places.tokens[USDC]!;
const owner = addressOf('counterparty trader');
let rig: SettlementRig;
let treasury: Treasury;
let account: number;
/** What the token is when it behaves. */
let good: Hex;
let before: { depositCursor: number; credited: bigint };

beforeAll(async () => {
  rig = await SettlementRig.open();
  await rig.start(0);
  await open();
  treasury = new Treasury(
    new Sender(rig.chain, walletOf('counterparty trader')),
    places,
    sandboxVault.assets,
  );
  await treasury.fund(USDC, 1_000_000_000n);
  account = highWater(rig.firm.desk.engine.state.accounts) - 1;
  good = (await rig.chain.call('eth_getCode', [token, 'latest'])) as Hex;
});
afterAll(() => rig.close());
beforeEach(async () => {
  await open();
  before = stand();
});

const deposit = () => treasury.deposit({ owner, account, asset: USDC, amount: AMOUNT });
const sentence = () => rig.settlement.sentence;
const stand = () => ({ depositCursor: rig.state().depositCursor, credited: rig.state().credited[USDC]! });
const open = () =>
  rig.until(() => rig.settlement.status === 'open' && sentence().startsWith('Deposits are'), 'an open vault');

/** A token becomes another one with the same holders. */
async function become(name: keyof typeof contractCode, which = token): Promise<void> {
  const { contractAddress } = await mined(rig.chain, { data: contractCode[name] });
  await put((await rig.chain.call('eth_getCode', [contractAddress, 'latest'])) as Hex, which);
}
/** In a block of its own, as everything on a chain. */
async function put(code: Hex, which = token): Promise<void> {
  await rig.chain.call('anvil_setCode', [which, code]);
  await rig.mine(1);
}

/** Some looks later. */
async function looked(): Promise<void> {
  const height = await rig.height();
  await rig.mine(1);
  await rig.until(() => (rig.settlement.seen?.block.number ?? 0) > height, 'another look');
}

async function creditsOne(): Promise<void> {
  await rig.until(() => rig.state().depositCursor === before.depositCursor + 1, 'a credit');
  await open();
  expect(stand()).toEqual({
    depositCursor: before.depositCursor + 1,
    credited: before.credited + BigInt(AMOUNT),
  });
}

test.each([
  ['that takes a fee', 'FeeToken', 'ReceivedOther'],
  ['that blocks the vault', 'BlockingToken', '“blocked”'],
  ['that says no', 'RefusingToken', 'SafeERC20FailedOperation'],
  ['whose balances nobody is told', 'MuteToken', '“mute”'],
] as const)(
  'a deposit in a token %s is refused, nothing is credited, and settlement goes on',
  async (_, name, reason) => {
    await become(name);
    await expect(deposit()).rejects.toMatchObject({ name: 'ChainError', reason });
    await expect(rig.settlement.deposit({ owner, account, asset: USDC, amount: AMOUNT })).rejects.toThrow(
      /revert/,
    );
    expect(stand()).toEqual(before);
    await put(good);
    await looked();
    await deposit();
    await creditsOne();
  },
);

test('a token that says nothing is deposited and credited once', async () => {
  await become('SilentToken');
  await deposit();
  await creditsOne();
  await put(good);
});

test('a token that shrinks in the vault halts settlement by its numbers until it is whole again', async () => {
  await deposit();
  await creditsOne();
  await become('ShrunkToken');
  await rig.until(() => rig.settlement.status === 'halted', 'a halt');
  expect(sentence()).toMatch(/^The vault holds \d+ units of asset 0; \d+ came in and \d+ left\.$/);
  await put(good);
  await open();
});

test('a token that grows in the vault is nobody’s, and changes nothing', async () => {
  await become('GrownToken');
  await looked();
  expect([rig.settlement.status, stand()]).toEqual(['open', before]);
  await put(good);
});

/** Of the token, as the page shows it. */
const untold = () => rig.settlement.opened!.balances.unread[USDC];
/** Assets whose balance was not told at the last look. */
const mute = () => [...rig.settlement.seen!.holdings.keys()].filter((asset) => isMute(asset));
const isMute = (asset: number) => rig.settlement.seen!.holdings[asset]!.held === undefined;

async function anotherRoot(): Promise<void> {
  const { epoch } = rig.settlement.opened!.roots.last!;
  await rig.pass(61);
  await rig.until(() => rig.settlement.opened!.roots.last!.epoch > epoch, 'another root');
}

/** Of the first asset that is another's. */
async function depositOther(): Promise<void> {
  await treasury.fund(WETH, BigInt(AMOUNT));
  await treasury.deposit({ owner, account, asset: WETH, amount: AMOUNT });
}

test.each([
  ['reverts', 'MuteToken', /: its token reverts with “mute”\.$/],
  ['goes round in circles', 'EndlessToken', /: its token is refused: .*gas.*\.$/i],
  ['reverts at length', 'WordyToken', /: its token reverts with “w{9} w{49} w{49} w{49} w{40}…”\.$/],
] as const)(
  'a token whose balance %s is told by its name, and roots and the other assets go on',
  async (_, name, why) => {
    await become(name);
    await rig.until(() => untold() !== undefined, 'an untold balance');
    const { sinceMs } = untold()!;
    await looked();
    expect(mute()).toEqual([USDC]);
    const other = rig.state().credited[WETH]!;
    await depositOther();
    await rig.until(() => rig.state().credited[WETH] === other + BigInt(AMOUNT), 'a credit of another asset');
    await anotherRoot();
    await rig.until(() => sentence().startsWith('The balance of USDC'), 'its sentence');
    expect(sentence()).toMatch(why);
    expect(sentence()).toContain(`cannot be read since ${new Date(sinceMs).toISOString()}`);
    expect([rig.settlement.status, untold()!.sinceMs]).toEqual(['open', sinceMs]);
    await put(good);
    await open();
    expect([untold(), mute()]).toEqual([undefined, []]);
  },
);

test('a token that is gone is told, and its other asset that shrinks halts settlement all the same', async () => {
  await put('0x');
  await rig.until(() => untold() !== undefined, 'an untold balance');
  await anotherRoot();
  expect(untold()!.sentence).toMatch(/its token answers with no number\.$/);
  const other = places.tokens[WETH]!;
  const whole = (await rig.chain.call('eth_getCode', [other, 'latest'])) as Hex;
  await become('ShrunkToken', other);
  await rig.until(() => rig.settlement.status === 'halted', 'a halt');
  expect(sentence()).toMatch(/^The vault holds \d+ units of asset 1; /);
  await put(whole, other);
  await put(good);
  await open();
});

test('a deposit whose token tells nobody but the vault waits with those behind it, and is credited once', async () => {
  await become('ShyToken');
  await deposit();
  await depositOther();
  const waits = `Deposit ${before.depositCursor} waits until it can be, and those behind it.`;
  await rig.until(() => sentence().endsWith(waits), waits);
  await anotherRoot();
  expect([rig.settlement.status, stand()]).toEqual(['open', before]);
  await put(good);
  await rig.until(() => rig.state().depositCursor === before.depositCursor + 2, 'both credits');
  await open();
  expect(rig.state().credited[USDC]).toBe(before.credited + BigInt(AMOUNT));
});

test('a deposit that was made before its token fell silent is credited by what it told then', async () => {
  const confirmations = 5;
  await rig.mine(confirmations);
  await rig.start(confirmations);
  await open();
  await deposit();
  await become('MuteToken');
  await rig.mine(confirmations + 5);
  await rig.until(() => rig.state().depositCursor === before.depositCursor + 1, 'a credit');
  await rig.until(() => untold() !== undefined, 'an untold balance');
  expect(rig.state().credited[USDC]).toBe(before.credited + BigInt(AMOUNT));
  await put(good);
  await rig.start(0);
  await open();
});
