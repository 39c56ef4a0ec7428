// Goal: the tables say what the engine did, once, in whatever groups and however often events come. How: random
// people and participants on the real engine, a PGlite in memory, compared with the events and the engine's own state.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BASIS, BTC, MAKER, OTHER, VOL } from '../lab/fixtures/desk.ts';
import { RecordedFlow } from '../lab/fixtures/recordedFlow.ts';
import { readEvents } from '../protocol/events/read.ts';
import { type EngineEvent, type EventKind, type EventOf, eventTags } from '../protocol/events/table.ts';
import { HOUR_MS, MINUTE_MS } from '../units/time.ts';
import { columnNames, createStatements } from './createTables.ts';
import { createTables, type Database, openDatabase } from './database.ts';
import { KeptAccounts } from './keptAccounts.ts';
import { readStanding } from './openRecords.ts';
import { Records } from './records.ts';
import { tables } from './schema.ts';
import type { Cursor } from './views.ts';

const PEOPLE = [8, 9, 10];
const ALL_TIME = { fromMs: 0, toMs: 4e12 };

let database: Database;

beforeAll(async () => {
  database = await openDatabase();
  await createTables(database);
});

beforeEach(emptyTables);

afterAll(() => database.$client.close());

async function emptyTables(): Promise<void> {
  const names = Object.values(tables).map((table) => columnNames(table).name);
  await database.$client.exec(`truncate ${names.join(', ')}`);
}

function openEmpty(people: Iterable<number> = PEOPLE, knownSeq = Number.MAX_SAFE_INTEGER): Records {
  const start = { seq: 0, timeMs: 0, openOrders: [] };
  return new Records('', database, start, new KeptAccounts({ seq: knownSeq, accounts: people }));
}

/** Every row of every table, as text. */
async function everything(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of Object.values(tables)) {
    const { name } = columnNames(table);
    const { rows } = await database.$client.query<{ row: string }>(
      `select ${name}::text as row from ${name}`,
    );
    found[name] = rows.map(({ row }) => row).sort();
  }
  return found;
}

function eventsOf<K extends EventKind>(flow: RecordedFlow, kind: K): EventOf<K>[] {
  const isOfKind = (event: EngineEvent): event is Extract<EngineEvent, { kind: K }> => event.kind === kind;
  return readEvents(flow.slice(0)).filter(isOfKind) as EventOf<K>[];
}

test('the same events twice change nothing', async () => {
  const flow = new RecordedFlow().trade(1, 400);
  const records = openEmpty();
  records.apply(flow.slice(0));
  await records.flush();
  const before = await everything();
  expect(before.fills?.length).toBeGreaterThan(20);
  records.apply(flow.slice(0));
  records.apply(flow.slice(100, 300));
  await records.flush();
  expect(await everything()).toEqual(before);
});

test.each([2, 3, 4])(
  'rebuilt at once equals kept group by group, reopened in between (seed %i)',
  async (seed) => {
    const flow = new RecordedFlow().trade(seed, 600);
    const atOnce = openEmpty();
    atOnce.apply(flow.slice(0));
    await atOnce.flush();
    const rebuilt = await everything();

    await emptyTables();
    let records = openEmpty();
    for (let from = 0, size = 1; from < flow.seq; from += size, size = 1 + ((size * 7) % 40)) {
      // Groups overlap, as they do when a follower replays from an older snapshot.
      records.apply(flow.slice(Math.max(0, from - 3), from + size));
      if (size % 3 === 0) await records.flush();
      if (size % 5 === 0) records = await reopened(records);
    }
    await records.flush();
    expect(await everything()).toEqual(rebuilt);
  },
);

/** As after a clean stop: nothing but the tables is carried over. */
async function reopened(records: Records): Promise<Records> {
  await records.flush();
  const kept = new KeptAccounts({ seq: Number.MAX_SAFE_INTEGER, accounts: PEOPLE });
  return new Records('', database, await readStanding(database), kept);
}

test('a missing command is refused, and what was there stays', async () => {
  const flow = new RecordedFlow().trade(1, 50);
  const records = openEmpty();
  records.apply(flow.slice(0, 20));
  expect(() => records.apply(flow.slice(21))).toThrow('the records stand at seq 20 and were given seq 22');
  records.apply(flow.slice(20));
  expect(records.seq).toBe(flow.seq);
});

test('a gap that nobody can fill is noted, and the records go on behind it', async () => {
  const flow = new RecordedFlow().trade(1, 50);
  const records = openEmpty();
  records.apply(flow.slice(0, 20));
  records.acceptGap(30);
  records.acceptGap(30);
  records.apply(flow.slice(25));
  expect(await records.ask({ kind: 'gaps' })).toEqual([{ firstSeq: 21, lastSeq: 30 }]);
  expect(records.writtenSeq).toBe(flow.seq);
});

describe('what markets traded', () => {
  test('a participant’s fills are not kept, but candles and tape count them', async () => {
    const flow = new RecordedFlow();
    const terms = { kind: 'PlaceOrder', instrument: BTC, priceTicks: 600_000, sizeLots: 70 } as const;
    const order = { ...ORDER, ...terms };
    flow.run({ ...order, account: MAKER, side: 1 });
    flow.run({ ...order, account: OTHER, side: 0 });
    const records = openEmpty();
    records.apply(flow.slice(0));
    expect(await records.ask({ kind: 'fills', account: MAKER, page: { limit: 10 } })).toEqual([]);
    expect(await records.ask({ kind: 'fills', account: OTHER, page: { limit: 10 } })).toEqual([]);
    const [candle] = await records.ask({
      kind: 'candles',
      instrument: BTC,
      intervalMs: MINUTE_MS,
      ...ALL_TIME,
    });
    expect(candle).toMatchObject({
      open: 600_000,
      close: 600_000,
      lots: 70,
      tickLots: 42_000_000,
      tradeCount: 1,
    });
    expect(await records.ask({ kind: 'trades', instrument: BTC, limit: 5 })).toMatchObject([
      { lots: 70, takerSide: 0 },
    ]);
  });

  test('volumes of candles of every length sum to the trades', async () => {
    const flow = new RecordedFlow().trade(5, 800);
    const records = openEmpty();
    for (let from = 0; from < flow.seq; from += 50) {
      records.apply(flow.slice(from, from + 50));
      await records.flush();
    }
    const trades = eventsOf(flow, 'Traded').filter(({ instrument }) => instrument === BTC);
    const lots = trades.reduce((sum, trade) => sum + trade.lots, 0);
    const tickLots = trades.reduce((sum, trade) => sum + trade.lots * trade.priceTicks, 0);
    for (const minutes of [1, 5, 15, 60, 240, 1_440]) {
      const intervalMs = minutes * MINUTE_MS;
      const candles = await records.ask({ kind: 'candles', instrument: BTC, intervalMs, ...ALL_TIME });
      expect(candles.reduce((sum, candle) => sum + candle.lots, 0)).toBe(lots);
      expect(candles.reduce((sum, candle) => sum + candle.tickLots, 0)).toBe(tickLots);
      expect(candles.reduce((sum, candle) => sum + candle.tradeCount, 0)).toBe(trades.length);
      expect(candles[0]?.open).toBe(trades[0]?.priceTicks);
      expect(candles.at(-1)?.close).toBe(trades.at(-1)?.priceTicks);
      expect(Math.max(...candles.map(({ high }) => high))).toBe(Math.max(...trades.map((t) => t.priceTicks)));
      expect(candles.every(({ openMs }) => openMs % intervalMs === 0)).toBe(true);
    }
  });

  test('a range holds the candles that open in it, whole', async () => {
    const flow = new RecordedFlow().trade(5, 2_000);
    const records = openEmpty();
    records.apply(flow.slice(0));
    const ask = (fromMs: number, toMs: number) =>
      records.ask({ kind: 'candles', instrument: BTC, intervalMs: 5 * MINUTE_MS, fromMs, toMs });
    const all = await ask(0, ALL_TIME.toMs);
    const [second, last] = [all[1]!, all.at(-1)!];
    expect(await ask(all[0]!.openMs + 1, last.openMs)).toEqual(all.slice(1, -1));
    expect(await ask(second.openMs, second.openMs + 1)).toEqual([second]);
    await expect(
      records.ask({ kind: 'candles', instrument: BTC, intervalMs: 90_001, ...ALL_TIME }),
    ).rejects.toThrow('a whole number of minutes');
  });

  test('rates of each funding hour are kept for every market', async () => {
    const flow = new RecordedFlow();
    for (let hour = 0; hour < 3; hour++) {
      flow.desk.wait(HOUR_MS);
      flow.run({ kind: 'Tick' });
    }
    const records = openEmpty();
    records.apply(flow.slice(0));
    const rates = eventsOf(flow, 'FundingRateSet').filter(({ instrument }) => instrument === BTC);
    const kept = await records.ask({ kind: 'fundingRates', instrument: BTC, limit: 10 });
    expect(kept.map(({ seq }) => seq)).toEqual(rates.map(({ seq }) => seq).reverse());
    expect(kept.length).toBeGreaterThan(0);
  });
});

describe('what people did', () => {
  test('pages go back through everything once, while new rows come', async () => {
    const flow = new RecordedFlow().trade(6, 1_200);
    const records = openEmpty();
    const half = Math.floor(flow.seq / 2);
    records.apply(flow.slice(0, half));
    const kinds = ['fills', 'ledger'] as const;
    for (const [turn, kind] of kinds.entries()) {
      const seen: Cursor[] = [];
      const expected = await records.ask({ kind, account: BASIS, page: { limit: 1_000 } });
      for (let before: Cursor | undefined, from = half + turn * 100; ; from += 5) {
        const page = await records.ask({ kind, account: BASIS, page: { before, limit: 7 } });
        seen.push(...page);
        if (page.length < 7) break;
        before = { seq: page.at(-1)!.seq, place: page.at(-1)!.place };
        records.apply(flow.slice(half, from));
      }
      expect(seen).toEqual(expected);
      expect(seen.length, kind).toBeGreaterThan(10);
    }
  });

  test('fills are those of the engine, on both sides of a trade', async () => {
    const flow = new RecordedFlow().trade(7, 600);
    const records = openEmpty();
    records.apply(flow.slice(0));
    const filled = eventsOf(flow, 'OrderFilled').filter(({ account }) => account === BASIS);
    const fills = await records.ask({ kind: 'fills', account: BASIS, page: { limit: 1_000 } });
    expect(fills.length).toBe(filled.length);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(fills.map(({ feeUsd }) => feeUsd))).toBe(sum(filled.map(({ fee }) => fee)));
    expect(sum(fills.map(({ lots }) => lots))).toBe(sum(filled.map(({ lots }) => lots)));
    expect(fills[0]).toMatchObject({ tradeId: filled.at(-1)?.tradeId, seq: filled.at(-1)?.seq });
  });

  test('an account’s postings sum to its balances', async () => {
    const flow = new RecordedFlow().trade(8, 800);
    const records = openEmpty();
    records.apply(flow.slice(0));
    await records.flush();
    const { balances, limits } = flow.desk.engine.state;
    for (const account of PEOPLE) {
      const { rows } = await database.$client.query<{ asset: number; sum: string }>(
        `select asset, sum(amount) from ledger where account = ${account} group by asset`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { asset, sum } of rows)
        expect(Number(sum)).toBe(balances.columns.amount[account * limits.assets + asset]);
    }
  });

  test('funding is what the engine paid, sign and all', async () => {
    const flow = new RecordedFlow().trade(7, 300);
    for (let hour = 0; hour < 3; hour++) {
      flow.desk.wait(HOUR_MS);
      flow.run({ kind: 'Tick' }).trade(7, 100);
    }
    const records = openEmpty();
    records.apply(flow.slice(0));
    const paid = eventsOf(flow, 'FundingPaid').filter(({ account }) => account === BASIS);
    const kept = await records.ask({ kind: 'funding', account: BASIS, page: { limit: 1_000 } });
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.map(({ amountUsd }) => amountUsd)).toEqual(paid.map(({ amount }) => amount).reverse());
    const ledger = await records.ask({ kind: 'ledger', account: BASIS, page: { limit: 1_000 } });
    const posted = ledger.filter(({ reason }) => reason === 'funding');
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    expect(sum(kept.map(({ amountUsd }) => amountUsd))).toBe(sum(posted.map(({ amount }) => amount)));
  });

  test('interest is kept with its rate', async () => {
    const records = openEmpty();
    const [seq, timeMs, rate] = [1, 1_767_571_200_000, 80_000];
    const applied = [eventTags.CommandApplied, seq, timeMs, 0, 0, 0, 0];
    records.apply(Float64Array.from([...applied, eventTags.InterestCharged, BASIS, 125, rate]));
    const row = { account: BASIS, seq, place: 1, timeMs, amountUsd: 125, ratePpmYear: rate };
    expect(await records.ask({ kind: 'interest', account: BASIS, page: { limit: 5 } })).toEqual([row]);
  });

  test('open orders are the engine’s, and what ended says how', async () => {
    const flow = new RecordedFlow().trade(9, 800);
    const records = openEmpty();
    records.apply(flow.slice(0));
    for (const account of PEOPLE) {
      const orders = await records.ask({ kind: 'orders', account, limit: 1_000 });
      const open = orders.filter(({ state }) => state === 'open' || state === 'parked');
      const ofEngine = flow.openOrders(account);
      expect(open.map(({ orderId }) => orderId).sort()).toEqual(
        ofEngine.map(({ orderId }) => orderId).sort(),
      );
      // The engine forgets when an order was accepted, and we where it stands in its queue.
      for (const { lotsAhead, acceptedMs, ...order } of ofEngine)
        expect(open.find(({ orderId }) => orderId === order.orderId)).toMatchObject(order);
      for (const { state, openLots, endedSeq, cancelReason } of orders) {
        expect(state === 'cancelled').toBe(cancelReason !== '');
        expect(endedSeq > 0).toBe(state === 'filled' || state === 'cancelled');
        if (endedSeq > 0) expect(openLots).toBe(0);
      }
      const times = await records.ask({ kind: 'workingOrderTimes' });
      for (const { orderId, acceptedMs } of open) expect(times).toContainEqual({ orderId, acceptedMs });
      const acceptedSeqs = orders.map(({ acceptedSeq }) => acceptedSeq);
      expect(acceptedSeqs).toEqual([...acceptedSeqs].sort((a, b) => b - a));
      const tail = await records.ask({
        kind: 'orders',
        account,
        beforeOrderId: orders[4]!.orderId,
        limit: 5,
      });
      expect(tail).toEqual(orders.slice(5, 10));
      const orderIds = [orders[9]!.orderId, orders[2]!.orderId, 2 ** 40];
      expect(await records.ask({ kind: 'ordersById', account, orderIds })).toEqual([orders[2], orders[9]]);
      expect(await records.ask({ kind: 'ordersById', account: account + 1, orderIds })).toEqual([]);
    }
  });

  test('a client id tells what became of its order, also when it never was one', async () => {
    const flow = new RecordedFlow();
    const named = (clientId3: number) => ({ ...ORDER, account: VOL, clientId3 });
    flow.run(named(1));
    flow.run({ ...named(2), sizeLots: 0 });
    const clientId = (word: number) => word.toString(16).padStart(32, '0');
    const ask = (word: number) =>
      records.ask({ kind: 'orderByClientId', account: VOL, clientId: clientId(word) });
    const records = openEmpty();
    records.apply(flow.slice(0));
    expect(await ask(1)).toMatchObject({ kind: 'order', order: { state: 'open', clientId: clientId(1) } });
    expect(await ask(2)).toMatchObject({ kind: 'rejection', rejection: { clientId: clientId(2) } });
    expect(await ask(3)).toBeUndefined();
    flow.run({ kind: 'CancelAll', account: VOL, instrument: BTC });
    records.apply(flow.slice(flow.seq - 1));
    expect(await ask(1)).toMatchObject({ order: { state: 'cancelled', cancelReason: 'requested' } });
  });

  test('a page asks for a sensible number of rows', async () => {
    const records = openEmpty();
    for (const limit of [0, -1, 1.5, 1_001, Number.NaN])
      await expect(records.ask({ kind: 'fills', account: 8, page: { limit } })).rejects.toThrow('1 to 1000');
    expect(await records.ask({ kind: 'fills', account: 8, page: { limit: 1 } })).toEqual([]);
  });
});

test('an account that opens before anybody says whose it is loses nothing, and goes when it is nobody’s', async () => {
  const flow = new RecordedFlow().trade(10, 300);
  const known = openEmpty();
  known.apply(flow.slice(0));
  await known.flush();
  const told = await everything();

  await emptyTables();
  // Nothing is known before the genesis: all accounts open before a list of people comes.
  const records = openEmpty([], 0);
  records.apply(flow.slice(0, 200));
  await records.flush();
  records.apply(flow.slice(200, 250));
  await records.setPeople({ seq: 240, accounts: PEOPLE });
  records.apply(flow.slice(250));
  await records.flush();
  expect(await everything()).toEqual(told);
});

test('every table is made by the statements that are generated from the schema', () => {
  const statements = createStatements().join('\n');
  for (const table of Object.values(tables))
    expect(statements).toContain(`create table ${columnNames(table).name} (`);
  expect(statements).toContain('primary key (account, seq, place)');
  expect(statements).toContain('create index orders_by_client_id on orders (account, client_id)');
});

const ORDER = {
  kind: 'PlaceOrder',
  account: BASIS,
  instrument: BTC,
  side: 0,
  type: 0,
  timeInForce: 0,
  selfTrade: 1,
  flags: 0,
  priceTicks: 599_000,
  sizeLots: 100,
  triggerTicks: 0,
  expiresAtMs: 0,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
} as const;

test('the newest fills of several accounts are those of each together', async () => {
  const flow = new RecordedFlow().trade(1, 400);
  const records = openEmpty();
  records.apply(flow.slice(0));
  const fillsOf = (account: number) => records.ask({ kind: 'fills', account, page: { limit: 1_000 } });
  const both = [...(await fillsOf(BASIS)), ...(await fillsOf(OTHER))];
  const all = both.sort((a, b) => b.seq - a.seq || b.place - a.place);
  expect(all.length).toBeGreaterThan(20);
  const newest = await records.ask({ kind: 'newestFills', accounts: [BASIS, OTHER], limit: 20 });
  expect(newest).toEqual(all.slice(0, 20));
});
