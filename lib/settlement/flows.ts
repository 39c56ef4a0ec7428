import { encodeFunctionData, type Hex } from 'viem';
import type {
  ProofView,
  VaultAssetView,
  VaultDepositView,
  VaultWithdrawalView,
  WithdrawalProofView,
} from '../../engine/protocol/views/settlement.ts';
import { formatUnits } from '../format.ts';
import { leafOf, ownerOf, pathOf } from './exitKit.ts';
import { type PermitTerms, permitTypedData, splitSignature } from './permit.ts';
import type { FlowStep, SignedStep, TransactionStep } from './transactions.ts';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

/** An amount of an asset with its name, to the last unit. */
function amountText(units: bigint | string, { decimals, name }: VaultAssetView): string {
  return `${formatUnits(units, decimals)} ${name}`;
}

const vaultData = (functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: vaultAbi, functionName, args } as never);
const tokenData = (functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: tokenAbi, functionName, args } as never);

/** What a deposit is made of. */
export interface DepositTerms {
  vault: string;
  asset: VaultAssetView;
  /** Whole units. */
  units: bigint;
  /** Of the account: its owner's address and its number are the subaccount's name on chain. */
  owner: string;
  account: number;
  label: string;
  /** Who sends it, what that wallet has of the token and what the vault may take of it, in token wei. */
  from: string;
  balance: bigint;
  allowance: bigint;
  /** How an allowance is signed; undefined where it has to be a transaction. */
  permit: PermitTerms | undefined;
  /** Until when, where it is signed; seconds since 1970. */
  deadlineSec: number;
  /** Tokens of a sandbox are made by whoever wants some. */
  isSandbox: boolean;
}

/**
 * Tokens of a sandbox where there are too few, leave for the vault to take exactly this much, and the deposit itself. The
 * leave is a signature inside the deposit where token and wallet can.
 */
export function depositSteps(terms: DepositTerms): FlowStep[] {
  const { asset, units, from, balance, allowance, permit, isSandbox } = terms;
  const wei = units * BigInt(asset.weiPerUnit);
  const text = amountText(units, asset);
  const steps: FlowStep[] = [];
  if (isSandbox && balance < wei)
    steps.push({
      name: `Make sandbox ${asset.name}`,
      effects: [`Makes ${text} in your wallet out of nothing: worth nothing, and on this machine only.`],
      to: asset.token,
      data: tokenData('mint', [from, wei - balance]),
    });
  if (allowance >= wei) steps.push(plainDeposit(terms, wei));
  else if (permit === undefined) steps.push(...allowedDeposit(terms, wei));
  else steps.push(permittedDeposit(terms, permit, wei));
  return steps;
}

function plainDeposit(
  { vault, asset, units, owner, account, label }: DepositTerms,
  wei: bigint,
): TransactionStep {
  const text = amountText(units, asset);
  return {
    name: `Deposit ${text}`,
    effects: [
      `${text} leaves your wallet for the vault.`,
      `It is credited to ${label}, owner ${owner}, once its block is final.`,
    ],
    to: vault,
    data: vaultData('deposit', [owner, BigInt(account), asset.asset, wei]),
  };
}

/** An allowance of exactly the amount, and the deposit: two transactions. */
function allowedDeposit(terms: DepositTerms, wei: bigint): TransactionStep[] {
  const { vault, asset, units } = terms;
  const text = amountText(units, asset);
  const allow = {
    name: `Allow exactly ${text}`,
    effects: [`The vault may take ${text} from your wallet, no more. Nothing moves yet.`],
    to: asset.token,
    data: tokenData('approve', [vault, wei]),
  };
  return [allow, plainDeposit(terms, wei)];
}

/** The same allowance signed, and brought by the deposit itself: one signature and one transaction. */
function permittedDeposit(terms: DepositTerms, permit: PermitTerms, wei: bigint): SignedStep {
  const { vault, asset, units, owner, account, from, deadlineSec } = terms;
  const { name, effects, to } = plainDeposit(terms, wei);
  const of = [owner, BigInt(account), asset.asset, wei, BigInt(deadlineSec)];
  const signs = `You sign that the vault may take exactly ${amountText(units, asset)} from your wallet, and send that with the deposit.`;
  return {
    name,
    effects: [signs, ...effects],
    to,
    signature: {
      typedData: permitTypedData({ ...permit, owner: from, spender: vault, value: wei, deadlineSec }),
      trial: { to: asset.token, data: tokenData('transfer', [vault, wei]) },
      dataOf: (signature) => {
        const parts = splitSignature(signature);
        if (parts === undefined) return undefined;
        return vaultData('depositWithPermit', [...of, parts.v, parts.r, parts.s]);
      },
      instead: allowedDeposit(terms, wei),
    },
  };
}

/** Brings a withdrawal that a final root carries. */
export function claimSteps(
  vault: string,
  { epoch, withdrawal, proof }: WithdrawalProofView,
  asset: VaultAssetView,
): TransactionStep[] {
  const { sub, nonce, amount, to, seq } = withdrawal;
  const leaf = {
    sub,
    nonce: BigInt(nonce),
    asset: withdrawal.asset,
    amount: BigInt(amount),
    to,
    seq: BigInt(seq),
  };
  return [
    {
      name: `Claim ${amountText(amount, asset)}`,
      effects: [
        `The vault pays ${amountText(amount, asset)} to ${to}.`,
        'Amount and destination are the root’s: whoever brings the claim cannot change them.',
      ],
      to: vault,
      data: vaultData('claim', [leaf, BigInt(epoch), proof]),
    },
  ];
}

/** What the desk hands out to be claimed is held against what the page shows: another destination is not sent. */
export function claimMismatch(
  { nonce, asset, amount, to }: VaultWithdrawalView,
  { withdrawal }: WithdrawalProofView,
): string | undefined {
  const isSame =
    withdrawal.nonce === nonce &&
    withdrawal.asset === asset &&
    withdrawal.amount === amount &&
    withdrawal.to.toLowerCase() === to.toLowerCase();
  return isSame ? undefined : 'The proof is of another withdrawal than the one shown. Nothing was sent.';
}

export function reclaimSteps(
  vault: string,
  { id, amount }: VaultDepositView,
  asset: VaultAssetView,
): TransactionStep[] {
  return [
    {
      name: `Take ${amountText(amount, asset)} back`,
      effects: [
        `The vault returns ${amountText(amount, asset)} to the account’s owner: no root counts this deposit.`,
      ],
      to: vault,
      data: vaultData('reclaim', [BigInt(id ?? 0)]),
    },
  ];
}

export interface ListingTerms {
  vault: string;
  sub: string;
  label: string;
  to: string;
  allow: boolean;
  delay: string;
  /** Seconds since 1970. */
  deadlineSec: number;
}

/** By the owner's own wallet, which needs no signature besides the transaction's. */
export function listingSteps({
  vault,
  sub,
  label,
  to,
  allow,
  delay,
  deadlineSec,
}: ListingTerms): TransactionStep[] {
  return [
    {
      name: allow ? 'Add to the address list' : 'Take off the address list',
      effects: [
        allow
          ? `${label} may be paid to ${to}, ${delay} after this is mined.`
          : `${label} is paid to ${to} no more, at once.`,
      ],
      to: vault,
      data: vaultData('setWhitelist', [sub, to, allow, BigInt(deadlineSec), '0x']),
    },
  ];
}

/** The owner's demand: served in time, or anybody may freeze the vault for it. */
export function forceSteps(
  proof: ProofView,
  asset: VaultAssetView,
  units: bigint,
  grace: string,
): TransactionStep[] {
  return [
    {
      name: `Demand ${amountText(units, asset)}`,
      effects: [
        `The vault notes that ${amountText(units, asset)} must be paid to this account within ${grace}.`,
        'If it is not, anybody may freeze the vault, and everybody leaves by the last final root.',
      ],
      to: proof.vault,
      data: vaultData('force', [asset.asset, units, leafOf(proof), pathOf(proof)]),
    },
  ];
}

/** @param sub whose demand nobody served; undefined where it is that no root came */
export function freezeSteps(vault: string, sub?: string): TransactionStep[] {
  const why = sub === undefined ? 'No root came for too long' : 'A demand was not served in time';
  return [
    {
      name: 'Freeze the vault',
      effects: [
        `${why}: the vault stops for good at its last final root, for every account of every firm.`,
        'No deposit, withdrawal or root is taken any more. Each account leaves by that root, with what it says; trades since then do not count.',
        'There is no way back: the desk goes on only with another vault.',
      ],
      to: vault,
      data: sub === undefined ? vaultData('freeze', []) : vaultData('freezeFor', [sub]),
    },
  ];
}

/** All that the root in force leaves an account, to its owner, once. */
export function escapeSteps(proof: ProofView, label: string, amounts: readonly string[]): TransactionStep[] {
  const owner = ownerOf(proof.leaf.sub);
  return [
    {
      name: `Take ${label} out`,
      effects: [
        `The vault pays ${amounts.length === 0 ? 'what is left' : amounts.join(' and ')} to the owner ${owner}.`,
        'Once for each account; what was paid before is taken off.',
      ],
      to: proof.vault,
      data: vaultData('escape', [leafOf(proof), pathOf(proof), owner, '0x']),
    },
  ];
}

/** What a token would not let go at the escape. */
export function collectSteps(
  vault: string,
  sub: string,
  asset: VaultAssetView,
  units: bigint,
): TransactionStep[] {
  const owner = ownerOf(sub);
  return [
    {
      name: `Collect ${amountText(units, asset)}`,
      effects: [
        `The vault pays ${amountText(units, asset)}, which the token refused at the escape, to the owner ${owner}.`,
      ],
      to: vault,
      data: vaultData('collect', [sub, asset.asset, owner]),
    },
  ];
}
