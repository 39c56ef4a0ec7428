// Goal: T18. A chain that takes blocks back makes nobody richer or poorer than the vault: credited twice 0, lost 0, and
// what was credited and is gone is told. How: the real program, a new chain for each depth, reorganised by its own control.
import { encodeFunctionData, type Hex } from 'viem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CreditBook, DepthChain } from '../../lab/chain/depthChain.ts';
import { chainFolder, openChain } from '../../lab/chain/testChain.ts';
import { openVault, type TestVault } from '../../lab/chain/testVault.ts';
import { addressOf } from '../../sandbox/people.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { ChainContradiction, DepositWatcher } from './depositWatcher.ts';
import type { WantedDeposit } from './treasury.ts';
import { vaultAbi } from './vaultAbi.ts';
import { depositLogs, depositOf } from './vaultEvents.ts';

/** The deepest history that is taken back. */
const CONFIRMATIONS = 64;

let folder: ReturnType<typeof chainFolder>;
let chain: EmbeddedChain;
let vault: TestVault;
let book: CreditBook;
let watcher: DepositWatcher;

beforeEach(async () => {
  folder = chainFolder();
  chain = await openChain(folder.dir);
  vault = await openVault(chain);
  await vault.treasury.fund(0, 1_000_000_000n);
});
afterEach(async () => {
  await chain.stop();
  folder.remove();
});

/** @param confirmations blocks above a final one */
function watch(confirmations: number): void {
  book = new CreditBook();
  const { cursor, counted, credit } = book;
  const node = new DepthChain(chain, confirmations);
  watcher = new DepositWatcher({ chain: node, vault: vault.places.vault, cursor, counted, credit });
}

const owner = addressOf('firm owner');
const of = (amount: number, account = 8): WantedDeposit => ({ owner, account, asset: 0, amount });
const deposit = (amount: number, account?: number) => vault.treasury.deposit(of(amount, account));
const mine = (count: number) => chain.call('anvil_mine', [`0x${count.toString(16)}`]);
const amounts = () => book.credited.map(({ amount }) => amount);

/** What the vault holds now, by its own events. */
async function held(): Promise<number[]> {
  const head = Number(await chain.call('eth_blockNumber', []));
  return (await depositLogs(chain, vault.places.vault, 0, head)).map((log) => depositOf(log).amount);
}

/** A transaction for a history that is made anew, as the chain's control takes it. */
function again(want: WantedDeposit): object {
  const args = [owner as Hex, BigInt(want.account), want.asset, BigInt(want.amount)] as const;
  const data = encodeFunctionData({ abi: vaultAbi, functionName: 'deposit', args });
  return { from: vault.deployer.account.address, to: vault.places.vault, data, gas: '0x7a120' };
}

/** Depths in this run; all of them in the long one. */
const depths =
  process.env.BALLAST_LONG_COUNT === undefined
    ? [1, 2, 3, 8, 33, 64]
    : Array.from({ length: Number(process.env.BALLAST_LONG_COUNT) }, (_, index) => index + 1);

test.each(depths)(
  'a history of %i blocks that is taken back before it is final credits nobody, and what is deposited again is credited once',
  async (depth) => {
    watch(CONFIRMATIONS);
    await deposit(1_000_000);
    await mine(CONFIRMATIONS);
    await watcher.look();
    expect(amounts()).toEqual([1_000_000]);
    // The youngest `depth` blocks hold two deposits; their history is replaced by one that holds them the other way round.
    await deposit(2_000_000);
    await deposit(3_000_000, 9);
    await mine(Math.max(1, depth - 2));
    await watcher.look();
    const [first, second] = [of(3_000_000, 9), of(2_000_000)];
    const isBoth = depth >= 3;
    const pairs = isBoth
      ? [
          [again(first), 0],
          [again(second), 1],
        ]
      : [];
    await chain.call('anvil_reorg', [depth, pairs]);
    await watcher.look();
    await mine(CONFIRMATIONS);
    await watcher.look();
    expect(amounts()).toEqual(await held());
    if (isBoth) expect(amounts()).toEqual([1_000_000, 3_000_000, 2_000_000]);
  },
);

test.each(depths)(
  'a credited deposit that vanishes %i blocks deep is told, and credited no second time when it comes back',
  async (depth) => {
    watch(0);
    await deposit(1_000_000);
    await watcher.look();
    await deposit(2_000_000);
    await mine(Math.max(1, depth - 1));
    await watcher.look();
    expect(amounts()).toEqual([1_000_000, 2_000_000]);
    // Depth 1 leaves the deposit where it is and takes back an empty block.
    const isGone = depth > 1;
    await chain.call('anvil_reorg', [depth, []]);
    if (isGone) {
      const looked = watcher.look();
      await expect(looked).rejects.toBeInstanceOf(ChainContradiction);
      await expect(looked).rejects.toThrow('Deposit 1, 2000000 units');
      await expect(watcher.look()).rejects.toThrow('Withdrawals wait until somebody has looked.');
      await deposit(2_000_000);
    }
    await watcher.look();
    await deposit(4_000_000);
    await watcher.look();
    expect(amounts()).toEqual([1_000_000, 2_000_000, 4_000_000]);
    expect(amounts()).toEqual(await held());
  },
);

test('another deposit in the place of a credited one is not taken for it', async () => {
  watch(0);
  await deposit(2_000_000);
  await watcher.look();
  await chain.call('anvil_reorg', [1, [[again(of(9_000_000)), 0]]]);
  await expect(watcher.look()).rejects.toThrow('Deposit 0, 2000000 units');
  expect(amounts()).toEqual([2_000_000]);
});
