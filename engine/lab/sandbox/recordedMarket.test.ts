// Goal: what the desk shows is what was recorded. How: recordings are played on the real engine; best prices and sizes
// are held against a book that is rebuilt here from the same file in the plainest way, without any of the market's code.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDepth, readDepth } from '../../core/book/depth.ts';
import { ladderOf } from '../../core/book/ladder.ts';
import { orderBookOf } from '../../core/orders/books.ts';
import type { Pace } from '../../market/market.ts';
import { sentenceOf } from '../../market/recorded/defects.ts';
import { openRecordedMarket, type RecordedMarket } from '../../market/recorded/recordedMarket.ts';
import { Side } from '../../protocol/enums.ts';
import { readEvents } from '../../protocol/events/read.ts';
import { CaptureFixture, smallCapture } from '../fixtures/captureFixture.ts';
import { DESK_START_MS, SandboxDesk } from '../fixtures/sandboxDesk.ts';
import { root } from '../house/sources.ts';

const RECORDINGS = path.resolve(root, '../shared/data/l2');
const BTC = 0;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-recorded-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Best bid and ask with their sizes. */
type Touch = [bidTicks: number, bidLots: number, askTicks: number, askLots: number];

function deskTouch(desk: SandboxDesk, instrument: number): Touch {
  const depth = createDepth(1);
  return [Side.buy, Side.sell].flatMap((side) => {
    readDepth(desk.engine.state.book, ladderOf(orderBookOf(instrument), side), depth);
    return [depth.ticks[0]!, depth.lots[0]!];
  }) as Touch;
}

async function open(
  place: string,
  { speed = 1, pace = 'default' as Pace } = {},
): Promise<{ desk: SandboxDesk; market: RecordedMarket }> {
  const desk = new SandboxDesk();
  return {
    desk,
    market: await openRecordedMarket({ path: place, directory: desk.directory(), seed: 1, speed, pace }),
  };
}

/** Runs second by second, so that what a second needs was read before it begins. */
async function run(
  desk: SandboxDesk,
  market: RecordedMarket,
  untilMs: number,
  onStep: (lanes: Float64Array) => void = () => {},
): Promise<void> {
  while (desk.timeMs < untilMs) {
    await market.readAhead(2_000);
    desk.run(market, Math.min(untilMs, desk.timeMs + 1_000), onStep);
  }
}

test('a recorded book rests on the desk level by level, and follows its changes', async () => {
  const capture = smallCapture(8).diff(109, 109, 108, [['61800.00', '0.000']], [['61800.10', '0.700']]);
  const { desk, market } = await open(
    capture.write(path.join(folder, 'binance-usdm-btcusdt_small.jsonl.gz')),
  );
  await run(desk, market, DESK_START_MS + 500);
  expect(deskTouch(desk, BTC)).toEqual([618_000, 4_000, 618_001, 14_000]);
  await run(desk, market, DESK_START_MS + 1_000);
  expect(deskTouch(desk, BTC)).toEqual([617_995, 20_000, 618_001, 7_000]);
  await run(desk, market, DESK_START_MS + 1_400);
  expect(deskTouch(desk, BTC)[0]).toBe(618_000);
  expect(market.participants().reduce((sum, { counts }) => sum + counts.refused, 0)).toBe(0);
});

test('a paused desk shows the book the recording begins with, and it stands still', async () => {
  const place = smallCapture(8).write(path.join(folder, 'binance-usdm-btcusdt_paused.jsonl'));
  const { desk, market } = await open(place, { pace: 'paused' });
  for (const ms of [500, 3_000]) {
    await run(desk, market, DESK_START_MS + ms);
    expect(deskTouch(desk, BTC)).toEqual([618_000, 10_000, 618_001, 15_000]);
  }
});

test('a recorded trade is taken from the book, and the book is the recorded one after it', async () => {
  const capture = smallCapture(3).trade('61800.10', '0.250', false).trade('61800.60', '1.500', false);
  const after = capture.diff(104, 104, 103, [], [['61800.10', '0.000']]).diff(105, 105, 104, [], []);
  const { desk, market } = await open(after.write(path.join(folder, 'binance-usdm-btcusdt_trade.jsonl')));
  const traded: number[][] = [];
  await run(desk, market, DESK_START_MS + 800, (lanes) => {
    for (const event of readEvents(lanes)) {
      if (event.kind === 'Traded' && event.instrument === BTC)
        traded.push([event.takerSide, event.priceTicks, event.lots]);
    }
  });
  expect(traded).toEqual([
    [Side.buy, 618_001, 2_500],
    [Side.buy, 618_001, 13_000],
    [Side.buy, 618_006, 2_000],
  ]);
  expect(deskTouch(desk, BTC)).toEqual([618_000, 3_000, 618_006, 25_000]);
});

test('a level that crosses somebody’s order trades with it', async () => {
  const capture = smallCapture(20).diff(121, 121, 120, [['61800.50', '1.000']], [['61800.10', '0.000']]);
  for (let k = 0; k < 5; k++) capture.diff(122 + k, 122 + k, 121 + k, [], []);
  const { desk, market } = await open(capture.write(path.join(folder, 'binance-usdm-btcusdt_meet.jsonl')));
  await run(desk, market, DESK_START_MS + 1_500);
  const placed = desk.submit({
    kind: 'PlaceOrder',
    account: 8,
    instrument: BTC,
    side: Side.sell,
    type: 0,
    timeInForce: 0,
    selfTrade: 1,
    flags: 0,
    priceTicks: 618_003,
    sizeLots: 4_000,
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  });
  market.onEvents(placed);
  const fills: number[] = [];
  await run(desk, market, DESK_START_MS + 2_400, (lanes) => {
    for (const event of readEvents(lanes))
      if (event.kind === 'OrderFilled' && event.account === 8) fills.push(event.lots);
  });
  expect(fills).toEqual([4_000]);
  expect(deskTouch(desk, BTC).slice(0, 2)).toEqual([618_005, 10_000]);
});

test('a gap takes the book off the desk, is told, and the desk goes on with the other markets', async () => {
  const capture = smallCapture(5);
  for (let k = 0; k < 40; k++) capture.diff(200 + k, 200 + k, 199 + k, [['61800.00', '9.000']], []);
  const { desk, market } = await open(capture.write(path.join(folder, 'binance-usdm-btcusdt_gap.jsonl')));
  await run(desk, market, DESK_START_MS + 3_500);
  expect(market.defects).toMatchObject([
    { file: 'binance-usdm-btcusdt_gap.jsonl', line: 7, code: 'market.fileGap' },
  ]);
  const depth = createDepth(1);
  readDepth(desk.engine.state.book, ladderOf(orderBookOf(BTC), Side.buy), depth);
  expect(depth.count).toBe(0);
  expect(deskTouch(desk, 1).every((value) => value > 0)).toBe(true);
});

test('what is played, and what is wrong with it, is said in sentences', async () => {
  const capture = smallCapture(3).diff(104, 104, 103, [['61900.00', '1.000']], []);
  const file = capture
    .diff(105, 105, 104, [], [])
    .write(path.join(folder, 'binance-usdm-btcusdt_cross.jsonl'));
  const desk = new SandboxDesk();
  const said: string[] = [];
  const market = await openRecordedMarket({
    path: file,
    directory: desk.directory(),
    seed: 1,
    onDefect: (defect) => said.push(sentenceOf(defect)),
  });
  expect(market.sources).toEqual([{ instrument: 'BTC-PERP', files: ['binance-usdm-btcusdt_cross.jsonl'] }]);
  await run(desk, market, DESK_START_MS + 450);
  expect(said).toEqual([
    'binance-usdm-btcusdt_cross.jsonl:5: The market data file holds a crossed book. The older levels that stood against it were taken out. (market.bookCrossed)',
  ]);
});

test('a folder without a recording of a listed coin is refused', async () => {
  const empty = mkdtempSync(path.join(folder, 'none-'));
  new CaptureFixture('DOTUSDT').snapshot(1, [], []).write(path.join(empty, 'binance-usdm-dotusdt_1.jsonl'));
  await expect(open(empty)).rejects.toThrow(/no binance-usdm-<coin>usdt_<date>\.jsonl\.gz/);
  await expect(open(path.join(folder, 'nowhere'))).rejects.toThrow(/no such file or folder/);
});

describe.runIf(existsSync(RECORDINGS))('the recordings of August 2024', () => {
  test('show the best prices and sizes of the file at ten times, BTC and ETH', async () => {
    const { desk, market } = await open(RECORDINGS, { speed: 8 });
    const names = market.instruments.map(({ market: { name } }) => name);
    expect(names).toEqual(['BTC-PERP', 'ETH-PERP']);
    const shown: { instrument: number; feedMs: number; touch: Touch }[] = [];
    let nextMs = 3_000;
    await run(desk, market, DESK_START_MS + 14_400, () => {
      const [first] = market.instruments;
      if (!market.isBookShown || first!.feedMs < nextMs) return;
      nextMs += 11_500;
      for (const {
        market: { instrument },
        feedMs,
      } of market.instruments) {
        shown.push({ instrument, feedMs, touch: deskTouch(desk, instrument) });
      }
    });
    expect(shown).toHaveLength(20);
    for (const [instrument, file] of ['btcusdt', 'ethusdt'].entries()) {
      const own = shown.filter((one) => one.instrument === instrument);
      const rebuilt = plainTouches(
        path.join(RECORDINGS, `binance-usdm-${file}_20240808.jsonl.gz`),
        own.map(({ feedMs }) => feedMs),
        instrument === BTC ? [10, 10_000] : [100, 1_000],
      );
      expect(own.map(({ touch }) => touch)).toEqual(rebuilt);
    }
    const counts = market.participants().map(({ counts }) => counts);
    const operations = counts.reduce((sum, count) => sum + count.operations, 0);
    expect(counts.reduce((sum, count) => sum + count.refused, 0) / operations).toBeLessThan(0.01);
    expect(market.defects).toEqual([]);
  });
});

/** Touches at the given times after the snapshot, from the whole file at once: two maps and a sort. */
function plainTouches(
  file: string,
  timesMs: readonly number[],
  [ticksPerUsd, lotsPerUnit]: [number, number],
): Touch[] {
  const sides = { b: new Map<string, string>(), a: new Map<string, string>() };
  const touches: Touch[] = [];
  let startMs = Number.POSITIVE_INFINITY;
  let lastId = 0;
  const best = (side: Map<string, string>, isBid: boolean): [number, number] => {
    const prices = [...side.keys()].map(Number).sort((x, y) => (isBid ? y - x : x - y));
    const text = [...side.keys()].find((key) => Number(key) === prices[0])!;
    return [Math.round(prices[0]! * ticksPerUsd), Math.round(Number(side.get(text)) * lotsPerUnit)];
  };
  const set = (side: Map<string, string>, levels: [string, string][]) => {
    for (const [price, size] of levels) {
      if (Number(size) === 0) side.delete(price);
      else side.set(price, size);
    }
  };
  const waiting: Record<string, unknown>[] = [];
  for (const line of gunzipSync(readFileSync(file)).toString().split('\n')) {
    if (touches.length === timesMs.length) break;
    if (!line.includes('depthUpdate') && !line.includes('lastUpdateId')) continue;
    const receivedMs = Number(line.slice(0, 13));
    while (touches.length < timesMs.length && receivedMs - startMs > timesMs[touches.length]!) {
      touches.push([...best(sides.b, true), ...best(sides.a, false)]);
    }
    const message = JSON.parse(line.slice(line.indexOf(' ')));
    if (message.lastUpdateId !== undefined) {
      startMs = receivedMs;
      lastId = message.lastUpdateId;
      set(sides.b, message.bids);
      set(sides.a, message.asks);
    } else {
      waiting.push(message.data);
    }
    if (startMs === Number.POSITIVE_INFINITY) continue;
    for (const diff of waiting.splice(0)) {
      if ((diff.u as number) < lastId) continue;
      set(sides.b, diff.b as [string, string][]);
      set(sides.a, diff.a as [string, string][]);
    }
  }
  return touches;
}
