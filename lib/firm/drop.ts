import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type {
  AccountRiskView,
  HeldBalanceView,
  HeldPositionView,
} from '../../engine/protocol/views/firmRisk.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { formatDecimal } from '../../engine/units/decimal.ts';
import { sizeText } from '../numberInput.ts';
import type { ChangeDraft } from './change.ts';
import { isStrategy } from './strategies.ts';

/** What is picked up on the desk: a place, or something an account holds. */
export type Carried =
  | { is: 'node'; node: FirmNodeView }
  | { is: 'position'; account: number; position: HeldPositionView; market: MarketView }
  | { is: 'balance'; account: number; balance: HeldBalanceView };

/** What it would mean to put something down at a place, or why it cannot lie there. */
export type Drop = { draft: ChangeDraft } | { forbidden: string };

/**
 * A group takes places, an account takes what accounts hold; an account on another one moves collateral between them.
 * Whether the firm's policy and margin agree is the engine's to say.
 */
export function dropAt(carried: Carried, target: FirmNodeView): Drop {
  if (isStrategy(target))
    return { forbidden: 'A strategy is a tag: change the tags of the account instead.' };
  if (carried.is === 'node') return dropNode(carried.node, target);
  const to = target.account;
  if (to === null) return { forbidden: 'A group holds nothing itself: choose an account below it.' };
  if (to === carried.account) return { forbidden: 'It lies there already.' };
  return { draft: carryTo(carried, to) };
}

/** The same with the place still to be chosen. */
export function carryTo(carried: Exclude<Carried, { is: 'node' }>, to: number | undefined): ChangeDraft {
  const from = carried.account;
  if (carried.is === 'balance')
    return { kind: 'Transfer', from, to, asset: carried.balance.asset, typed: '' };
  const { position, market } = carried;
  const typed = sizeText(Math.abs(position.lots), market);
  return { kind: 'PortPosition', from, to, instrument: position.instrument, typed };
}

/** Collateral as if all of it went that is free, and what that is; anything else as it is. */
export interface Looked {
  draft: ChangeDraft;
  /** What is looked at instead of an amount that nobody has typed yet. */
  asIf?: { amount: number; asset: string };
}

/**
 * What to ask the engine while something is held: how much goes is asked once it is put down, so collateral is looked
 * at as if all of it went that is free.
 *
 * @returns undefined where nothing is free
 */
export function lookOf(
  draft: ChangeDraft,
  accounts: readonly AccountRiskView[],
  decimals: number,
): Looked | undefined {
  if (draft.kind !== 'Transfer' || draft.typed !== '') return { draft };
  const amount = freeOf(
    accounts.find(({ account }) => account === draft.from),
    draft.asset,
  );
  if (amount === 0) return undefined;
  return {
    draft: { ...draft, typed: formatDecimal(amount, decimals) },
    asIf: { amount, asset: draft.asset },
  };
}

/** Rounded down. No more than there is, and than initial margin leaves once no profit that is not booked counts. Smallest units. */
function freeOf(account: AccountRiskView | undefined, asset: string): number {
  const balance = account?.balances.find((each) => each.asset === asset);
  if (account === undefined || balance === undefined || balance.valueUsd <= 0) return 0;
  const { freeUsd, unrealizedPnlUsd, heldBackUsd } = account;
  const free = freeUsd - Math.max(0, unrealizedPnlUsd) - Math.max(0, heldBackUsd);
  const share = Math.min(1, Math.max(0, free) / balance.valueUsd);
  return twoDigits(Math.floor(balance.amount * share));
}

/** The same while marks only flicker: 6,480,389 is looked at as 6,400,000. */
function twoDigits(amount: number): number {
  const scale = 10 ** Math.max(0, String(amount).length - 2);
  return Math.floor(amount / scale) * scale;
}

function dropNode({ node, parent, account }: FirmNodeView, target: FirmNodeView): Drop {
  if (node === target.node) return { forbidden: 'It lies there already.' };
  if (target.account === null) {
    if (parent === target.node) return { forbidden: 'It lies there already.' };
    return parent === null
      ? { forbidden: 'The top of the tree stays as it is.' }
      : { draft: { kind: 'MoveNode', node, parent: target.node } };
  }
  return account === null
    ? { forbidden: 'Nothing lies below an account: choose a group.' }
    : { draft: { kind: 'Transfer', from: account, to: target.account, asset: 'USDC', typed: '' } };
}
