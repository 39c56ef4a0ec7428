import { decodeFunctionResult, encodeFunctionData, type Hex, numberToHex } from 'viem';
import type { DeployedVault } from './deployVault.ts';
import type { Receipt, Sender, Transaction } from './sender.ts';
import { type AssetPlan, weiPerUnit } from './terms.ts';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

/** What the vault shall hold for an account. */
export interface WantedDeposit {
  /** Address of the owner, with the account's number the subaccount. */
  readonly owner: string;
  readonly account: number;
  readonly asset: number;
  /** In units. */
  readonly amount: number;
}

/** As much as a token can count: an allowance that is never used up. */
const EVERYTHING = (1n << 256n) - 1n;

/** Makes tokens out of nothing, as sandboxes do, and puts them into the vault. */
export class Treasury {
  readonly #sender: Sender;
  readonly #places: DeployedVault;
  readonly #assets: readonly AssetPlan[];
  #last: Promise<unknown> = Promise.resolve();

  constructor(sender: Sender, places: DeployedVault, assets: readonly AssetPlan[]) {
    this.#sender = sender;
    this.#places = places;
    this.#assets = assets;
  }

  /**
   * Makes what is missing and puts it into the vault. One after another: what was made for one is not another's.
   *
   * @fails RevertError; ChainError
   */
  give(want: WantedDeposit): Promise<Receipt> {
    const given = this.#last.then(async () => {
      await this.fund(want.asset, BigInt(want.amount));
      return await this.deposit(want);
    });
    this.#last = given.catch(() => undefined);
    return given;
  }

  /** Sees to it that the treasury holds so many units, and that the vault may take them. */
  async fund(asset: number, units: bigint): Promise<void> {
    if (units === 0n) return;
    const to = this.#places.tokens[asset]!;
    const { name } = this.#assets[asset]!;
    const { address } = this.#sender.account;
    const { vault } = this.#places;
    const wei = units * weiPerUnit(this.#assets[asset]!);
    const missing = wei - (await this.#number(to, 'balanceOf', [address]));
    if (missing > 0n) {
      const data = encodeFunctionData({ abi: tokenAbi, functionName: 'mint', args: [address, missing] });
      await this.#sender.send({ what: `Making ${name}`, to, data });
    }
    if ((await this.#number(to, 'allowance', [address, vault])) >= wei) return;
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [vault, EVERYTHING] });
    await this.#sender.send({ what: `Allowing the vault to take ${name}`, to, data });
  }

  /** Puts funded units into the vault. @fails RevertError, for example IsPaused or BelowMinimum */
  deposit(wanted: WantedDeposit): Promise<Receipt> {
    return this.#sender.send(this.#transactionOf(wanted));
  }

  /** Transactions of its key that are mined. */
  nonce(): Promise<number> {
    return this.#sender.nonce();
  }

  /** Many, in this order, the first with this nonce. @fails as `deposit`; ChainError where the nonce is taken */
  depositAll(wanted: readonly WantedDeposit[], nonce: number): Promise<void> {
    return this.#sender.sendAll(
      wanted.map((each) => this.#transactionOf(each)),
      nonce,
    );
  }

  #transactionOf({ owner, account, asset, amount }: WantedDeposit): Transaction {
    const plan = this.#assets[asset]!;
    const args = [owner as Hex, BigInt(account), asset, BigInt(amount) * weiPerUnit(plan)] as const;
    return {
      what: `The deposit of ${amount} units of ${plan.name} for account ${account}`,
      to: this.#places.vault,
      data: encodeFunctionData({ abi: vaultAbi, functionName: 'deposit', args }),
    };
  }

  async #number(
    token: Hex,
    functionName: 'balanceOf' | 'allowance',
    args: readonly [Hex] | readonly [Hex, Hex],
  ): Promise<bigint> {
    const data = encodeFunctionData({ abi: tokenAbi, functionName, args } as never);
    const answer = await this.#sender.chain.call('eth_call', [{ to: token, data }, 'latest']);
    return decodeFunctionResult({ abi: tokenAbi, functionName, data: answer as Hex }) as bigint;
  }
}

/** The subaccount's name on chain: the owner's twenty bytes, then the account's number. */
export function subOf({ owner, account }: Pick<WantedDeposit, 'owner' | 'account'>): string {
  return `${owner.toLowerCase()}${numberToHex(account, { size: 12 }).slice(2)}`;
}
