import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { parseDecimal } from '../../../../engine/units/decimal.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { readNumber } from '../../../../lib/numberInput.ts';

export type MoveWay = 'in' | 'out';

/** What the dialog speaks of: an account, and its pot in one underlying; undefined until it is opened. */
export interface Isolation {
  parent: AccountView;
  pot: AccountView | undefined;
  underlying: string;
}

const USDC_DECIMALS = 6;

/** The account whose pots are meant: a pot stands for its own account. */
export function parentOf(
  accounts: readonly AccountView[],
  selected: number | undefined,
): AccountView | undefined {
  const found = accounts.find(({ account }) => account === selected);
  const number = found?.potOf?.account ?? found?.account;
  return accounts.find(({ account }) => account === number);
}

export function potIn(
  accounts: readonly AccountView[],
  parent: AccountView,
  underlying: string,
): AccountView | undefined {
  const pot = parent.pots.find((each) => each.underlying === underlying);
  return accounts.find(({ account }) => account === pot?.account);
}

/** A move as it would stand now, with the sentence that says what it leaves or why it cannot be sent. */
export interface MoveCheck {
  /** Decimal text for the wire; undefined while the amount cannot be sent. */
  amount: string | undefined;
  text: string;
}

/** What may leave is the engine's own number, at the sequence of the view: it asks what an order asks. */
export function checkMove(typed: string, way: MoveWay, { parent, pot }: Isolation): MoveCheck {
  if (pot === undefined) return { amount: undefined, text: 'Open the pot first.' };
  const [from, to] = way === 'in' ? [parent, pot] : [pot, parent];
  const most = `${formatUsd(from.movableUsd, 2)} USDC may leave ${from.label} now`;
  const number = readNumber(typed);
  if (number.is === 'empty') return { amount: undefined, text: `${most}.` };
  const usd = number.is === 'decimal' ? parseDecimal(number.text, USDC_DECIMALS) : undefined;
  if (number.is !== 'decimal' || usd === undefined || usd === 0)
    return { amount: undefined, text: 'Not an amount of USDC.' };
  if (usd > from.movableUsd)
    return { amount: undefined, text: `Only ${most}: positions and orders there need the rest.` };
  const [left, there] = [from.margin.freeUsd - usd, to.margin.equityUsd + usd];
  return {
    amount: number.text,
    text: `Leaves ${formatUsd(left, 2)} free in ${from.label}; ${to.label} then has ${formatUsd(there, 2)} of equity.`,
  };
}

export function openOperation({ parent, underlying }: Isolation): OperationWire {
  return { type: 'OpenPot', account: parent.account, underlying, label: `${parent.label} ${underlying}` };
}

export function moveOperation(amount: string, way: MoveWay, { parent, pot }: Isolation): OperationWire {
  const [from, to] = way === 'in' ? [parent, pot!] : [pot!, parent];
  return { type: 'MoveCollateral', from: from.account, to: to.account, asset: 'USDC', amount };
}
