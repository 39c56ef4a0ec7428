import { expect, type Page } from '@playwright/test';
import { mnemonicToAccount } from 'viem/accounts';

/** The people of the sandbox as their wallets are named on the page. */
export type PersonName =
  | 'Trader'
  | 'Portfolio manager'
  | 'Second portfolio manager'
  | 'Risk'
  | 'Second risk'
  | 'Ops maker'
  | 'Ops approver'
  | 'Second ops approver'
  | 'Treasury signer'
  | 'Second treasury signer'
  | 'Firm owner'
  | 'Admin'
  | 'Second admin'
  | 'Third admin'
  | 'Auditor'
  | 'Counterparty trader';

/** Those who may trade let the browser make a key for it; nobody else is asked. */
const traders: readonly PersonName[] = [
  'Trader',
  'Portfolio manager',
  'Second portfolio manager',
  'Counterparty trader',
];

/**
 * Signs in with a wallet of the page, approving what it shows like a person would.
 *
 * @param isConnected signed in before on this page: a wallet asks once whether the page may see its address
 */
export async function signIn(page: Page, person: PersonName, isConnected = false): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(`^${person}`) }).click();
  if (!isConnected) await approve(page, `${person} wallet: Connect`, 'Connect');
  await approve(page, `${person} wallet: Sign a message`, 'Sign');
  if (traders.includes(person)) await approve(page, `${person} wallet: Sign typed data`, 'Sign');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeHidden();
  // While a dialog is open no key of the desk is heard.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // The line is opened anew in the person's name; until it stands nothing can be armed or sent.
  await expect(page.getByText('market data fresh').first()).toBeAttached();
}

/** Presses yes in the wallet's window of this title. */
export async function approve(page: Page, title: string, button: 'Connect' | 'Sign'): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

/** What an outside wallet does when it is asked to sign. */
export type WalletMode = 'approve' | 'reject' | 'wrongChain' | 'turns' | 'tamper' | 'stranger';

interface Call {
  method: string;
  params?: unknown[];
}

/**
 * Announces a wallet that is not the desk's: its key lives in the test's process, as it would in an
 * extension. `tamper` signs something else than it was asked to, as malware between page and wallet would;
 * `stranger` belongs to nobody the desk knows; `turns` is put on another chain once it has signed in.
 */
export async function announceOutsideWallet(page: Page, mode: WalletMode): Promise<void> {
  const mnemonic = 'test test test test test test test test test test test junk';
  const account = mnemonicToAccount(mnemonic, { addressIndex: mode === 'stranger' ? 20 : 1 });
  let hasTurned = false;
  await page.exposeBinding('__wallet', async (_, { method, params = [] }: Call) => {
    switch (method) {
      case 'eth_requestAccounts':
        return { result: [account.address] };
      case 'eth_chainId':
        return { result: mode === 'wrongChain' || hasTurned ? '0x1' : '0x7a69' };
      case 'wallet_switchEthereumChain':
        return { error: { code: 4902, message: 'Unknown chain.' } };
      case 'personal_sign': {
        if (mode === 'reject') return { error: { code: 4001, message: 'User rejected.' } };
        const raw = params[0] as `0x${string}`;
        return { result: await account.signMessage({ message: { raw } }) };
      }
      case 'eth_signTypedData_v4': {
        const typedData = JSON.parse(String(params[1]));
        hasTurned = mode === 'turns';
        if (mode === 'tamper') typedData.message.expiresAtMs = '253402214400000';
        return { result: await account.signTypedData(typedData) };
      }
      default:
        return { result: [] };
    }
  });
  await page.addInitScript(() => {
    const info = {
      uuid: '11111111-1111-4111-8111-111111111111',
      name: 'Outside',
      icon: 'data:,',
      rdns: 'test.outside',
    };
    const provider = {
      async request(call: Call) {
        const ask = (
          window as unknown as { __wallet(call: Call): Promise<{ result?: unknown; error?: object }> }
        ).__wallet;
        const { result, error } = await ask(call);
        if (error !== undefined) throw error;
        return result;
      },
    };
    const announce = () =>
      window.dispatchEvent(
        new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
      );
    window.addEventListener('eip6963:requestProvider', announce);
  });
}
