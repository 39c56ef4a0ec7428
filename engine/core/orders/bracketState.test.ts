import { expect, test } from 'vitest';
import { smallDesk } from '../../lab/fixtures/bracketDesk.ts';
import { bracketFlow } from '../../lab/fixtures/bracketFlow.ts';
import { BASIS, Desk, MAKER, ORDER, openDesk } from '../../lab/fixtures/desk.ts';
import type { Bracket, Command } from '../../protocol/commands/types.ts';
import { checkInvariants } from '../invariants.ts';
import { requirementOf } from '../margin/requirement.ts';
import { previewOrders } from '../preview.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { ordersOf } from '../views/order.ts';

const BRACKET: Bracket = {
  takeProfitTicks: 606_000,
  takeProfitLimitTicks: 0,
  stopLossTicks: 597_000,
  stopLossLimitTicks: 0,
};

const sell = (desk: Desk, lots: number) =>
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: lots, timeInForce: 1 });

test('the room an entry was promised is there when it fills, whatever others did', () => {
  const desk = smallDesk({ orders: 6 });
  desk.place({ bracket: BRACKET });
  const codes = [1, 2, 3, 4].map((step) => {
    desk.place({ account: MAKER, priceTicks: 590_000 + step });
    return desk.code;
  });
  expect(codes).toEqual([undefined, undefined, undefined, 'engine.full']);
  sell(desk, 4_000);
  expect(ordersOf(desk.engine.state, BASIS)).toHaveLength(3);
  checkInvariants(desk.engine.state);
});

test('an entry without room for what closes it is refused, and nothing is half done', () => {
  const desk = smallDesk({ orders: 2 });
  desk.place({ bracket: BRACKET });
  expect(desk.code).toBe('engine.full');
  expect(ordersOf(desk.engine.state, BASIS)).toEqual([]);
  desk.place({ bracket: { ...BRACKET, stopLossTicks: 0 } });
  expect(desk.code).toBeUndefined();
});

test('what closes an entry counts among the orders an account may have', () => {
  const desk = smallDesk({ ordersPerAccount: 3 });
  desk.place({ priceTicks: 590_000 });
  desk.place({ bracket: BRACKET });
  expect(desk.code).toBe('order.tooManyOpen');
  desk.place({ bracket: { ...BRACKET, stopLossTicks: 0 } });
  expect(desk.code).toBeUndefined();
});

test('tables that are nearly always full never stop the engine', () => {
  const desk = smallDesk({ orders: 24, levels: 40 });
  const flow = bracketFlow(77);
  const codes = new Map<string | undefined, number>();
  for (let count = 0; count < 1_500; count++) {
    desk.run(flow.next(desk));
    codes.set(desk.code, (codes.get(desk.code) ?? 0) + 1);
    if (count % 16 === 0) checkInvariants(desk.engine.state);
  }
  expect(codes.get('engine.full')).toBeGreaterThan(100);
  checkInvariants(desk.engine.state);
});

test('margin is the same with closing orders and without', () => {
  const [bare, bracketed] = [openDesk(), openDesk()];
  bare.place({});
  bracketed.place({ bracket: BRACKET });
  const marginOf = ({ engine }: Desk) => {
    const { initialUsd, maintenanceUsd } = requirementOf(
      engine.risk.parameters(),
      engine.risk.portfolioOf(BASIS),
    );
    return { initialUsd, maintenanceUsd };
  };
  expect(marginOf(bracketed)).toEqual(marginOf(bare));
  for (const desk of [bare, bracketed]) sell(desk, 6_000);
  expect(ordersOf(bracketed.engine.state, BASIS)).toHaveLength(3);
  expect(marginOf(bracketed)).toEqual(marginOf(bare));
});

test('a preview of an entry, and of an amended stop, says what is then true and leaves no trace', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 4_000 });
  const entry: Command = { ...ORDER, bracket: BRACKET };
  const hash = stateHash(desk.engine.state);
  const preview = previewOrders(desk.engine, desk.timeMs, [entry]);
  expect(preview).toMatchObject({ filledLots: 4_000, restingLots: 6_000, cancelledLots: 0 });
  expect(stateHash(desk.engine.state)).toBe(hash);
  desk.accept(entry);
  const stop = ordersOf(desk.engine.state, BASIS).find(({ role }) => role === 'stopLoss')!;
  const amend = { kind: 'AmendOrder', account: BASIS, orderId: stop.orderId } as const;
  const filled = stateHash(desk.engine.state);
  const moved = { ...amend, priceTicks: 0, sizeLots: 0, triggerTicks: 599_000 };
  const said = previewOrders(desk.engine, desk.timeMs, [moved]);
  expect(said).toMatchObject({ refusal: undefined, before: { positionLots: 4_000 } });
  expect(said.before).toEqual(preview.after);
  const wrong = previewOrders(desk.engine, desk.timeMs, [{ ...moved, triggerTicks: 601_000 }]);
  expect(wrong.refusal?.code).toBe('order.triggerInvalid');
  const sized = previewOrders(desk.engine, desk.timeMs, [{ ...moved, sizeLots: 1 }]);
  expect(sized.refusal?.code).toBe('bracket.sizeFollowsEntry');
  expect(stateHash(desk.engine.state)).toBe(filled);
});

test('brackets are state: taken back without a trace, and a restored desk goes on alike', () => {
  const desk = openDesk();
  const flow = bracketFlow(5);
  const marks: { at: number; sections: ReturnType<typeof saveState>; timeMs: number }[] = [];
  const commands: [Command, number][] = [];
  for (let count = 0; count < 900; count++) {
    const command = flow.next(desk);
    if (count % 300 === 150)
      marks.push({ at: count, sections: saveState(desk.engine.state), timeMs: desk.timeMs });
    if (count % 7 === 0) {
      const before = stateHash(desk.engine.state);
      desk.tryOut(command);
      expect(stateHash(desk.engine.state)).toBe(before);
    }
    commands.push([command, desk.timeMs]);
    desk.run(command);
  }
  for (const { at, sections } of marks) {
    const again = new Desk(restoreState(sections));
    for (const [command, timeMs] of commands.slice(at)) {
      again.timeMs = timeMs;
      again.run(command);
    }
    expect(stateHash(again.engine.state)).toBe(stateHash(desk.engine.state));
    expect(again.engine.state.globals.columns.eventHash[0]).toBe(
      desk.engine.state.globals.columns.eventHash[0],
    );
  }
});
