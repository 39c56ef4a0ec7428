// Goal: whatever a token does, the desk says what happened, credits what arrived and that once, and loses nothing. How: the
// desk's loop between a real core and a real chain; in the place of a token with holders comes one with the same holders
// and other manners, and then the first one again.
import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
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

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const USDC = 0;
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

/** The token becomes another one with the same holders. */
async function become(name: keyof typeof contractCode): Promise<void> {
  const { contractAddress } = await mined(rig.chain, { data: contractCode[name] });
  await put((await rig.chain.call('eth_getCode', [contractAddress, 'latest'])) as Hex);
}
/** In a block of its own, as everything on a chain. */
async function put(code: Hex): Promise<void> {
  await rig.chain.call('anvil_setCode', [token, code]);
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
