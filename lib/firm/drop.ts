import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import type { HeldBalanceView, HeldPositionView } from '../../engine/protocol/views/firmRisk.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { sizeText } from '../numberInput.ts';
import type { ChangeDraft } from './change.ts';

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
