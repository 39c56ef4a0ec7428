// Goal: a key opens nothing outside its markets and no more in an hour than it may, whatever it sends; and always closes
// and cancels. How: keys of the sandbox's trader, each slip alone, then random commands against a plain sum.
import { expect, test } from 'vitest';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  Desk,
  ETH,
  MAKER,
  ORDER,
  openDesk,
  START_MS,
} from '../../lab/fixtures/desk.ts';
import { timeoutMs } from '../../lab/fixtures/longRun.ts';
import { type Random, randomFrom } from '../../lab/sim/random.ts';
import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import type { Command, OrderCommand, PlaceOrder } from '../../protocol/commands/types.ts';
import { AgentScheme, OrderFlag, type Side } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { HOUR_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { ordersOf } from '../views/order.ts';

const COMMANDS = Number(process.env.BALLAST_LONG_COUNT ?? 600);
const SEED = Number(process.env.BALLAST_SEED ?? 20_260_123);
const USD = 1_000_000;
const FREE: AgentScope = { markets: [], notionalPerHourUsd: 0, addresses: [] };
let serial = 0;
let nonce = 0;

/** @returns the actor's number, or the refusal */
function keyOf(desk: Desk, scope: unknown): number | string {
  serial += 1;
  desk.run({
    kind: 'ApproveAgent',
    member: addressOf('trader'),
    scheme: AgentScheme.ed25519,
    publicKey: serial.toString(16).padStart(64, 'e'),
    accounts: [],
    expiresAtMs: desk.timeMs + 48 * HOUR_MS,
    nonce: START_MS,
    scope: scope as AgentScope,
  });
  return desk.code ?? desk.engine.state.directory.agents.length;
}

function scoped(scope: Partial<AgentScope>): { desk: Desk; send: (command: Command) => string | undefined } {
  const desk = openDesk();
  const key = keyOf(desk, { ...FREE, ...scope }) as number;
  const send = (command: Command) => {
    desk.run(command, key, desk.timeMs + nonce++);
    return desk.code;
  };
  return { desk, send };
}

const bid = (terms: Partial<PlaceOrder>): PlaceOrder => ({ ...ORDER, priceTicks: 590_000, ...terms });
/** Of one coin at 60 000 USD. */
const btc = (coins: number) => ({ sizeLots: coins * 10_000 });
const cancelAll: Command = { kind: 'CancelAll', account: BASIS, instrument: BTC };

test('a scope is of the documented shape, and its markets are listed', () => {
  const desk = openDesk();
  const invalid = [
    { ...FREE, markets: 'BTC-PERP' },
    { ...FREE, markets: [5] },
    { ...FREE, markets: Array.from({ length: 65 }, () => 'BTC-PERP') },
    { ...FREE, notionalPerHourUsd: -1 },
    { ...FREE, notionalPerHourUsd: 0.5 },
    { ...FREE, addresses: ['my office'] },
    { ...FREE, addresses: Array.from({ length: 17 }, () => '::1') },
    { markets: [] },
  ];
  for (const scope of invalid) expect([keyOf(desk, scope), scope]).toEqual(['parameters.invalid', scope]);
  expect(keyOf(desk, { ...FREE, markets: ['XAU-PERP'] })).toBe('instrument.unknown');
  expect(keyOf(desk, { ...FREE, markets: ['BTC-PERP'], addresses: ['10.0.0.7', '::1'] })).toBeTypeOf(
    'number',
  );
  expect(desk.engine.state.directory.agents.at(-1)).toMatchObject({
    markets: [BTC],
    addresses: ['10.0.0.7', '::1'],
  });
});

test('agent.outOfMarkets: orders and changes of orders elsewhere; cancels pass everywhere', () => {
  const { desk, send } = scoped({ markets: ['ETH-PERP'] });
  expect(send(bid({}))).toBe('agent.outOfMarkets');
  expect(send(bid({ instrument: ETH, priceTicks: 290_000 }))).toBeUndefined();
  const orderId = Desk.orderId(desk.place({ priceTicks: 590_000 }));
  const amend = {
    kind: 'AmendOrder',
    account: BASIS,
    orderId,
    priceTicks: 589_000,
    triggerTicks: 0,
  } as const;
  expect(send({ ...amend, sizeLots: 0 })).toBe('agent.outOfMarkets');
  desk.place({ account: MAKER, side: 1 });
  desk.place({ account: ALTS });
  const closes = bid({ account: ALTS, side: 1, flags: OrderFlag.reduceOnly, priceTicks: 610_000 });
  expect(send(closes)).toBe('agent.outOfMarkets');
  expect(send({ kind: 'CancelOrder', account: BASIS, orderId })).toBeUndefined();
  expect(send(cancelAll)).toBeUndefined();
});

test('agent.notionalPerHour: what opens adds up over the hour of the clock, at the index, to the last lot', () => {
  const { desk, send } = scoped({ notionalPerHourUsd: 120_000 * USD });
  expect(send(bid(btc(1)))).toBeUndefined();
  expect(send(bid({ account: ALTS, ...btc(1.0001) }))).toBe('agent.notionalPerHour');
  // What was refused was not counted, and what is cancelled was opened all the same.
  desk.accept(cancelAll);
  expect(send(bid({ account: ALTS, ...btc(1) }))).toBeUndefined();
  expect(send(bid({ sizeLots: 1 }))).toBe('agent.notionalPerHour');
  desk.wait(HOUR_MS).prices({ 0: 60_000 });
  expect(send(bid(btc(2)))).toBeUndefined();
  expect(send(bid({ sizeLots: 1 }))).toBe('agent.notionalPerHour');
});

test('an amendment counts what it adds; what reduces, and a change of price, count nothing and pass', () => {
  const { desk, send } = scoped({ notionalPerHourUsd: 120_000 * USD });
  desk.place({ account: MAKER, side: 1, ...btc(3) });
  desk.place({ timeInForce: 1, ...btc(3) });
  send(bid(btc(1)));
  const { orderId } = ordersOf(desk.engine.state, BASIS)[0]!;
  const amend = { kind: 'AmendOrder', account: BASIS, orderId, triggerTicks: 0 } as const;
  expect(send({ ...amend, priceTicks: 0, ...btc(2.0001) })).toBe('agent.notionalPerHour');
  expect(send({ ...amend, priceTicks: 589_000, ...btc(2) })).toBeUndefined();
  expect(send({ ...amend, priceTicks: 0, ...btc(0.5) })).toBeUndefined();
  expect(send({ ...amend, priceTicks: 588_000, sizeLots: 0 })).toBeUndefined();
  expect(send({ ...amend, priceTicks: 0, ...btc(0.6) })).toBe('agent.notionalPerHour');
  const closes = { side: 1, flags: OrderFlag.reduceOnly, priceTicks: 610_000 } as const;
  expect(send(bid({ ...closes, ...btc(3) }))).toBeUndefined();
});

test('a batch is judged one by one, a scale as a whole', () => {
  const { desk, send } = scoped({ notionalPerHourUsd: 120_000 * USD });
  const one = bid(btc(1));
  const operations = [one, { ...one, priceTicks: 589_000 }, { ...one, priceTicks: 588_000 }];
  expect(send({ kind: 'Batch', operations })).toBe('agent.notionalPerHour');
  expect(ordersOf(desk.engine.state, BASIS)).toHaveLength(2);
  desk.accept(cancelAll);
  desk.wait(HOUR_MS).prices({ 0: 60_000 });
  const scale = {
    kind: 'PlaceScale',
    account: BASIS,
    instrument: BTC,
    side: 0,
    selfTrade: 1,
    flags: 0,
  } as const;
  const steps = { fromTicks: 590_000, toTicks: 580_000, count: 4, sizeRatioMilli: 1_000 };
  const ids = { clientId0: 0, clientId1: 0, clientId2: 0, clientId3: 0 };
  expect(send({ ...scale, ...steps, ...ids, sizeLots: 20_001 })).toBe('agent.notionalPerHour');
  expect(send({ ...scale, ...steps, ...ids, sizeLots: 20_000 })).toBeUndefined();
});

test('a key without a scope is held to nothing, and the refusal stands behind account and role', () => {
  const { send } = scoped({});
  expect(send(bid(btc(100)))).toBeUndefined();
  const narrow = scoped({ markets: ['ETH-PERP'], notionalPerHourUsd: 1 });
  expect(narrow.send(bid({ account: MAKER }))).toBe('actor.outOfScope');
  expect(narrow.send(bid({}))).toBe('agent.outOfMarkets');
  expect(narrow.send(bid({ instrument: ETH, priceTicks: 290_000, sizeLots: 0 }))).toBe('order.sizeZero');
  expect(narrow.send(bid({ instrument: 999 }))).toBe('instrument.unknown');
});

test(`${COMMANDS} random commands: no hour has more opened by a key than it may, nothing outside its markets`, {
  timeout: timeoutMs(300_000),
}, () => {
  const most = 3_000_000 * USD;
  const { desk, send } = scoped({ markets: ['BTC-PERP'], notionalPerHourUsd: most });
  const random = randomFrom(SEED);
  let [hour, opened, refused, accepted] = [0, 0, 0, 0];
  for (let count = 0; count < COMMANDS; count++) {
    if (count % 10 === 0) desk.wait(random.below(900_000)).prices({ 0: 60_000, 1: 3_000 });
    const now = Math.floor(desk.timeMs / HOUR_MS);
    if (now !== hour) [hour, opened] = [now, 0];
    const before = openLots(desk);
    const command = anyCommand(desk, random);
    const adds = opensUsd(command, before);
    const code = send(command);
    if (code === 'agent.notionalPerHour') {
      expect(opened + adds).toBeGreaterThan(most);
      refused++;
    } else if (code === 'agent.outOfMarkets') expect('instrument' in command && command.instrument).toBe(ETH);
    else if (code === undefined) {
      opened += adds;
      if (adds > 0) accepted++;
      if (command.kind === 'PlaceOrder') expect(command.instrument).toBe(BTC);
    }
    expect(opened).toBeLessThanOrEqual(most);
    if (count % 100 === 50) {
      checkInvariants(desk.engine.state);
      const restored = restoreState(saveState(desk.engine.state));
      expect(stateHash(restored.state)).toBe(stateHash(desk.engine.state));
    }
  }
  expect([refused > 5, accepted > 20]).toEqual([true, true]);
  expect(all(desk.run(cancelAll), 'OrderRejected')).toEqual([]);
});

/** Open lots of each order of the account, by id. */
function openLots(desk: Desk): Map<number, number> {
  return new Map(ordersOf(desk.engine.state, BASIS).map((order) => [order.orderId, order.openLots]));
}

function opensUsd(command: OrderCommand, before: ReadonlyMap<number, number>): number {
  const perLot = 6 * USD;
  if (command.kind === 'PlaceOrder')
    return (command.flags & OrderFlag.reduceOnly) === 0 && command.instrument === BTC
      ? command.sizeLots * perLot
      : 0;
  if (command.kind !== 'AmendOrder' || command.sizeLots === 0) return 0;
  return Math.max(0, command.sizeLots - (before.get(command.orderId) ?? command.sizeLots)) * perLot;
}

function anyCommand(desk: Desk, random: Random): OrderCommand {
  const open = ordersOf(desk.engine.state, BASIS);
  const dice = random.below(10);
  if (dice === 0) return { kind: 'CancelAll', account: BASIS, instrument: BTC };
  const sizeLots = 1 + random.below(60_000);
  if (dice < 4 && open.length > 0) {
    const { orderId } = open[random.below(open.length)]!;
    const priceTicks = random.chance(0.5) ? 0 : 580_000 + random.below(10_000);
    return { kind: 'AmendOrder', account: BASIS, orderId, priceTicks, sizeLots, triggerTicks: 0 };
  }
  const flags = random.chance(0.2) ? OrderFlag.reduceOnly : 0;
  if (dice === 4) return bid({ instrument: ETH, priceTicks: 290_000, sizeLots: 1_000, flags });
  return bid({ sizeLots, flags, side: 0 as Side, priceTicks: 580_000 + random.below(10_000) });
}
