// Goal: the desk can put its vault on a chain, fill it with what the engine credited, and read it, whenever it is
// interrupted. How: the real program, one chain for the file, a fresh one where the deployer's first transaction matters.
import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chainFolder, mined, openChain } from '../../lab/chain/testChain.ts';
import { openVault, senderOf, type TestVault } from '../../lab/chain/testVault.ts';
import { accountOfSub } from '../../protocol/settlement/root.ts';
import { SANDBOX_VAULT } from '../../sandbox/genesis.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import type { EmbeddedChain } from '../chain/embeddedChain.ts';
import { addressesOf, deployVault } from './deployVault.ts';
import { mirrorDeposits } from './mirrorDeposits.ts';
import { RevertError } from './sender.ts';
import { subOf } from './treasury.ts';
import { vaultAbi } from './vaultAbi.ts';
import { depositLogs, depositOf, type VaultDeposit } from './vaultEvents.ts';

const folder = chainFolder();
let chain: EmbeddedChain;
let vault: TestVault;

beforeAll(async () => {
  chain = await openChain(folder.dir);
  vault = await openVault(chain);
});
afterAll(async () => {
  await chain.stop();
  folder.remove();
});

const owner = addressOf('firm owner') as `0x${string}`;
const [USDC, BTC, ETH] = [0, 1, 2];

async function made(): Promise<VaultDeposit[]> {
  const { number } = await chain.settledHead();
  return (await depositLogs(chain, vault.places.vault, 0, number)).map(depositOf);
}

test('the vault is where signatures have always said it is, with the sandbox’s terms', async () => {
  expect(vault.places.vault).toBe(SANDBOX_VAULT);
  expect(await vault.reader.isThere()).toBe(true);
  expect((await vault.reader.ask('governor', [])).toLowerCase()).toBe(vault.places.governor);
  expect(await vault.reader.ask('threshold', [])).toBe(2n);
  expect(await vault.reader.ask('hotCount', [])).toBe(3n);
  for (const signer of sandboxVault.hot)
    expect(await vault.reader.ask('isHot', [signer as `0x${string}`])).toBe(true);
  expect(await vault.reader.terms()).toEqual(sandboxVault.terms);
  const [token, unit] = await vault.reader.ask('assets', [BigInt(ETH)]);
  expect([token.toLowerCase(), unit]).toEqual([vault.places.tokens[ETH], 10n ** 10n]);
  for (const place of [vault.places.governor, ...vault.places.tokens])
    expect(await chain.call('eth_getCode', [place, 'latest'])).not.toBe('0x');
});

test('what is there is not made again', async () => {
  const before = await vault.deployer.nonce();
  expect(await deployVault(vault.deployer, sandboxVault)).toEqual(vault.places);
  expect(await vault.deployer.nonce()).toBe(before);
});

test('credits become deposits in their order, and a list that was interrupted is gone on with', async () => {
  const wanted = [
    { owner, account: 8, asset: USDC, amount: 5_000_000_000_000 },
    { owner, account: 9, asset: ETH, amount: 300_00_000_000 },
    { owner, account: 8, asset: BTC, amount: 25_00_000_000 },
    { owner, account: 9, asset: USDC, amount: 1_000_000 },
  ];
  await mirrorDeposits(vault.treasury, made, wanted.slice(0, 2));
  await mirrorDeposits(vault.treasury, made, wanted);
  await mirrorDeposits(vault.treasury, made, wanted);
  const found = await made();
  expect(found.map(({ id, sub, asset, amount }) => ({ id, sub, asset, amount }))).toEqual(
    wanted.map((want, id) => ({ id, sub: subOf(want), asset: want.asset, amount: want.amount })),
  );
  expect(subOf(wanted[0]!)).toBe(await vault.reader.ask('subaccountId', [owner, 8n]));
});

test('a vault that holds somebody else’s deposit in the place of a credit cannot be adopted', async () => {
  const other = [{ owner, account: 10, asset: USDC, amount: 7_000_000 }];
  await expect(mirrorDeposits(vault.treasury, made, other)).rejects.toThrow('Somebody was quicker');
});

test('a deposit that is mined after it was given up is not made again', async () => {
  const before = await made();
  const known = before.map(({ asset, amount, sub }) => ({
    owner,
    account: accountOfSub(sub)!,
    asset,
    amount,
  }));
  const late = { owner, account: 8, asset: USDC, amount: 9_000_001 };
  let looks = 0;
  // Seen as missing, and there once it is looked at again: what came late has taken its place.
  const look = async () => {
    looks += 1;
    const seen = await made();
    if (looks === 2) await vault.treasury.deposit(late);
    return seen;
  };
  await vault.treasury.fund(USDC, 2n * 9_000_001n);
  await expect(mirrorDeposits(vault.treasury, look, [...known, late])).rejects.toThrow(/nonce/i);
  await mirrorDeposits(vault.treasury, made, [...known, late]);
  expect((await made()).slice(before.length).map(({ amount }) => amount)).toEqual([9_000_001]);
});

test('a deposit below the least one is refused before anything is sent, in the contract’s own word', async () => {
  await vault.treasury.fund(USDC, 1n);
  const before = await vault.deployer.nonce();
  const refused = vault.treasury.deposit({ owner, account: 8, asset: USDC, amount: 1 });
  await expect(refused).rejects.toBeInstanceOf(RevertError);
  await expect(refused).rejects.toMatchObject({ reason: 'BelowMinimum' });
  expect(await vault.deployer.nonce()).toBe(before);
});

test('two who are given money at once both get it', async () => {
  const before = (await made()).length;
  const wanted = [7_000_000, 8_000_000].map((amount) => ({ owner, account: 8, asset: USDC, amount }));
  await Promise.all(wanted.map((want) => vault.treasury.give(want)));
  expect((await made()).slice(before).map(({ amount }) => amount)).toEqual([7_000_000, 8_000_000]);
});

test('the state of the vault is that of the block that was named', async () => {
  const block = await chain.settledHead();
  const before = await vault.reader.state(block);
  expect(before).toMatchObject({ block, isFrozen: false, pausedUntilS: 0, finalEpoch: 0 });
  expect(before.last).toMatchObject({ epoch: 0, seq: 0, depositCursor: 0, hash: `0x${'0'.repeat(64)}` });
  const guardian = senderOf(chain, 3);
  await guardian.send({ what: 'A pause', to: vault.places.vault, data: '0x8456cb59' });
  expect((await vault.reader.state(block)).pausedUntilS).toBe(0);
  expect((await vault.reader.state(await chain.settledHead())).pausedUntilS).toBeGreaterThan(before.timeS);
  const refused = vault.treasury.deposit({ owner, account: 8, asset: USDC, amount: 1_000_000 });
  await expect(refused).rejects.toMatchObject({ reason: 'IsPaused' });
});

test('what is sent is tried at the time it will be mined, however long ago the last block was', async () => {
  const own = chainFolder();
  const quiet = await openChain(own.dir);
  try {
    const { places, reader, deployer } = await openVault(quiet);
    // A chain without transactions has no blocks: its last one is from before the time-out, the next one from after.
    await quiet.call('evm_increaseTime', [sandboxVault.terms.rootTimeout + 1]);
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'freeze' });
    await deployer.send({ what: 'Freezing', to: places.vault, data });
    expect(await reader.ask('frozen', [])).toBe(true);
  } finally {
    await quiet.stop();
    own.remove();
  }
});

test('a deployer who was busy with other things before cannot make the vault, and says so', async () => {
  const other = chainFolder();
  const used = await openChain(other.dir);
  try {
    await mined(used, { to: `0x${'12'.repeat(20)}`, value: 1n, personIndex: 0 });
    const sender = senderOf(used, 0);
    await expect(deployVault(sender, sandboxVault)).rejects.toThrow(
      `has sent 1 transactions and ${addressesOf(sender.account.address, sandboxVault).vault} is empty`,
    );
  } finally {
    await used.stop();
    other.remove();
  }
});
