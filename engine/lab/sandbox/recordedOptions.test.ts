// Goal: the option books of the desk are what was recorded. How: chains are played on the real engine; best prices and
// sizes are held against the file itself, read here in the plainest way, without any of the market's code.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDepth, readDepth } from '../../core/book/depth.ts';
import { ladderOf } from '../../core/book/ladder.ts';
import { orderBookOf } from '../../core/orders/books.ts';
import { chainPorts } from '../../host/chainPorts.ts';
import { ContractMarket } from '../../market/contracts/contractMarket.ts';
import type { Market, MarketStep, Pace } from '../../market/market.ts';
import { sentenceOf } from '../../market/recorded/defects.ts';
import type { RecordedChain } from '../../market/recorded/recordedChain.ts';
import { openRecordings } from '../../market/recorded/recordings.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import { readEvents } from '../../protocol/events/read.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { smallCapture } from '../fixtures/captureFixture.ts';
import { CHAIN_EXPIRIES_MS, CHAIN_START_MS, ChainFixture } from '../fixtures/chainFixture.ts';
import { DESK_START_MS, SandboxDesk } from '../fixtures/sandboxDesk.ts';
import { root } from '../house/sources.ts';

const DATA = path.resolve(root, '../shared/data');
const CHAIN = path.join(DATA, 'options/deribit-eth-chain-20240108.csv.gz');
const SET_SURFACE = 32;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-options-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Markets as the market's thread steps them, told of new listings as it is. */
class Desk implements Market {
  readonly stepMs = 50;
  readonly sandbox = new SandboxDesk();
  readonly said: string[] = [];
  readonly refused = { surfaces: 0, lastMs: 0 };
  chain!: RecordedChain;
  #markets: readonly Market[] = [];
  #listedCount = 0;

  async open(
    place: string,
    { speed = 1, pace = 'default' as Pace, isTraded = false } = {},
  ): Promise<readonly string[]> {
    const directory = this.sandbox.directory();
    const { market, chain, sentences } = await openRecordings({
      path: place,
      directory,
      seed: 1,
      speed,
      pace,
      ports: chainPorts,
      onDefect: (defect) => this.said.push(sentenceOf(defect)),
    });
    this.chain = chain!;
    const contracts = new ContractMarket({ directory, seed: 1, pace, recorded: chain });
    this.#markets = [market, this.chain, ...(isTraded ? [contracts] : [])].filter(Boolean);
    return sentences;
  }

  onEvents(lanes: Float64Array): void {
    for (const market of this.#markets) market.onEvents(lanes);
    for (const event of readEvents(lanes)) {
      if (event.kind !== 'CommandApplied' || event.commandKind !== SET_SURFACE || event.code === 0) continue;
      this.refused.surfaces += 1;
      this.refused.lastMs = this.sandbox.timeMs;
    }
  }

  step(nowMs: number): MarketStep[] {
    return this.#markets.flatMap((market) => market.step(nowMs));
  }

  async run(untilMs: number, onStep: (lanes: Float64Array) => void = () => {}): Promise<void> {
    while (this.sandbox.timeMs < untilMs) {
      await this.chain.readAhead(2_000);
      this.sandbox.run(this, Math.min(untilMs, this.sandbox.timeMs + 1_000), onStep);
      const directory = this.sandbox.directory();
      if (directory.markets.length === this.#listedCount) continue;
      this.#listedCount = directory.markets.length;
      for (const market of this.#markets) market.list?.(directory);
    }
  }

  options(): MarketView[] {
    return this.sandbox.directory().markets.filter(({ kind }) => kind === 'option');
  }

  /** Best price in ticks and its lots; 0 and 0 for an empty side. */
  best(instrument: number, side: Side): [number, number] {
    const depth = createDepth(1);
    readDepth(this.sandbox.engine.state.book, ladderOf(orderBookOf(instrument), side), depth);
    return depth.count === 0 ? [0, 0] : [depth.ticks[0]!, depth.lots[0]!];
  }
}

type Row = Record<string, string>;

/** A chain file as rows by column. */
function plainRows(file: string): Row[] {
  const bytes = readFileSync(file);
  const [header = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString()
    .trim()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
}

/**
 * Bid and ask of a row on a grid of 10 cents and a tenth of a coin; 0 where nothing is recorded, or what the desk's
 * band of 5 % of the forward refuses.
 */
function plainTouch(row: Row): [bid: [number, number], ask: [number, number]] {
  const tenCents = (coins: string) => Number((Number(coins) * Number(row.underlying_price) * 10).toFixed(5));
  const isInBand = (coins: string) => Math.abs(Number(coins) - Number(row.mark_price)) < 0.95 * 0.05;
  const side = (coins = '', size = '10', round: (x: number) => number): [number, number] =>
    coins === '' || !isInBand(coins) ? [0, 0] : [round(tenCents(coins)), Math.floor(Number(size) * 10)];
  return [side(row.bid_price, row.bid_amount, Math.floor), side(row.ask_price, row.ask_amount, Math.ceil)];
}

/** The recorded name of a contract of the desk whose expiry is so many days later than in the recording. */
function recordedName({ name, expiryMs }: MarketView, recordedMs: number): string {
  const date = new Date(recordedMs).toUTCString().split(' ');
  expect((expiryMs - recordedMs) % DAY_MS).toBe(0);
  const [coin, , strike, letter] = name.split('-');
  return `${coin}-${Number(date[1])}${date[2]!.toUpperCase()}${date[3]!.slice(2)}-${strike}-${letter}`;
}

/** All sources of ETH say the same. */
function pricesOf({ timeMs }: SandboxDesk, usd: number): Command {
  const reports = Array.from({ length: 7 }, (_, source) => ({
    underlying: 1,
    source,
    priceE8: usd * 1e8,
    sourceTimeMs: timeMs,
  }));
  return { kind: 'ReportPrices', reports };
}

test('a recorded chain is listed by the calendar of today, quoted, and follows its changes', async () => {
  const later = CHAIN_START_MS + 30_000;
  const file = new ChainFixture()
    .moment(CHAIN_START_MS, 2_000)
    .moment(later, 2_010, 7)
    .write(path.join(folder, 'eth-chain-1.csv'));
  const desk = new Desk();
  expect(await desk.open(file)).toEqual(['42 options on ETH of 3 expiries are played from eth-chain-1.csv']);
  await desk.run(DESK_START_MS + 20_000);
  const options = desk.options();
  expect(options).toHaveLength(42);
  // Recorded 27, 123 and 555 hours ahead; the desk begins at midnight, and has an eight o'clock every 24 hours.
  const days = [...new Set(options.map(({ expiryMs }) => (expiryMs - DESK_START_MS) / HOUR_MS))];
  expect(days).toEqual([32, 128, 584]);
  const rows = new Map(
    plainRows(file).map((row) => [`${row.instrument_name} ${row.creation_timestamp}`, row]),
  );
  const check = (atMs: number) => {
    for (const market of options) {
      const place = days.indexOf((market.expiryMs - DESK_START_MS) / HOUR_MS);
      const row = rows.get(`${recordedName(market, CHAIN_EXPIRIES_MS[place]!)} ${atMs}`)!;
      const touch = [desk.best(market.instrument, Side.buy), desk.best(market.instrument, Side.sell)];
      expect([market.name, touch]).toEqual([market.name, plainTouch(row)]);
    }
  };
  check(CHAIN_START_MS);
  await desk.run(DESK_START_MS + 40_000);
  expect(desk.chain.isBookShown).toBe(true);
  check(later);
  // From the beginning again after a minute.
  await desk.run(DESK_START_MS + 70_000);
  check(CHAIN_START_MS);
  expect(desk.refused.surfaces).toBe(0);
  expect(desk.chain.participants()[0]!.counts.refused).toBe(0);
});

test('a paused desk shows the moment the chain begins with, and it stands still', async () => {
  const file = new ChainFixture()
    .moment(CHAIN_START_MS, 2_000)
    .moment(CHAIN_START_MS + 2_000, 2_010)
    .write(path.join(folder, 'eth-chain-7.csv'));
  const desk = new Desk();
  await desk.open(file, { pace: 'paused' });
  const rows = plainRows(file).slice(0, 42);
  const touches = () =>
    desk
      .options()
      .map(({ instrument }) => [desk.best(instrument, Side.buy), desk.best(instrument, Side.sell)]);
  for (const ms of [10_000, 90_000]) {
    await desk.run(DESK_START_MS + ms);
    // Listed in the order of the file: by expiry, strike, calls first.
    expect(touches()).toEqual(rows.map(plainTouch));
  }
});

test('marks, forwards and the index are the recorded ones', async () => {
  const file = new ChainFixture()
    .moment(CHAIN_START_MS, 2_000)
    .write(path.join(folder, 'eth-chain-2.csv.gz'));
  const desk = new Desk();
  await desk.open(file);
  await desk.run(DESK_START_MS + 10_000);
  const { mark, index } = desk.sandbox.engine.state.instruments.columns;
  expect(index[1]! / 2_000e3).toBeCloseTo(1, 3);
  for (const { instrument } of desk.options()) {
    const [bid] = desk.best(instrument, Side.buy);
    const [ask] = desk.best(instrument, Side.sell);
    // Micro-USD a lot of a tenth of a coin, in ticks of 10 cents.
    expect(mark[instrument]! / 10_000).toBeGreaterThan(bid - 10);
    expect(mark[instrument]! / 10_000).toBeLessThan(ask + 10);
  }
});

test('days later the recording is played on later days, and what was listed before still has a surface', async () => {
  const file = new ChainFixture().moment(CHAIN_START_MS, 2_000).write(path.join(folder, 'eth-chain-3.csv'));
  const desk = new Desk();
  await desk.open(file, { isTraded: true });
  await desk.run(DESK_START_MS + 20_000);
  const [first] = desk.options();
  desk.sandbox.timeMs += DAY_MS;
  await desk.run(DESK_START_MS + DAY_MS + 3 * MINUTE_MS);
  const ahead = [...new Set(desk.options().map(({ expiryMs }) => (expiryMs - DESK_START_MS) / HOUR_MS))];
  expect(ahead).toEqual([32, 128, 584, 56, 152]);
  const { surfaceMs } = desk.sandbox.engine.state.maturities.columns;
  const { timeMs } = desk.sandbox;
  expect(ahead.every((_, maturity) => timeMs - surfaceMs[maturity]! <= MINUTE_MS + 1_000)).toBe(true);
  expect(desk.chain.isQuoting(first!.name)).toBe(false);
  expect(desk.best(first!.instrument, Side.sell)[0]).toBeGreaterThan(0);
});

test('a damaged line is told with file, line and what was done, and the rest is played', async () => {
  const file = new ChainFixture()
    .moment(CHAIN_START_MS, 2_000)
    .raw(`99,0.1,0.09,0.11,2000,${CHAIN_START_MS},ETH-26JUL24-2000-C,2000,1,1`)
    .raw(`99,0.1,0.11,0.09,-5,${CHAIN_START_MS},ETH-26JUL24-2000-C,2000,1,1`)
    .raw(`99,0.1,0.11,0.09,2000,${CHAIN_START_MS - 5_000},ETH-26JUL24-2000-C,2000,1,1`)
    .write(path.join(folder, 'eth-chain-4.csv'));
  const desk = new Desk();
  await desk.open(file);
  await desk.run(DESK_START_MS + 2 * MINUTE_MS);
  expect(desk.said).toEqual([
    'eth-chain-4.csv:44: The market data file holds a crossed book. The line was left out: its bid is not below its ask. (market.bookCrossed)',
    'eth-chain-4.csv:45: The market data file cannot be read. The line was left out: its forward is no price. (market.fileUnreadable)',
    'eth-chain-4.csv:46: The market data file has messages out of order. It was taken as if it came with the line before it. (market.fileReordered)',
  ]);
  expect(desk.options()).toHaveLength(42);
});

test('a folder with a capture and a chain plays both, unless a coin has two prices', async () => {
  const place = path.join(folder, 'archive');
  mkdirSync(path.join(place, 'l2'), { recursive: true });
  mkdirSync(path.join(place, 'options'));
  smallCapture(8).write(path.join(place, 'l2', 'binance-usdm-btcusdt_1.jsonl'));
  const elsewhere = path.join(place, 'l2', 'binance-usdm-ethusdt_1.jsonl');
  smallCapture(8).write(elsewhere);
  new ChainFixture().moment(CHAIN_START_MS, 2_000).write(path.join(place, 'options', 'eth-chain.csv'));
  const desk = new Desk();
  expect(await desk.open(place)).toEqual([
    'BTC-PERP is played from binance-usdm-btcusdt_1.jsonl',
    '42 options on ETH of 3 expiries are played from eth-chain.csv',
    'ETH-PERP is generated: ETH cost 61800.05 USD in its capture and 2000.00 USD in the option chain, which decides',
  ]);
  await desk.run(DESK_START_MS + 5_000);
  const { index } = desk.sandbox.engine.state.instruments.columns;
  expect(index[0]! / 6_180_000).toBeCloseTo(1, 3);
  expect(index[1]! / 2_000e3).toBeCloseTo(1, 3);
  const two = new Desk();
  const places = [path.join(place, 'l2', 'binance-usdm-btcusdt_1.jsonl'), path.join(place, 'options')].join(
    ',',
  );
  expect(await two.open(places)).toHaveLength(2);
});

test('what the desk refuses is not asked for at every step', async () => {
  const file = new ChainFixture().moment(CHAIN_START_MS, 2_000).write(path.join(folder, 'eth-chain-5.csv'));
  const desk = new Desk();
  // Nobody may sell or buy more of a coin whose price fell by a fifth at once.
  desk.sandbox.submit(pricesOf(desk.sandbox, 2_500));
  await desk.open(file);
  await desk.run(DESK_START_MS + 65_000);
  const [maker] = desk.chain.participants();
  expect(maker!.counts.refused).toBeGreaterThan(0);
  // Forty-two contracts with two sides, every ten seconds at most.
  expect(maker!.counts.operations).toBeLessThan(7 * 84);
});

test('a desk that goes on at another price is told so', async () => {
  const file = new ChainFixture().moment(CHAIN_START_MS, 2_000).write(path.join(folder, 'eth-chain-6.csv'));
  const directory = new SandboxDesk().directory();
  const said = async (ethUsd: number) => {
    const startPricesE8 = new Map([[1, ethUsd * 1e8]]);
    return (await openRecordings({ path: file, directory, seed: 1, startPricesE8, ports: chainPorts }))
      .sentences;
  };
  expect(await said(2_010)).toHaveLength(1);
  expect((await said(2_500))[1]).toBe(
    'ETH was at 2500.00 USD here and is at 2000.00 USD in the option chain: for the desk it jumps, and may be isolated for some minutes',
  );
});

test('a chain with too little of every coin cannot be played', async () => {
  const [header = '', line = ''] = new ChainFixture().moment(CHAIN_START_MS, 2_000).lines;
  const fixture = new ChainFixture().raw(line);
  expect(fixture.lines).toEqual([header, line]);
  const file = fixture.write(path.join(folder, 'few-chain.csv'));
  await expect(new Desk().open(file)).rejects.toThrow(
    'Options on ETH in few-chain.csv are not played: no expiry has marks on 5 strikes, which a surface needs, and most of a day left.',
  );
});

describe.runIf(existsSync(CHAIN))('the ETH chain of 8 January 2024', () => {
  test('shows the best prices of the file at ten times, every contract', async () => {
    const desk = new Desk();
    const sentences = await desk.open(path.join(DATA, 'options'), { speed: 8 });
    expect(sentences).toEqual([
      '90 options on ETH of 5 expiries are played from deribit-eth-chain-20240108.csv.gz',
      expect.stringContaining(
        'Options on BTC in tardis-options_chain-sample.csv are not played: no expiry has',
      ),
      expect.stringContaining(
        'Options on ETH in tardis-options_chain-sample.csv are not played: they are played',
      ),
    ]);
    const rows = new Map(plainRows(CHAIN).map((row) => [row.instrument_name!, row]));
    const recordedMs = [...new Set([...rows.keys()].map((name) => expiryOf(name)))].sort((a, b) => a - b);
    const left = recordedMs.map((ms) => ms - Date.UTC(2024, 0, 8, 11, 19, 41));
    await desk.run(DESK_START_MS + 20_000);
    for (let moment = 1; moment <= 10; moment++) {
      await desk.run(DESK_START_MS + 20_000 + moment * 11_500);
      expect(desk.chain.isBookShown).toBe(true);
      const shown = desk.options().map((market) => {
        const ahead = market.expiryMs - DESK_START_MS;
        const place = left.findIndex((ms) => Math.abs(ms - ahead) <= Math.max(DAY_MS / 2, ms / 10));
        const row = rows.get(recordedName(market, recordedMs[place]!))!;
        const touch = [desk.best(market.instrument, Side.buy), desk.best(market.instrument, Side.sell)];
        return { name: market.name, touch, recorded: plainTouch(row) };
      });
      expect(shown).toHaveLength(90);
      expect(shown.map(({ name, touch }) => ({ name, touch }))).toEqual(
        shown.map(({ name, recorded }) => ({ name, touch: recorded })),
      );
    }
    expect(desk.said).toEqual([]);
    expect(desk.refused.surfaces).toBe(0);
  });
});

function expiryOf(name: string): number {
  const [, day, month, year] = /-(\d+)([A-Z]{3})(\d{2})-/.exec(name)!;
  return Date.parse(`${day} ${month} 20${year} 08:00 UTC`);
}
