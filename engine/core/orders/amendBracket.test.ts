// Goal: what will close an entry's fills is kept, moved and taken away until it is there, and nothing else moves with
// it. How: one entry on the sandbox, amended before and after fills; then random flow with random changes, held against
// a plain rule, taken back and done.
import { expect, test } from 'vitest';
import {
  amend,
  amendment,
  BRACKET,
  closingOf,
  enter,
  entryOf,
  hit,
  NONE_NAMED,
  smallDesk,
} from '../../lab/fixtures/bracketDesk.ts';
import { bracketFlow, randomLegs } from '../../lab/fixtures/bracketFlow.ts';
import { all, BASIS, BTC, type Desk, MAKER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { sequence } from '../../lab/fixtures/randomFlow.ts';
import { type AmendOrder, ANY_INSTRUMENT, type Bracket, LEG_REMOVED } from '../../protocol/commands/types.ts';
import { OrderType, TimeInForce } from '../../protocol/enums.ts';
import type { BracketLegView } from '../../protocol/views/account.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { requirementOf } from '../margin/requirement.ts';
import { previewOrders } from '../preview.ts';
import { stateHash } from '../snapshot.ts';
import { ordersOf } from '../views/order.ts';

test('new terms hold for the fills to come, one closing order or both', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  const events = amend(desk, orderId, { stopLossTicks: 598_000, stopLossLimitTicks: 596_500 });
  expect(only(events, 'BracketSet')).toMatchObject({
    orderId,
    takeProfitTicks: 606_000,
    stopLossTicks: 598_000,
    stopLossLimitTicks: 596_500,
  });
  amend(desk, orderId, { takeProfitTicks: 607_000 });
  expect(entryOf(desk)).toMatchObject({
    takeProfit: { triggerTicks: 607_000, priceTicks: 0 },
    stopLoss: { triggerTicks: 598_000, priceTicks: 596_500 },
  });
  hit(desk, 4_000);
  expect(closingOf(desk)).toEqual([
    ['stopLoss', 598_000, 596_500],
    ['takeProfit', 607_000, 0],
  ]);
});

test('the entry keeps its place in the queue, its size and what it holds of margin', () => {
  const desk = openDesk();
  const orderId = enter(desk, { sizeLots: 1_000 });
  desk.place({ account: MAKER, sizeLots: 1_000 });
  const initialUsd = () =>
    requirementOf(desk.engine.risk.parameters(), desk.engine.risk.portfolioOf(BASIS)).initialUsd;
  const before = initialUsd();
  const [amended] = all(amend(desk, orderId, { stopLossTicks: 598_000 }), 'OrderAmended');
  expect(amended).toMatchObject({ op: 0, remainingLots: 1_000, priceTicks: 600_000, keptPriority: 1 });
  expect(initialUsd()).toBe(before);
  hit(desk, 1_000);
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(1_000);
});

test('price, size and closing orders change in one, and what trades at once is closed by the new terms', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_500, sizeLots: 2_000 });
  const orderId = enter(desk);
  amend(desk, orderId, { takeProfitTicks: 609_000 }, { priceTicks: 600_500, sizeLots: 3_000 });
  expect(desk.code).toBeUndefined();
  expect(closingOf(desk)).toEqual([
    ['stopLoss', 597_000, 0],
    ['takeProfit', 609_000, 0],
  ]);
  const shrunk = enter(desk, { priceTicks: 598_000 });
  const [kept] = all(amend(desk, shrunk, { stopLossTicks: 596_000 }, { sizeLots: 500 }), 'OrderAmended');
  expect(kept).toMatchObject({ keptPriority: 1, remainingLots: 500 });
});

test('of a waiting entry, sides are judged at its trigger as it then is', () => {
  const desk = openDesk();
  const stop = { type: OrderType.stopMarket, priceTicks: 0, timeInForce: TimeInForce.ioc } as const;
  const bracket = { ...NONE_NAMED, takeProfitTicks: 620_000, stopLossTicks: 604_000 };
  const orderId = enter(desk, { ...stop, triggerTicks: 610_000, bracket });
  amend(desk, orderId, { takeProfitTicks: 609_000 });
  expect(desk.code).toBe('bracket.takeProfitInvalid');
  amend(desk, orderId, { takeProfitTicks: 609_000 }, { triggerTicks: 608_000 });
  expect(desk.code).toBeUndefined();
  expect(entryOf(desk)).toMatchObject({ triggerTicks: 608_000, takeProfit: { triggerTicks: 609_000 } });
});

test('bracket.legIsOpen: once the entry has filled, the closing order itself is what is amended', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  hit(desk, 4_000);
  amend(desk, orderId, { stopLossTicks: 598_000 });
  expect(desk.code).toBe('bracket.legIsOpen');
  const leg = ordersOf(desk.engine.state, BASIS).find(({ role }) => role === 'stopLoss')!;
  amend(desk, leg.orderId, { stopLossTicks: 598_000 });
  expect(desk.code).toBe('bracket.legUnknown');
  amend(desk, leg.orderId, {}, { triggerTicks: 598_000 });
  expect(desk.code).toBeUndefined();
});

test.each([
  ['order.nothingToChange', BRACKET, {}],
  ['order.nothingToChange', {}, {}],
  ['order.priceInvalid', { takeProfitLimitTicks: 2_000_000_000, takeProfitTicks: 606_000 }, {}],
  ['bracket.takeProfitInvalid', { takeProfitTicks: 599_000 }, {}],
  ['bracket.stopLossInvalid', { stopLossTicks: 601_000 }, {}],
  ['order.priceInvalid', { stopLossTicks: LEG_REMOVED, stopLossLimitTicks: 590_000 }, {}],
  ['order.priceInvalid', { stopLossTicks: -2 }, {}],
  // The side that is judged is that of the price it will then have.
  ['bracket.stopLossInvalid', { stopLossTicks: 599_500 }, { priceTicks: 599_000 }],
] as const)('%s leaves the bracket as it was', (code, bracket, terms) => {
  const desk = openDesk();
  const orderId = enter(desk);
  const before = entryOf(desk);
  amend(desk, orderId, bracket, terms);
  expect(desk.code).toBe(code);
  expect(entryOf(desk)).toEqual(before);
});

test('refusals come in their order: size and price, what is named, sides, how many, the mark, room', () => {
  const desk = smallDesk({ ordersPerAccount: 3, orders: 4 });
  const orderId = enter(desk, { bracket: { ...BRACKET, takeProfitTicks: 0 } });
  const huge = { sizeLots: 2_000_000_000 };
  const codeOf = (legs: Partial<Bracket>, terms: Partial<AmendOrder> = {}) => {
    amend(desk, orderId, legs, terms);
    return desk.code;
  };
  expect(codeOf({ takeProfitTicks: -2 }, huge)).toBe('order.sizeTooLarge');
  expect(codeOf({ takeProfitTicks: -2 })).toBe('order.priceInvalid');
  expect(codeOf({ takeProfitTicks: LEG_REMOVED, stopLossTicks: 700_000 })).toBe('bracket.legUnknown');
  desk.place({ priceTicks: 590_000 });
  desk.place({ account: MAKER, priceTicks: 590_000, sizeLots: 10_000 });
  expect(codeOf({ takeProfitTicks: 590_000 })).toBe('bracket.takeProfitInvalid');
  desk.wait(3_600_000);
  expect(codeOf({ takeProfitTicks: 606_000 })).toBe('order.tooManyOpen');
  desk.accept({ kind: 'CancelAll', account: BASIS, instrument: ANY_INSTRUMENT });
  desk.prices({ 0: 60_000 });
  const later = enter(desk, { bracket: undefined });
  desk.place({ account: MAKER, priceTicks: 590_000, sizeLots: 10_000 });
  desk.wait(3_600_000);
  const give = (terms: Partial<AmendOrder>) => {
    amend(desk, later, BRACKET, terms);
    return desk.code;
  };
  expect([{}, { sizeLots: 10 }, { priceTicks: 599_000 }].map(give)).toEqual(Array(3).fill('oracle.stale'));
  desk.prices({ 0: 60_000 });
  expect(give({ priceTicks: 1 })).toBe('bracket.stopLossInvalid');
  expect([{}, { sizeLots: 10_000 - 10 }, { priceTicks: 599_000 }].map(give)).toEqual(
    Array(3).fill('engine.full'),
  );
});

test('a preview says what is then true and leaves no trace', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  const hash = stateHash(desk.engine.state);
  const look = (bracket: Partial<Bracket>) =>
    previewOrders(desk.engine, desk.timeMs, [amendment(orderId, bracket)]);
  const said = look({ stopLossTicks: 598_000 });
  expect(said).toMatchObject({ refusal: undefined, filledLots: 0, restingLots: 10_000 });
  expect(said.after).toEqual(said.before);
  expect(look({ stopLossTicks: 601_000 }).refusal?.code).toBe('bracket.stopLossInvalid');
  const gone = look({ takeProfitTicks: LEG_REMOVED, stopLossTicks: LEG_REMOVED });
  expect(gone).toMatchObject({ refusal: undefined, before: said.before, after: said.before });
  expect(stateHash(desk.engine.state)).toBe(hash);
});

/** What a leg is after an amendment, said plainly: kept, taken away, or set whole. */
function plainly(before: BracketLegView | undefined, ticks: number, limitTicks: number) {
  if (ticks === 0) return before;
  return ticks === LEG_REMOVED ? undefined : { triggerTicks: ticks, priceTicks: limitTicks };
}

test('in random flow each leg is kept, set or gone, a trial leaves no trace, and a replay is the same', () => {
  const [desk, again] = [openDesk(), openDesk()];
  const flow = bracketFlow(41);
  const below = sequence(41);
  const codes = new Map<string | undefined, number>();
  const both = (command: Parameters<Desk['run']>[0]) => {
    again.timeMs = desk.timeMs;
    desk.run(command);
    again.run(command);
  };
  const viewOf = ({ account, orderId }: AmendOrder) =>
    ordersOf(desk.engine.state, account).find((order) => order.orderId === orderId);
  for (let count = 0; count < 500; count++) {
    both(flow.next(desk));
    const command = randomLegs(below, desk);
    const hash = stateHash(desk.engine.state);
    desk.tryOut(command);
    expect(stateHash(desk.engine.state)).toBe(hash);
    const before = viewOf(command);
    both(command);
    const after = viewOf(command);
    codes.set(desk.code, (codes.get(desk.code) ?? 0) + 1);
    if (count % 8 === 0) checkInvariants(desk.engine.state);
    if (before === undefined || after === undefined) continue;
    const { takeProfitTicks, takeProfitLimitTicks, stopLossTicks, stopLossLimitTicks } = command.bracket!;
    const isDone = desk.code === undefined;
    expect([after.takeProfit, after.stopLoss]).toEqual([
      isDone ? plainly(before.takeProfit, takeProfitTicks, takeProfitLimitTicks) : before.takeProfit,
      isDone ? plainly(before.stopLoss, stopLossTicks, stopLossLimitTicks) : before.stopLoss,
    ]);
  }
  for (const code of [undefined, 'bracket.legUnknown', 'bracket.legIsOpen', 'bracket.takeProfitInvalid'])
    expect(codes.get(code), code).toBeGreaterThan(5);
  expect(stateHash(again.engine.state)).toBe(stateHash(desk.engine.state));
  const hashOf = ({ engine }: Desk) => engine.state.globals.columns.eventHash[0];
  expect(hashOf(again)).toBe(hashOf(desk));
});
