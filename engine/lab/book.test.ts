// Goal: `npm run book` says what the order-flow generator says. How: a small flow is drawn here, played on the plain
// book for the expected result, written in the file's form and replayed; the real generator is asked when it is there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SelfTrade, Side } from '../protocol/enums.ts';
import { compareWith, replayWorkload } from './book.ts';
import { root } from './house/sources.ts';
import { type Random, randomFrom } from './sim/random.ts';
import { PlainBook } from './twins/plainBook.ts';
import { Op, RECORD_BYTES, readMeta, readRecords, WorkloadError, type WorkloadOutcome } from './workload.ts';

const GENERATOR = path.resolve(root, '../shared/bench/workload.mjs');
const KINDS = ['mixed', 'mixedr', 'addcancel', 'crossing'];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-book-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  op: number;
  side: Side;
  id: number;
  price: number;
  quantity: number;
}

function bytesOf(rows: readonly Row[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(rows.length * RECORD_BYTES));
  for (const [index, { op, side, id, price, quantity }] of rows.entries()) {
    const at = index * RECORD_BYTES;
    view.setUint8(at, op);
    view.setUint8(at + 1, side);
    view.setUint32(at + 4, id, true);
    view.setInt32(at + 8, price, true);
    view.setUint32(at + 12, quantity, true);
  }
  return new Uint8Array(view.buffer);
}

/** A flow in the generator's words and what the plain book makes of it. */
class DrawnFlow {
  readonly rows: Row[] = [];
  readonly #book = new PlainBook();
  readonly #sums = { trades: 0, volume: 0, hash: 0 };
  #nextId = 1;

  constructor(random: Random, count: number) {
    while (this.rows.length < count) this.#step(random);
  }

  get outcome(): WorkloadOutcome {
    const [bids, asks] = [this.#book.queue(Side.buy), this.#book.queue(Side.sell)];
    const all = [...bids, ...asks];
    return {
      ...this.#sums,
      resting: all.length,
      restingQty: all.reduce((sum, order) => sum + order.openLots, 0),
      bestBid: bids[0]?.ticks ?? -1,
      bestAsk: asks[0]?.ticks ?? -1,
    };
  }

  #step(random: Random): void {
    const resting = [...this.#book.queue(Side.buy), ...this.#book.queue(Side.sell)];
    const picked = resting[random.below(resting.length)];
    const draw = random.unit();
    if (picked === undefined || draw < 0.5) return this.#place(random, Op.new);
    if (draw < 0.65) return this.#place(random, Op.ioc);
    const { id, side, ticks, openLots } = picked;
    if (draw < 0.85) return this.#add({ op: Op.cancel, side, id, price: ticks, quantity: 0 });
    if (draw < 0.92 && openLots > 1) {
      const price = 1 + random.below(openLots - 1);
      return this.#add({ op: Op.reduce, side, id, price, quantity: openLots - price });
    }
    // Away from the other side: a move does not trade.
    const price = side === Side.buy ? ticks - random.below(5) : ticks + random.below(5);
    return this.#add({ op: Op.move, side, id, price, quantity: openLots });
  }

  #place(random: Random, op: number): void {
    const side = random.chance(0.5) ? Side.buy : Side.sell;
    const price = 1_000 + random.below(40) + (side === Side.buy ? -25 : 0);
    this.#add({ op, side, id: this.#nextId++, price, quantity: 1 + random.below(60) });
  }

  #add(row: Row): void {
    this.rows.push(row);
    for (const line of this.#play(row)) {
      const [word, maker = 0, ticks = 0, lots = 0] = line
        .split(' ')
        .map((part, at) => (at === 0 ? part : Number(part)));
      if (word !== 'fill') continue;
      this.#sums.trades++;
      this.#sums.volume += Number(lots);
      const mixed =
        Math.imul(this.#sums.hash, 31) + Number(maker) + Math.imul(Number(ticks), 7) + Number(lots);
      this.#sums.hash = mixed | 0;
    }
  }

  #play({ op, side, id, price, quantity }: Row): string[] {
    if (op === Op.cancel) return this.#book.apply({ kind: 'cancel', id });
    if (op === Op.reduce) return this.#book.apply({ kind: 'reduce', id, lots: price });
    if (op === Op.move) return this.#book.apply({ kind: 'move', id, ticks: price });
    return this.#book.apply({
      kind: 'place',
      id,
      account: id,
      side,
      ticks: price,
      lots: quantity,
      timeInForce: op === Op.ioc ? 'ioc' : 'gtc',
      isPostOnly: false,
      isReduceOnly: false,
      selfTrade: SelfTrade.off,
    });
  }
}

test.each([1, 2, 3, 4, 5])('a drawn flow ends as the plain book says, seed %i', (seed) => {
  const flow = new DrawnFlow(randomFrom(seed), 3_000);
  expect(replayWorkload(bytesOf(flow.rows), { warm: 100 })).toMatchObject({
    records: 3_000,
    warm: 100,
    ops: 2_900,
    ...flow.outcome,
  });
});

// The generator is not part of the project; the drawn flows above stand in for it where it is missing.
if (existsSync(GENERATOR)) {
  describe('files of the order-flow generator', () => {
    test.each(KINDS.flatMap((kind) => [3, 4].map((seed) => [kind, seed] as const)))(
      '%s with seed %i ends as it says',
      (kind, seed) => {
        const file = path.join(folder, `${kind}-${seed}.bin`);
        const args = [GENERATOR, kind, file, '--ops', '20000', '--resting', '2000', '--seed', String(seed)];
        expect(spawnSync(process.execPath, args).status).toBe(0);
        const meta = readMeta(`${file}.json`);
        expect(meta?.kind).toBe(kind);
        if (meta !== undefined) compareWith(meta, replayWorkload(readRecords(file), meta));
      },
    );
  });
}

describe('a file that cannot be replayed is named with its fault', () => {
  const one: Row = { op: Op.new, side: Side.buy, id: 1, price: 100, quantity: 5 };
  const replay = (...rows: Row[]) => codeOf(() => replayWorkload(bytesOf(rows)));

  test('when it is not there', () => {
    expect(codeOf(() => readRecords(path.join(folder, 'nothing.bin')))).toBe('workload.missing');
  });

  test('when it is cut or empty', () => {
    const file = path.join(folder, 'cut.bin');
    writeFileSync(file, bytesOf([one, one]).subarray(0, 20));
    expect(codeOf(() => readRecords(file))).toBe('workload.truncated');
    expect(codeOf(() => replayWorkload(new Uint8Array()))).toBe('workload.truncated');
  });

  test.each<[string, Row]>([
    ['an operation it does not know', { ...one, id: 2, op: 9 }],
    ['a third side', { ...one, id: 2, side: 2 as Side }],
    ['an id twice', one],
    ['an id beyond the records', { ...one, id: 99 }],
    ['no quantity', { ...one, id: 2, quantity: 0 }],
    ['a price of nothing', { ...one, id: 2, price: 0 }],
    ['a cancel of an order that is not open', { ...one, id: 2, op: Op.cancel }],
    ['a reduction of all there is', { ...one, op: Op.reduce, price: 5 }],
  ])('when it has %s', (_what, row) => {
    expect(replay(one, row)).toBe('workload.malformed');
  });

  test('when its description is not one', () => {
    const file = path.join(folder, 'odd.json');
    writeFileSync(file, '{"kind":"mixed"}');
    expect(codeOf(() => readMeta(file))).toBe('workload.badMeta');
    expect(readMeta(path.join(folder, 'none.json'))).toBeUndefined();
  });

  test('when it ends elsewhere than its description says', () => {
    const result = replayWorkload(bytesOf([one]));
    const expected = { trades: 0, volume: 0, hash: 0, resting: 1, restingQty: 6, bestBid: 100, bestAsk: -1 };
    const meta = { kind: 'mixed', seed: 1, records: 1, warm: 0, ops: 1, expect: expected };
    expect(() => compareWith(meta, result)).toThrow('restingQty 5 instead of 6');
  });
});

test('the command prints one line of JSON, or a code and a sentence', () => {
  const file = path.join(folder, 'cli.bin');
  writeFileSync(file, bytesOf(new DrawnFlow(randomFrom(9), 200).rows));
  const run = (name: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'engine/lab/book.ts', name], {
      cwd: root,
      encoding: 'utf8',
    });
  const good = run(file);
  expect(good.status).toBe(0);
  expect(JSON.parse(good.stdout)).toMatchObject({ records: 200, nsPerOp: expect.any(Number) });
  expect(readFileSync(file).length).toBe(200 * RECORD_BYTES);
  const bad = run(path.join(folder, 'nothing.bin'));
  expect([bad.status, bad.stdout]).toEqual([1, '']);
  expect(bad.stderr).toMatch(/^workload\.missing: There is no file /);
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof WorkloadError) return error.code;
    throw error;
  }
  return 'none';
}
