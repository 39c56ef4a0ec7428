import { expect, type Page } from '@playwright/test';
import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { FirmPerson } from '../engine/lab/firmPerson.ts';
import type { ProofView } from '../engine/protocol/views/settlement.ts';
import { anvilOf } from './anvil.ts';
import { stillDesk } from './deskOfFile.ts';
import { test } from './journey.ts';
import { violationsOf } from './quiet.ts';
import {
  dialogOf,
  isDemandOpen,
  openSettlement,
  paidTo,
  regionOf,
  rowOf,
  send,
  tokensOf,
  vaultView,
} from './vault.ts';

/**
 * What an owner does with the vault alone, without the desk's word: where it may pay, what it must pay, and how everybody
 * gets out when it does not. The last one ends its vault for good, so it stands at the end of the file.
 */
const desk = stillDesk();

const OWNER = 9;
const BASIS = 8;
const OTHER_WALLET = `0x${'66'.repeat(20)}`;
/** A root of now is too old for a chain so far ahead, and its silence allows no freeze yet. */
const AHEAD_S = 200;
/** Silence of ten minutes allows a freeze, and a root of a state fifteen minutes old is not taken. */
const SILENCE_S = 1_000;

const stepsIn = (page: Page, title: string) =>
  dialogOf(page, title).getByRole('list', { name: 'Transactions' });

/** Sends what an open dialog has worked out, and closes it once that is final. */
async function sendAll(page: Page, title: string, call: string): Promise<void> {
  const dialog = dialogOf(page, title);
  await dialog.getByRole('button', { name: 'Send with my wallet' }).click();
  await finish(page, title, call);
}

async function finish(page: Page, title: string, call: string): Promise<void> {
  const dialog = dialogOf(page, title);
  await send(page, 'Firm owner', call);
  await expect(dialog.getByText(/^final in block/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
}

test('an address is listed after its delay, and taken off at once', async ({ page }) => {
  await openSettlement(page, desk.origin, 'Firm owner');
  const title = 'Address list';
  const dialog = dialogOf(page, title);
  const open = page.getByRole('button', { name: title });
  await open.click();
  await expect(dialog).toContainText('No address is listed for this account');
  await dialog.getByLabel('To address').fill(OTHER_WALLET);
  await expect(stepsIn(page, title)).toContainText('5 s after this is mined');
  expect(await violationsOf(page)).toEqual([]);
  await sendAll(page, title, 'setWhitelist');
  await open.click();
  // It says how long it waits until it says that it does not.
  const row = dialog.getByRole('row').filter({ hasText: OTHER_WALLET });
  await expect(row).toContainText(/payable/);
  await expect(row.getByRole('cell', { name: 'payable', exact: true })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await row.getByRole('button', { name: `Take off ${OTHER_WALLET}` }).click();
  await expect(stepsIn(page, title)).toContainText('no more, at once');
  await sendAll(page, title, 'setWhitelist');
  await open.click();
  await expect(dialog).toContainText('No address is listed for this account');
});

test('who does not own the firm may not list an address for it', async ({ page }) => {
  await openSettlement(page, desk.origin, 'Portfolio manager');
  await page.getByRole('button', { name: 'Address list' }).click();
  const dialog = dialogOf(page, 'Address list');
  await dialog.getByLabel('To address').fill(OTHER_WALLET);
  await expect(dialog).toContainText('Only the owner’s wallet');
  await expect(dialog.getByRole('button', { name: 'Send with my wallet' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

test('what an owner demands of the vault is paid by the desk, and nobody signs for it', async ({ page }) => {
  const owner = await FirmPerson.signIn(desk.origin, OWNER);
  const held = () => tokensOf(desk.origin, 'USDC', owner.address);
  const before = await held();
  const exit = regionOf(page, 'Exit kit');
  await openSettlement(page, desk.origin, 'Firm owner');
  await expect(exit).toContainText(/3 of 3 accounts, root #\d+/);
  await page.getByRole('button', { name: 'Force withdrawal' }).click();
  const title = 'Force a withdrawal';
  await dialogOf(page, title).getByLabel('Amount').fill('250');
  await expect(stepsIn(page, title)).toContainText('Demand 250.000000 USDC');
  await sendAll(page, title, 'force');
  // As soon as a root has it and is final; then the desk ends the demand, by the leaf of a newer one.
  await expect.poll(async () => (await held()) - before, { timeout: 60_000 }).toBe(250_000_000n);
  await expect(exit).toContainText('none open');
  const sub = `${owner.address}${BASIS.toString(16).padStart(24, '0')}`.toLowerCase();
  await expect.poll(() => isDemandOpen(desk.origin, sub), { timeout: 60_000 }).toBe(false);
  await expect(exit.getByRole('button', { name: 'Freeze' })).toHaveCount(0);
});

test('what nobody serves freezes the vault, and its owner leaves with all of it', async ({ page }) => {
  const anvil = anvilOf(desk.pid);
  const owner = await FirmPerson.signIn(desk.origin, OWNER);
  const held = async () => [
    await tokensOf(desk.origin, 'USDC', owner.address),
    await tokensOf(desk.origin, 'BTC', owner.address),
  ];
  const exit = regionOf(page, 'Exit kit');
  const freeze = exit.getByRole('button', { name: 'Freeze' });
  await openSettlement(page, desk.origin, 'Firm owner');
  await expect(exit).toContainText(/3 of 3 accounts, root #\d+/);
  const { vault, assets } = await vaultView(desk.origin);
  const tokenOf = (asset: string) => assets.find(({ name }) => name === asset)!.token as Hex;

  await test.step('the desk brings no root any more', async () => {
    await anvil.warp(AHEAD_S);
  });

  await test.step('a demand is refused to a wallet without gas, rejected, and made', async () => {
    const title = 'Force a withdrawal';
    await page.getByRole('button', { name: 'Force withdrawal' }).click();
    const dialog = dialogOf(page, title);
    await dialog.getByLabel('Amount').fill('250');
    await expect(stepsIn(page, title)).toContainText('Demand 250.000000 USDC');
    const ether = await anvil.ask('eth_getBalance', [owner.address, 'latest']);
    await anvil.ask('anvil_setBalance', [owner.address, '0x0']);
    await dialog.getByRole('button', { name: 'Send with my wallet' }).click();
    await expect(stepsIn(page, title)).toContainText('Send it some ETH, or use another wallet.');
    await anvil.ask('anvil_setBalance', [owner.address, ether]);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    const wallet = dialogOf(page, 'Firm owner wallet: Send a transaction');
    await wallet.getByRole('button', { name: 'Reject' }).click();
    await expect(stepsIn(page, title)).toContainText('You rejected the request in your wallet.');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await finish(page, title, 'force');
    await expect(exit).toContainText(/BTC-basis: 250\.00 USDC, \d:\d\d left/);
    await expect(freeze).toHaveCount(0);
  });

  await test.step('a deposit comes in that no root counts any more', async () => {
    await anvil.warp(SILENCE_S);
    const abi = parseAbi([
      'function mint(address to, uint256 amount)',
      'function approve(address spender, uint256 value)',
      'function deposit(address owner, uint96 n, uint8 asset, uint256 amount)',
    ]);
    const from = owner.address as Hex;
    const sendAs = (to: Hex, data: Hex) => anvil.ask('eth_sendTransaction', [{ from, to, data }]);
    const usdc = tokenOf('USDC');
    await sendAs(usdc, encodeFunctionData({ abi, functionName: 'mint', args: [from, 77_000_000n] }));
    await sendAs(
      usdc,
      encodeFunctionData({ abi, functionName: 'approve', args: [vault as Hex, 77_000_000n] }),
    );
    const args = [from, BigInt(BASIS), 0, 77_000_000n] as const;
    await sendAs(vault as Hex, encodeFunctionData({ abi, functionName: 'deposit', args }));
    await expect(rowOf(page, '+77.00')).toBeVisible();
  });

  await test.step('once it is due anybody freezes it, told what that means', async () => {
    await expect(exit).toContainText('BTC-basis: 250.00 USDC, overdue');
    await freeze.click();
    const dialog = dialogOf(page, 'Freeze the vault');
    await expect(dialog).toContainText('There is no way back');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Freeze it for good' }).click();
    await finish(page, 'Freeze the vault', 'freeze');
    await expect(regionOf(page, 'Vault and liabilities')).toContainText('The vault is frozen.');
    await expect(freeze).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Force withdrawal' })).toHaveCount(0);
  });

  const { body } = await owner.client.get<ProofView>(`/api/v1/proof/final?account=${BASIS}`);
  const [entitled, btc] = body.leaf.entitled.map(BigInt);
  // What was paid before is part of what a root says.
  const usdc = entitled! - (await paidTo(desk.origin, body.leaf.sub, 0n));
  const [usdcBefore, btcBefore] = await held();

  await test.step('the account leaves with what the root says; a token that refuses keeps nobody', async () => {
    const accept = await anvil.refuseTransfers(tokenOf('BTC'));
    await exit.getByRole('button', { name: 'Escape' }).click();
    await expect(stepsIn(page, 'Escape with the exit kit')).toContainText('Take Macro / BTC-basis out');
    await sendAll(page, 'Escape with the exit kit', 'escape');
    expect(await held()).toEqual([usdcBefore! + usdc, btcBefore]);
    await accept();
    await exit.getByRole('button', { name: 'Escape' }).click();
    await expect(dialogOf(page, 'Escape with the exit kit')).toContainText('has left already');
    await page.keyboard.press('Escape');
  });

  await test.step('what it refused is collected once it lets go', async () => {
    const title = 'Collect what a token refused';
    await exit.getByRole('button', { name: 'Collect' }).click();
    const dialog = dialogOf(page, title);
    await expect(dialog).toContainText('owes Macro / BTC-basis no USDC but some BTC');
    await dialog.getByLabel('Asset').selectOption({ label: 'BTC' });
    await sendAll(page, title, 'collect');
    expect(await held()).toEqual([usdcBefore! + usdc, btcBefore! + btc!]);
  });

  await test.step('the deposit nobody counts is taken back', async () => {
    await rowOf(page, '+77.00').getByRole('button', { name: 'Take back' }).click();
    await sendAll(page, 'Take a deposit back', 'reclaim');
    await page.getByRole('tab', { name: 'All' }).click();
    await expect(rowOf(page, '+77.00')).toContainText('taken back by its owner');
    expect(await held()).toEqual([usdcBefore! + usdc + 77_000_000n, btcBefore! + btc!]);
    await expect(regionOf(page, 'Vault and liabilities')).toContainText('The vault is frozen.');
  });
});
