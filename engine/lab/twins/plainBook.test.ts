// Goal: the fast book is the plain book. How: the same random commands go to both, every line of every outcome and,
// now and then, the whole book and all positions are compared. A difference prints seed and command, which repeat it.
import { expect, test } from 'vitest';
import { tablesOf } from '../../core/book/bookStore.ts';
import { beginUndo, rollBack } from '../../core/memory/undo.ts';
import { Side } from '../../protocol/enums.ts';
import { timeoutMs } from '../fixtures/longRun.ts';
import { randomFrom } from '../sim/random.ts';
import { BookFlow } from './bookFlow.ts';
import { DeskBook } from './deskBook.ts';
import { type Outcome, PlainBook, type RestingOrder } from './plainBook.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 120_000);
const SEEDS = 8;
const FIRST_SEED = Number(process.env.BALLAST_SEED ?? 20_260_101);
const COMMANDS_PER_LOOK = 500;
const WORDS = ['fill', 'cut', 'expire', 'filled', 'dropped', 'rests', 'cancelled', 'refused', 'unknown'];

/** Keeps the ids that rest: the command's own and those its outcome names may have come or gone. */
function follow(live: Set<number>, desk: DeskBook, id: number, outcome: Outcome): void {
  const makers = outcome.map((line) => Number(/^(?:fill|cut|expire) (\d+)/.exec(line)?.[1] ?? id));
  for (const named of [id, ...makers]) {
    if (desk.has(named)) live.add(named);
    else live.delete(named);
  }
}

function shown(queue: readonly RestingOrder[]): string[] {
  return queue.map(
    ({ id, account, side, ticks, openLots, originalLots }) =>
      `${id} of ${account}: ${side} ${openLots}/${originalLots} at ${ticks}`,
  );
}

function compareBooks(plain: PlainBook, desk: DeskBook): void {
  for (const side of [Side.buy, Side.sell]) {
    expect(shown(desk.queue(side))).toEqual(shown(plain.queue(side)));
  }
  for (let account = 0; account < 32; account++) {
    expect(desk.positionOf(account)).toBe(plain.positionOf(account));
  }
  desk.check();
}

test.each(Array.from({ length: SEEDS }, (_, at) => FIRST_SEED + at))(
  'the fast book and the plain book agree on every fill, seed %i',
  { timeout: timeoutMs(600_000) },
  (seed) => {
    const flow = new BookFlow(randomFrom(seed));
    const plain = new PlainBook();
    const desk = new DeskBook();
    const live = new Set<number>();
    const seen = new Set<string>();
    for (let index = 0; index < COMMANDS / SEEDS; index++) {
      const command = flow.next([...live]);
      const expected = plain.apply(command);
      const outcome = desk.apply(command);
      if (outcome.join() !== expected.join()) {
        expect.fail(
          `seed ${seed}, command ${index} ${JSON.stringify(command)}: ${outcome} instead of ${expected}`,
        );
      }
      follow(live, desk, command.id, outcome);
      for (const line of outcome) seen.add(line.split(' ', 1)[0]!);
      if (index % COMMANDS_PER_LOOK === 0) compareBooks(plain, desk);
    }
    compareBooks(plain, desk);
    // The flow has provoked every kind of line, or it proves less than it says.
    expect([...seen].sort()).toEqual([...WORDS].sort());
  },
);

/** Every word of every table, used or not. */
function fingerprint(desk: DeskBook): number[] {
  return tablesOf(desk.store).flatMap((table) =>
    [table.control, table.free, ...Object.values(table.columns)].map((column) => {
      let mix = 0;
      for (const value of column) mix = (Math.imul(mix, 31) + (value | 0) + Math.floor(value / 2 ** 32)) | 0;
      return mix;
    }),
  );
}

test('a command that is rolled back leaves every word of every table as it was', () => {
  const flow = new BookFlow(randomFrom(FIRST_SEED), 40);
  const desk = new DeskBook({ orders: 64, levels: 64 });
  const live = new Set<number>();
  for (let index = 0; index < 3_000; index++) {
    const command = flow.next([...live]);
    const before = fingerprint(desk);
    const positions = new Map(desk.positions);
    beginUndo(desk.undo);
    const tried = desk.apply(command);
    rollBack(desk.undo);
    desk.positions = positions;
    expect(fingerprint(desk)).toEqual(before);
    const done = desk.apply(command);
    expect(done).toEqual(tried);
    follow(live, desk, command.id, done);
  }
});

test('a plan that is full stops the taker, and what is left does not rest', () => {
  const desk = new DeskBook({ entries: 3 });
  const order = {
    account: 1,
    timeInForce: 'gtc',
    isPostOnly: false,
    isReduceOnly: false,
    selfTrade: 1,
  } as const;
  for (let id = 1; id <= 5; id++) {
    desk.apply({ ...order, kind: 'place', id, side: Side.sell, ticks: 100 + id, lots: 2 });
  }
  const outcome = desk.apply({
    ...order,
    kind: 'place',
    id: 6,
    account: 9,
    side: Side.buy,
    ticks: 200,
    lots: 9,
  });
  expect(outcome).toEqual(['fill 1 101 2', 'fill 2 102 2', 'fill 3 103 2', 'dropped 3']);
  expect(shown(desk.queue(Side.sell))).toHaveLength(2);
  desk.check();
});
