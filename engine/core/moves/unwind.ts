import type { Flatten, Unwind } from '../../protocol/commands/actions.ts';
import { CancelReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { positionLots } from '../accounts/positions.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { judgeNode } from '../firms/judgeNode.ts';
import { accountsWithin } from '../firms/within.ts';
import { NONE } from '../memory/table.ts';
import { cancelRow } from '../orders/cancelRow.ts';
import { TAG } from '../out.ts';
import { closePosition } from './closePosition.ts';
import { judgeOwnAccount } from './judgeSides.ts';

/** Parts that an account is closed in where not all of it has to be. */
const PARTS = 16;
/** Times a position is tried again that margin refused to close before the others. */
const PASSES_MAX = 4;

/**
 * Cancels all orders of an account and closes its positions in the book, each with reduce-only market orders no
 * further from the mark than it says, nor outside the band. What the book does not take is left, and an event says how
 * much and why. Coins stay.
 *
 * Refusals: account.unknown, move.foreignAccount, parameters.invalid.
 */
export function unwind(engine: Engine, firm: number, { account, distancePpm = 0 }: Unwind): number {
  const code = judgeOwnAccount(engine.state, firm, account) || judgeDistance(distancePpm);
  if (code !== OK) return code;
  close(engine, account, cancelOrders(engine, account), distancePpm);
  return OK;
}

/**
 * The same for all subaccounts and pots at or below a node: first no order of theirs is left, then they are closed in
 * ascending number. Refusal: node.unknown.
 */
export function flatten(engine: Engine, firm: number, { node, distancePpm = 0 }: Flatten): number {
  const code = judgeNode(engine.state, firm, node) || judgeDistance(distancePpm);
  if (code !== OK) return code;
  const accounts = accountsWithin(engine.state, node);
  const cancelled = accounts.map((account) => cancelOrders(engine, account));
  for (const [at, account] of accounts.entries()) close(engine, account, cancelled[at]!, distancePpm);
  return OK;
}

/**
 * Cancels all orders of an account and closes its positions in equal parts, reduce-only, inside the band, until it is
 * enough: all of them at once a sixteenth smaller, so that hedges stay hedges. What the book does not take is left.
 *
 * @param isEnough asked after the orders and after each part
 * @returns whether there was anything to close
 */
export function unwindUntil(engine: Engine, account: number, isEnough: () => boolean): boolean {
  const { state, out } = engine;
  const held = instrumentsHeld(engine, account).map((instrument) => ({
    instrument,
    lots: Math.abs(positionLots(state, account, instrument)),
  }));
  const cancelled = cancelOrders(engine, account);
  if (cancelled === 0 && held.length === 0) return false;
  for (let part = PARTS - 1; part >= 0 && !isEnough(); part--)
    for (const { instrument, lots } of held)
      closePosition(engine, account, instrument, 0, Math.floor((lots * part) / PARTS));
  const left = held.filter(({ instrument }) => positionLots(state, account, instrument) !== 0).length;
  announce(out, TAG.AccountUnwound, account, cancelled, held.length - left, left);
  return true;
}

function judgeDistance(distancePpm: number): number {
  return isIntegerIn(distancePpm, 0, PPM_SCALE) ? OK : refusal['parameters.invalid'];
}

/** @returns how many there were */
function cancelOrders(engine: Engine, account: number): number {
  const { firstOrder } = engine.state.accounts.columns;
  let count = 0;
  // The end of one order of a bracket may end or change another: the list is read anew each time.
  for (; firstOrder[account] !== NONE; count++)
    cancelRow(engine, firstOrder[account]!, -1, CancelReason.requested);
  return count;
}

/** Closing one leg of a hedge may ask for more margin than there is; once the other leg is smaller it may not. */
function close(engine: Engine, account: number, cancelledOrders: number, distancePpm: number): void {
  const { state, out } = engine;
  const held = instrumentsHeld(engine, account);
  const codes = new Map<number, number>(held.map((instrument) => [instrument, OK]));
  let open = held;
  for (let pass = 0; pass < PASSES_MAX && open.length > 0; pass++) {
    const before = open.length;
    for (const instrument of open)
      codes.set(instrument, closePosition(engine, account, instrument, distancePpm));
    open = open.filter((instrument) => codes.get(instrument) === refusal['margin.initialInsufficient']);
    if (open.length === before) break;
  }
  const left = held.filter((instrument) => positionLots(state, account, instrument) !== 0);
  for (const instrument of left) {
    const code = codes.get(instrument) || refusal['order.noLiquidity'];
    announce(out, TAG.PositionLeft, account, instrument, positionLots(state, account, instrument), code);
  }
  announce(out, TAG.AccountUnwound, account, cancelledOrders, held.length - left.length, left.length);
}

function instrumentsHeld({ state }: Engine, account: number): number[] {
  const { instrument, lots, next } = state.positions.columns;
  const held: number[] = [];
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    if (lots[row] !== 0) held.push(instrument[row]!);
  }
  return held;
}
