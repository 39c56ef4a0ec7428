import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { subaccountId } from '../../../protocol/settlement/root.ts';
import { addressOf } from '../../../sandbox/people.ts';
import { tokenAbi, vaultAbi } from '../../../settlement/vault/vaultAbi.ts';
import { assert } from '../../../units/assert.ts';
import { ACCOUNT, USDC } from './flows.ts';
import type { People } from './people.ts';

/** What everybody has, in units of USDC, by their own books. */
export interface Books {
  readonly account: bigint;
  readonly wallet: bigint;
  readonly vault: bigint;
  readonly credited: bigint;
  readonly paidOut: bigint;
  /** By the vault's own count of the subaccount. */
  readonly paid: bigint;
  readonly depositCount: bigint;
  readonly withdrawalCount: bigint;
}

/** Reads them all; nothing may be on its way. */
export async function booksOf(people: People): Promise<Books> {
  const { assets, vault, deposits, withdrawals } = await people.view();
  const asset = assets[USDC]!;
  const owner = addressOf('firm owner') as Hex;
  const balanceOf = (holder: string) =>
    ask(people, asset.token, tokenAbi, 'balanceOf', [holder]) as Promise<bigint>;
  const sub = subaccountId(owner, ACCOUNT);
  const [wei, held, paid] = await Promise.all([
    balanceOf(owner),
    balanceOf(vault),
    ask(people, vault, vaultAbi, 'paid', [sub, USDC]) as Promise<bigint>,
  ]);
  const manager = await people.person('portfolio manager');
  return {
    account: BigInt(await manager.usdcOf(ACCOUNT)),
    wallet: wei / BigInt(asset.weiPerUnit),
    vault: held / BigInt(asset.weiPerUnit),
    credited: BigInt(asset.credited),
    paidOut: BigInt(asset.paidOut),
    paid,
    depositCount: BigInt(deposits.length),
    withdrawalCount: BigInt(withdrawals.length),
  };
}

async function ask(
  people: People,
  to: string,
  abi: typeof tokenAbi | typeof vaultAbi,
  functionName: string,
  args: readonly unknown[],
): Promise<unknown> {
  const data = encodeFunctionData({ abi, functionName, args } as never);
  const answer = (await people.chain('eth_call', [{ to, data }, 'latest'])) as Hex;
  return decodeFunctionResult({ abi, functionName, data: answer } as never);
}

/** What one flow changes, and nothing else does. */
export function requireChange(what: string, before: Books, after: Books, change: Partial<Books>): void {
  for (const name of Object.keys(before) as (keyof Books)[]) {
    const moved = after[name] - before[name];
    assert(
      moved === (change[name] ?? 0n),
      `${what}: ${name} moved by ${moved}, not by ${change[name] ?? 0n}`,
    );
  }
}

/** Vault, engine and the final root say the same of every asset. */
export async function requireEqual(people: People): Promise<void> {
  const { assets, roots } = await people.view();
  const proof = await people.proof(ACCOUNT);
  for (const [asset, { name, held, credited, paidOut, uncredited }] of assets.entries()) {
    assert(
      BigInt(held ?? -1) === BigInt(credited) - BigInt(paidOut),
      `${name}: ${held} held of ${credited} less ${paidOut}`,
    );
    assert(uncredited === '0', `${name}: ${uncredited} not credited`);
    assert(
      proof?.root.sums[asset] === credited,
      `${name}: the final root has ${proof?.root.sums[asset]} of ${credited}`,
    );
  }
  // Whoever was killed, the guardian found nothing to object to.
  const rejected = roots.filter(({ state }) => state === 'rejected');
  assert(rejected.length === 0, `no root rejected: ${rejected.map(({ epoch }) => epoch)}`);
  const epochs = roots
    .filter(({ state }) => state === 'posted' || state === 'final')
    .map(({ epoch }) => epoch);
  assert(new Set(epochs).size === epochs.length, `one root for each epoch: ${epochs}`);
}
