import { expect, test } from 'vitest';
import { openContractDesk } from '../lab/fixtures/contracts.ts';
import { Desk, openDesk } from '../lab/fixtures/desk.ts';
import { seeds } from '../lab/fixtures/longRun.ts';
import { randomFlow } from '../lab/fixtures/randomFlow.ts';
import { encodeEnvelope } from '../protocol/commands/envelope.ts';
import { apply } from './apply.ts';
import { checkInvariants } from './invariants.ts';
import { engineOf } from './openEngine.ts';
import { previewOrders } from './preview.ts';
import { forkEngine, restoreState, saveState, stateHash } from './snapshot.ts';

/**
 * Goal: the state is a function of the journal. How: random flow of every order command on every kind of
 * instrument, prices, surfaces and ticks, past an expiry; at points of it the state is saved and restored, forked, replayed, previewed. A failure means
 * that something observable is not in the state, or that something not asked for was written.
 */
const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 4_000);
/** Eight states are saved on the way and each replayed to the end: a longer run takes longer in proportion. */
const SPACING = Math.ceil(COMMANDS / 8);

test.each(seeds(3))(
  'P2: replay gives the same hash, from genesis and on from every snapshot (seed %i)',
  (seed) => {
    const desk = openContractDesk();
    const flow = randomFlow(seed);
    const log: [number, number, Uint8Array][] = [];
    const marks: { at: number; sections: ReturnType<typeof saveState> }[] = [];
    const start = saveState(desk.engine.state);
    for (let count = 0; count < COMMANDS; count++) {
      const command = flow.next(desk);
      if (count % SPACING === SPACING >> 1) marks.push({ at: count, sections: saveState(desk.engine.state) });
      desk.run(command);
      const { seq, timeMs } = desk.engine.state.globals.columns;
      log.push([seq[0]!, timeMs[0]!, encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined })]);
      if (count % 64 === 0) checkInvariants(desk.engine.state);
    }
    checkInvariants(desk.engine.state);
    const want = stateHash(desk.engine.state);
    for (const { at, sections } of [{ at: 0, sections: start }, ...marks]) {
      const engine = restoreState(sections);
      for (const [s, t, bytes] of log.slice(at)) {
        engine.out.reset();
        apply(engine, s, t, bytes);
      }
      expect(stateHash(engine.state)).toBe(want);
    }
  },
);

test('a fork leaves its parent untouched and goes the same way', () => {
  const desk = openContractDesk();
  const flow = randomFlow(11);
  for (let count = 0; count < 1_500; count++) desk.run(flow.next(desk));
  const before = stateHash(desk.engine.state);
  const fork = new Desk(forkEngine(desk.engine));
  fork.timeMs = desk.timeMs;
  expect(stateHash(fork.engine.state)).toBe(before);
  const commands = Array.from({ length: 300 }, () => flow.next(fork)).map((command) => {
    fork.run(command);
    return [command, fork.timeMs] as const;
  });
  expect(stateHash(desk.engine.state)).toBe(before);
  for (const [command, timeMs] of commands) {
    desk.timeMs = timeMs;
    desk.run(command);
  }
  expect(stateHash(desk.engine.state)).toBe(stateHash(fork.engine.state));
});

test('a command that is applied and taken back leaves no trace', () => {
  const desk = openContractDesk();
  const flow = randomFlow(23);
  for (let count = 0; count < 3_000; count++) {
    const command = flow.next(desk);
    if (count % 10 === 0) {
      const { engine } = desk;
      const before = stateHash(engine.state);
      desk.tryOut(command);
      expect(stateHash(engine.state)).toBe(before);
    }
    desk.run(command);
  }
});

test.each([
  { on: 'perpetuals', open: openDesk, commands: 1_200, fills: 100 },
  { on: 'every kind', open: openContractDesk, commands: 400, fills: 10 },
])('a preview says to the last unit what the order then does, on $on', ({ open, commands, fills: least }) => {
  const desk = open();
  const flow = randomFlow(31);
  let filled = 0;
  for (let count = 0; count < commands; count++) {
    const command = flow.next(desk);
    if (command.kind !== 'PlaceOrder') {
      desk.run(command);
      continue;
    }
    const before = stateHash(desk.engine.state);
    const preview = previewOrders(desk.engine, desk.timeMs, [command]);
    expect(stateHash(desk.engine.state)).toBe(before);
    const events = desk.run(command);
    expect(preview.refusal?.code).toBe(desk.code);
    const id = events.find((event) => event.kind === 'OrderAccepted')?.orderId;
    const fills = events
      .filter((event) => event.kind === 'OrderFilled')
      .filter((event) => event.orderId === id);
    expect(preview.filledLots).toBe(fills.reduce((sum, fill) => sum + fill.lots, 0));
    expect(preview.feeUsd).toBe(fills.reduce((sum, fill) => sum + fill.fee, 0));
    expect(preview.realizedPnlUsd).toBe(fills.reduce((sum, fill) => sum + fill.realizedPnl, 0));
    const after = previewOrders(desk.engine, desk.timeMs, [{ ...command, sizeLots: 0 }]).before;
    expect(preview.after).toEqual(after);
    filled += fills.length;
  }
  expect(filled).toBeGreaterThan(least);
});

test('scratch is not state: an engine made anew around the same state goes on alike', () => {
  const desk = openContractDesk();
  const flow = randomFlow(5);
  for (let count = 0; count < 500; count++) desk.run(flow.next(desk));
  const fresh = new Desk(engineOf(forkEngine(desk.engine).state));
  fresh.timeMs = desk.timeMs;
  const command = flow.next(desk);
  desk.run(command);
  fresh.timeMs = desk.timeMs;
  fresh.run(command);
  expect(stateHash(fresh.engine.state)).toBe(stateHash(desk.engine.state));
});
