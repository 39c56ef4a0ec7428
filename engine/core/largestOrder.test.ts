import { expect, test } from 'vitest';
import { future, list, openContractDesk } from '../lab/fixtures/contracts.ts';
import { BASIS, type Desk, MAKER, ORDER, openDesk, raiseOwnerCap } from '../lab/fixtures/desk.ts';
import { randomFlow, sequence } from '../lab/fixtures/randomFlow.ts';
import type { PlaceOrder, PlaceScale } from '../protocol/commands/types.ts';
import { OrderFlag, OrderType, TimeInForce } from '../protocol/enums.ts';
import { largestOrder } from './largestOrder.ts';
import { closableLots } from './orders/decide.ts';
import { stateHash } from './snapshot.ts';

/**
 * Goal: one question finds what trying every size finds. How: random books, contracts and accounts; every size of a
 * small range is applied and taken back, in accounts that are filled to within that range of their most. A failure
 * means that `max` names a size that is refused, or less than what passes.
 */
const RANGE = 120;
const COMMANDS = 400;
const TOO_SMALL = new Set<string | undefined>(['order.notionalTooSmall', 'scale.sizeTooSmall']);

type Terms = PlaceOrder | PlaceScale;

/** What each size from 0 to RANGE is told; undefined is accepted. */
function toldBySize(desk: Desk, terms: Terms): (string | undefined)[] {
  return Array.from({ length: RANGE + 1 }, (_, sizeLots) => {
    desk.tryOut({ ...terms, sizeLots });
    return desk.code;
  });
}

/** The slow obvious search; of what only reduces, the first size that closes everything. */
function largestByTrying({ engine }: Desk, terms: Terms, told: readonly (string | undefined)[]): number {
  const isReduceOnly = (terms.flags & OrderFlag.reduceOnly) !== 0;
  const { account, instrument, side } = terms;
  const closable = isReduceOnly ? closableLots(engine.state, account, instrument, side) : 0;
  const closing = closable === 0 ? -1 : told.indexOf(undefined, closable);
  return Math.max(0, closing > 0 ? closing : told.lastIndexOf(undefined));
}

/** What the next larger size is told; where none passes, what the first is told that is not too small. */
function toldBeyond(terms: Terms, lots: number, told: readonly (string | undefined)[]): string | undefined {
  if (lots > 0) return (terms.flags & OrderFlag.reduceOnly) !== 0 ? undefined : told[lots + 1];
  return told.slice(1).find((code) => !TOO_SMALL.has(code)) ?? told.at(-1);
}

test.each([1, 2, 3])('the most that passes is what trying every size finds (seed %i)', (seed) => {
  const desk = openContractDesk();
  raiseOwnerCap(desk);
  const flow = randomFlow(seed);
  const below = sequence(seed + 100);
  const words = new Set<string>();
  for (let count = 0; count < COMMANDS; count++) {
    const command = flow.next(desk);
    if (count % 4 !== 0 || (command.kind !== 'PlaceOrder' && command.kind !== 'PlaceScale')) {
      desk.run(command);
      continue;
    }
    const terms = { ...command, clientId3: 0 };
    const before = stateHash(desk.engine.state);
    const { lots } = largestOrder(desk.engine, desk.timeMs, terms);
    expect(stateHash(desk.engine.state)).toBe(before);
    if (lots > RANGE) desk.run({ ...terms, sizeLots: lots - below(RANGE) });
    const told = toldBySize(desk, terms);
    const found = largestOrder(desk.engine, desk.timeMs, terms, RANGE);
    expect(found.lots).toBe(largestByTrying(desk, terms, told));
    expect(found.refusal?.code).toBe(toldBeyond(terms, found.lots, told));
    if (found.lots > 0) words.add(found.refusal?.code ?? (found.lots === RANGE ? 'bound' : 'position'));
  }
  // The flow must come to what binds: whoever asks, and margin. Caps have a test below.
  expect(words).toContain('bound');
  expect([...words].some((word) => word.startsWith('margin.'))).toBe(true);
});

const ask = (desk: Desk, terms: Partial<PlaceOrder>, lotsMax?: number) => {
  const { lots, refusal } = largestOrder(desk.engine, desk.timeMs, { ...ORDER, ...terms }, lotsMax);
  return [lots, refusal?.code];
};

test('the market’s largest order, a cap and the bound of whoever asks each end it with their own word', () => {
  const desk = openDesk();
  // 25 m USD of BTC at 60 000.
  expect(ask(desk, {})).toEqual([4_166_666, 'cap.ownerShare']);
  expect(ask(desk, {}, 5_000)).toEqual([5_000, undefined]);
  const stop = { type: OrderType.stopLimit, triggerTicks: 610_000 };
  expect(ask(desk, stop)).toEqual([10_000_000, 'order.sizeTooLarge']);
});

test('no size passes where none may: the word is that of the sizes which are not too small', () => {
  const desk = openDesk();
  expect(ask(desk, { priceTicks: 500_000 })).toEqual([0, 'order.priceOutOfBand']);
  expect(ask(desk, { flags: OrderFlag.reduceOnly })).toEqual([0, 'order.reduceOnlyWouldIncrease']);
  // One lot is worth 600 USD.
  const instrument = list(desk, future({ notionalMinUsd: 1_000 }));
  desk.prices({ 0: 60_000 });
  expect(ask(desk, { instrument }, 1)).toEqual([0, 'order.notionalTooSmall']);
  expect(ask(desk, { instrument }, 2)).toEqual([2, undefined]);
  // In an empty book nothing that must trade at once does, whatever its size.
  expect(ask(desk, { instrument, timeInForce: TimeInForce.ioc })).toEqual([0, 'order.noLiquidity']);
});

test('closing and reversing is one order; one that only reduces ends flat, also with less than the smallest order', () => {
  const desk = openDesk();
  const instrument = list(desk, future({ notionalMinUsd: 1_000 }));
  desk.prices({ 0: 60_000 });
  desk.place({ instrument, account: MAKER, side: 1, sizeLots: 20 });
  desk.place({ instrument, sizeLots: 20 });
  desk.place({ instrument, account: MAKER, sizeLots: 50 });
  const sell = { instrument, side: 1, timeInForce: TimeInForce.fok } as const;
  const reduce = { ...sell, flags: OrderFlag.reduceOnly };
  expect(ask(desk, sell)).toEqual([50, 'order.fokNotFillable']);
  expect(ask(desk, reduce)).toEqual([20, undefined]);
  expect(ask(desk, reduce, 5)).toEqual([5, undefined]);
  desk.place({ ...sell, sizeLots: 19 });
  expect(ask(desk, reduce)).toEqual([2, undefined]);
  desk.place({ ...reduce, sizeLots: 2 });
  expect(closableLots(desk.engine.state, BASIS, instrument, 1)).toBe(0);
});
