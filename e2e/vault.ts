import { expect, type Page } from '@playwright/test';
import { decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import type { SettlementView } from '../engine/protocol/views/settlement.ts';
import { type PersonName, signIn } from './wallet.ts';

/** The settlement page, and what a wallet of the sandbox does there. */
export const regionOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
export const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** A row of what came in and went out, by its amount: the vault's own table may hold the same number. */
export const rowOf = (page: Page, amount: string) =>
  page
    .getByRole('table', { name: 'Each deposit and withdrawal' })
    .getByRole('row')
    .filter({ hasText: amount });

/** The steps of the row that is looked at. */
export const stepsOf = (page: Page) => page.getByRole('region', { name: /^Steps of / });

/** Opens the page as somebody, once the vault holds what was credited. */
export async function openSettlement(page: Page, origin: string, person: PersonName): Promise<void> {
  await page.goto(`${origin}/settlement`);
  await signIn(page, person);
  await expect(regionOf(page, 'Vault and liabilities')).toContainText('100.0000%', { timeout: 60_000 });
}

/** Has the sandbox's wallet send a transaction, once it says what it calls. */
export async function send(page: Page, person: PersonName, call: string): Promise<void> {
  const wallet = dialogOf(page, `${person} wallet: Send a transaction`);
  const shown = wallet.getByRole('region', { name: call, exact: true });
  await expect(shown).toBeVisible();
  await wallet.getByRole('button', { name: 'Send', exact: true }).click();
  // The wallet may ask about the next one before anybody saw it closed.
  await expect(shown).toBeHidden();
}

/** Writes a deposit of so much USDC, and waits until it is worked out. */
export async function writeDeposit(page: Page, amount: string) {
  await page.keyboard.press('d');
  const dialog = dialogOf(page, 'Deposit');
  await dialog.getByLabel('Amount').fill(amount);
  await expect(dialog.getByRole('list', { name: 'Transactions' })).toContainText(`Deposit ${amount}`);
  return dialog;
}

/** What GET /api/v1/settlement says to everybody. */
export async function vaultView(origin: string): Promise<SettlementView> {
  return (await (await fetch(`${origin}/api/v1/settlement`)).json()) as SettlementView;
}

const tokenAbi = parseAbi(['function balanceOf(address account) view returns (uint256)']);

/** Token wei of an asset in a wallet, as the chain says it through the desk's door. */
export async function tokensOf(origin: string, asset: string, wallet: string): Promise<bigint> {
  const { assets } = await vaultView(origin);
  const { token } = assets.find(({ name }) => name === asset)!;
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args: [wallet as Hex] });
  const answer = await askChain(origin, 'eth_call', [{ to: token, data }, 'latest']);
  return decodeFunctionResult({ abi: tokenAbi, functionName: 'balanceOf', data: answer as Hex });
}

const demandAbi = parseAbi([
  'function paid(bytes32 sub, uint256 asset) view returns (uint128)',
  'function forced(bytes32 sub) view returns (uint64 askedAt, uint8 asset, uint128 target)',
]);

/** Whether the vault has a demand of a subaccount that it has not ended. */
export async function isDemandOpen(origin: string, sub: string): Promise<boolean> {
  const { vault } = await vaultView(origin);
  const data = encodeFunctionData({ abi: demandAbi, functionName: 'forced', args: [sub as Hex] });
  const answer = await askChain(origin, 'eth_call', [{ to: vault, data }, 'latest']);
  const [askedAt] = decodeFunctionResult({ abi: demandAbi, functionName: 'forced', data: answer as Hex });
  return askedAt > 0n;
}

/** Units that the vault has paid a subaccount by claims. */
export async function paidTo(origin: string, sub: string, asset: bigint): Promise<bigint> {
  const { vault } = await vaultView(origin);
  const args = [sub as Hex, asset] as const;
  const data = encodeFunctionData({ abi: demandAbi, functionName: 'paid', args });
  const answer = await askChain(origin, 'eth_call', [{ to: vault, data }, 'latest']);
  return decodeFunctionResult({ abi: demandAbi, functionName: 'paid', data: answer as Hex });
}

async function askChain(origin: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(`${origin}/api/v1/chain/rpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ballast': '1', origin },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}
