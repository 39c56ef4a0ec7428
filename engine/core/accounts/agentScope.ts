import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import type { AmendOrder, OrderCommand } from '../../protocol/commands/types.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { HOUR_MS } from '../../units/time.ts';
import { isIntegerIn } from '../admin/names.ts';
import { findOrder } from '../book/openOrder.ts';
import { flagsOf } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { instrumentOfOrder } from '../orders/books.ts';
import type { State } from '../state.ts';

/** A key that is held to nothing but its accounts. */
export const UNSCOPED: AgentScope = { markets: [], notionalPerHourUsd: 0, addresses: [] };

/** As many as a person reads in their wallet before they sign. */
const MARKETS_MAX = 64;
const ADDRESSES_MAX = 16;
/** IPv4 or IPv6 as text. Whether it is one that exists is the door's to know: here it is a name. */
const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/** Whether a scope is of the documented shape. Refusals: parameters.invalid, instrument.unknown. */
export function judgeAgentScope({ directory }: State, scope: AgentScope): number {
  const { markets, notionalPerHourUsd, addresses } = scope;
  const isShaped =
    isTexts(markets, MARKETS_MAX) &&
    isTexts(addresses, ADDRESSES_MAX) &&
    addresses.every((address) => ADDRESS.test(address)) &&
    isIntegerIn(notionalPerHourUsd, 0, Number.MAX_SAFE_INTEGER);
  if (!isShaped) return refusal['parameters.invalid'];
  const isListed = (name: string) => directory.instruments.some((listed) => listed.name === name);
  return markets.every(isListed) ? OK : refusal['instrument.unknown'];
}

function isTexts(value: unknown, most: number): value is string[] {
  return Array.isArray(value) && value.length <= most && value.every((each) => typeof each === 'string');
}

/**
 * Writes what a key is held to. The caller judged it. What it opened this hour stays counted: other terms are no new
 * hour.
 */
export function putAgentScope({ state, undo }: Engine, row: number, scope: AgentScope): void {
  const c = state.agents.columns;
  const isScoped = scope.markets.length > 0 || scope.notionalPerHourUsd > 0;
  putI(undo, c.isScoped, row, isScoped ? 1 : 0);
  putF(undo, c.notionalPerHourUsd, row, scope.notionalPerHourUsd);
}

/** Markets of a scope, by number. The caller judged it. */
export function marketsOf(state: State, scope: AgentScope): number[] {
  return scope.markets.map((name) => marketNamed(state, name));
}

function marketNamed({ directory }: State, name: string): number {
  return directory.instruments.findIndex((listed) => listed.name === name);
}

/** Whether these terms let a key do nothing that it may not do already. */
export function isNarrower(state: State, row: number, scope: AgentScope, expiresAtMs: number): boolean {
  const before = state.directory.agents[row]!;
  const c = state.agents.columns;
  const mostBefore = c.notionalPerHourUsd[row]!;
  const most = scope.notionalPerHourUsd;
  return (
    isWithin(
      scope.markets.map((name) => marketNamed(state, name)),
      before.markets,
    ) &&
    isWithin(scope.addresses, before.addresses) &&
    (mostBefore === 0 || (most > 0 && most <= mostBefore)) &&
    expiresAtMs <= c.expiresAtMs[row]!
  );
}

/** Of lists that hold to nothing while they are empty. */
function isWithin<T>(after: readonly T[], before: readonly T[]): boolean {
  return before.length === 0 || (after.length > 0 && after.every((each) => before.includes(each)));
}

/** What an order command would open, as a key's scope sees it; scratch, filled again for each. */
const opening = { instrument: 0, usd: 0 };

/**
 * Judges an order command by the scope of the key that signed it, and leaves what it would open for
 * `countOpened`. Cancels pass, and so does what is reduce-only by the notional: a key may always close.
 *
 * @returns OK or: agent.outOfMarkets, agent.notionalPerHour
 */
export function judgeOpening({ state }: Engine, row: number, command: OrderCommand): number {
  opening.usd = 0;
  opening.instrument = NONE;
  if (state.agents.columns.isScoped[row] === 0) return OK;
  readOpening(state, command);
  if (opening.instrument === NONE) return OK;
  const { markets } = state.directory.agents[row]!;
  if (markets.length > 0 && !markets.includes(opening.instrument)) return refusal['agent.outOfMarkets'];
  const most = state.agents.columns.notionalPerHourUsd[row]!;
  if (most === 0 || opening.usd === 0) return OK;
  return openedThisHour(state, row) + opening.usd > most ? refusal['agent.notionalPerHour'] : OK;
}

/** Counts what the command that was judged last has opened, once it was accepted. */
export function countOpened({ state, undo }: Engine, row: number): void {
  if (opening.usd === 0) return;
  const { openedUsd, openedHour } = state.agents.columns;
  putF(undo, openedUsd, row, openedThisHour(state, row) + opening.usd);
  putF(undo, openedHour, row, hourOf(state));
}

/** The same for people; null of a key that is held to nothing, whose orders are not counted. */
export function countedThisHour(state: State, row: number): number | null {
  return state.agents.columns.isScoped[row] === 0 ? null : openedThisHour(state, row);
}

/** Micro-USD of orders that a key has opened in this hour of the clock. */
export function openedThisHour(state: State, row: number): number {
  const { openedUsd, openedHour } = state.agents.columns;
  return openedHour[row] === hourOf(state) ? openedUsd[row]! : 0;
}

function hourOf({ globals }: State): number {
  return Math.floor(globals.columns.timeMs[0]! / HOUR_MS);
}

function readOpening(state: State, command: OrderCommand): void {
  switch (command.kind) {
    case 'PlaceOrder':
    case 'PlaceScale':
      return putOpening(state, command.instrument, command.flags, command.sizeLots);
    case 'AmendOrder':
      return readAmendment(state, command);
    case 'CancelOrder':
    case 'CancelByClientId':
    case 'CancelAll':
      return;
  }
}

/** An amendment opens what it adds: the rest was counted when the order was placed. */
function readAmendment(state: State, { account, orderId, sizeLots }: AmendOrder): void {
  const row = findOrder(state.book, orderId);
  const c = state.book.orders.columns;
  // What is not there is refused by the amendment itself.
  if (row === NONE || c.account[row] !== account) return;
  const added = sizeLots === 0 ? 0 : Math.max(0, sizeLots - c.openLots[row]!);
  putOpening(state, instrumentOfOrder(state, row), flagsOf(c.packed[row]!), added);
}

function putOpening(state: State, instrument: number, flags: number, lots: number): void {
  if (instrument >= highWater(state.instruments)) return;
  opening.instrument = instrument;
  if ((flags & OrderFlag.reduceOnly) !== 0) return;
  opening.usd = Math.ceil(lots * state.instruments.columns.index[instrument]!);
}
