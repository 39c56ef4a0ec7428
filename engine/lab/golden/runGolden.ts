import { accountViewOf } from '../../core/views/account.ts';
import { directoryOf } from '../../core/views/directory.ts';
import { checkInvariants } from '../../core/invariants.ts';
import { readOrderDraft, readScaleDraft } from '../../api/native/orderDrafts.ts';
import { type Names, namesOf } from '../../api/native/names.ts';
import { type ListInstrument, SETTLEMENT_CURRENCY, type SetSurface } from '../../protocol/commands/types.ts';
import { BracketRole, CancelReason, IsolationRule, nameOf, OptionType } from '../../protocol/enums.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { orderDraftWire, type OrderDraftWire, scaleDraftWire, type ScaleDraftWire } from '../../protocol/wire/commands.ts';
import type { PositionView } from '../../protocol/views/account.ts';
import { formatDecimal } from '../../units/decimal.ts';
import { DAY_MS } from '../../units/time.ts';
import { EXPIRY_MS, future, list, option, surface } from '../fixtures/contracts.ts';
import { ALTS, BASIS, Desk, MAKER } from '../fixtures/desk.ts';
import { SANDBOX_FIRM } from '../../sandbox/genesis.ts';

/** Who is who in a story. */
const people: Record<string, number> = { trader: BASIS, alts: ALTS, maker: MAKER };

/** One line of a story: what is done, and (after `then`) what came of it, in words and money with units. */
export interface GoldenLine {
  story?: string;
  do?: 'prices' | 'place' | 'wait' | 'show' | 'hour' | 'list' | 'surface' | 'until' | 'expire' | 'port';
  usd?: Record<string, string>;
  by?: string;
  who?: string;
  seconds?: number;
  /** `list`: a contract of BTC that expires on 9 January 2026, of 0.01 BTC a lot. */
  contract?: 'future' | { strike: number; type: 'call' | 'put' };
  /** `surface`: the forward in USD, and a level volatility in percent. */
  forward?: number;
  volatility?: number;
  /** `until`: so many days before the expiry. */
  days?: number;
  order?: Omit<OrderDraftWire, 'account'>;
  /** `place`: a scale instead. */
  scale?: Omit<ScaleDraftWire, 'account'>;
  /** `port`: from `by` to this account; without a price at the mark. */
  to?: string;
  port?: { instrument: string; size: string; price?: string };
  then?: string[];
}

/** Plays a story on a fresh sandbox and returns its lines with what came of each. */
export function runGolden(lines: readonly GoldenLine[]): GoldenLine[] {
  const desk = new Desk();
  const played = lines.map(({ then: _, ...line }) => {
    const names = namesOf(directoryOf(desk.engine));
    const then = play(desk, names, line);
    return then.length === 0 ? line : { ...line, then };
  });
  checkInvariants(desk.engine.state);
  return played;
}

function play(desk: Desk, names: Names, line: GoldenLine): string[] {
  switch (line.do) {
    case undefined:
      return [];
    case 'wait':
      desk.wait(line.seconds! * 1_000);
      return [];
    case 'prices':
      return tell(names, reportPrices(desk, names, line.usd!));
    case 'hour':
      return tell(names, passHour(desk, names, line.usd!));
    case 'place':
      return tell(names, place(desk, names, people[line.by!]!, line));
    case 'port':
      return port(desk, names, line);
    case 'show':
      return show(desk, people[line.who!]!);
    case 'list':
      return [`${nameOfContract(desk, list(desk, contractOf(line.contract!)))} is listed`];
    case 'surface':
      desk.accept(surfaceOf(desk, line));
      return [];
    case 'until':
      desk.timeMs = EXPIRY_MS - line.days! * DAY_MS;
      return [];
    case 'expire':
      return tell(names, expire(desk, names, line.usd!));
  }
}

function contractOf(contract: NonNullable<GoldenLine['contract']>): ListInstrument {
  return contract === 'future' ? future() : option(contract.strike, OptionType[contract.type]);
}

function nameOfContract(desk: Desk, instrument: number): string {
  return directoryOf(desk.engine).markets[instrument]!.name;
}

/** A level surface: total variance is volatility² × the years that are left. */
function surfaceOf(desk: Desk, line: GoldenLine): SetSurface {
  const years = (EXPIRY_MS - desk.timeMs) / (365 * DAY_MS);
  const aE8 = Math.round((line.volatility! / 100) ** 2 * years * 1e8);
  return surface({ forwardE8: line.forward! * 1e8, aE8 });
}

/** The last half hour at these prices, and the tick at the expiry. */
function expire(desk: Desk, names: Names, prices: Record<string, string>): EngineEvent[] {
  const events: EngineEvent[] = [];
  for (desk.timeMs = EXPIRY_MS - 1_800_000; desk.timeMs <= EXPIRY_MS; desk.wait(5_000)) {
    reportPrices(desk, names, prices);
    events.push(...desk.accept({ kind: 'Tick' }));
  }
  return events.filter(({ kind }) => kind === 'OrderCancelled' || kind.startsWith('Instrument') || kind === 'PositionSettled');
}

/** Prices by name, of underlyings and of USDC itself. */
function reportPrices(desk: Desk, names: Names, prices: Record<string, string>): EngineEvent[] {
  const numberOf = (name: string): number =>
    name === 'USDC' ? SETTLEMENT_CURRENCY : names.view.underlyings.find((u) => u.name === name)!.id;
  return desk.prices(
    Object.fromEntries(Object.entries(prices).map(([name, price]) => [numberOf(name), Number(price)])),
  );
}

function passHour(desk: Desk, names: Names, prices: Record<string, string>): EngineEvent[] {
  const events: EngineEvent[] = [];
  for (let second = 0; second <= 3_605; second += 5) {
    desk.wait(5_000);
    reportPrices(desk, names, prices);
    events.push(...desk.run({ kind: 'Tick' }));
  }
  return events.filter((event) => event.kind === 'FundingPaid' || (event.kind === 'FundingRateSet' && event.ratePpb !== 0));
}

function place(desk: Desk, names: Names, account: number, { order, scale }: GoldenLine): EngineEvent[] {
  const reading =
    scale === undefined
      ? readOrderDraft(names, orderDraftWire.parse({ account, ...order }))
      : readScaleDraft(names, scaleDraftWire.parse({ account, ...scale }));
  if ('error' in reading) throw new Error(reading.error.message);
  return desk.run(reading.value);
}

function port(desk: Desk, names: Names, { by, to, port: terms }: GoldenLine): string[] {
  const { instrument, lotsPerUnit, ticksPerUsd } = names.view.markets.find(({ name }) => name === terms!.instrument)!;
  const lots = Math.round(Number(terms!.size) * lotsPerUnit);
  const priceTicks = Math.round(Number(terms!.price ?? 0) * ticksPerUsd);
  const action = { kind: 'PortPosition', from: people[by!]!, to: people[to!]!, instrument, lots, priceTicks } as const;
  const events = desk.run({ kind: 'Propose', firm: SANDBOX_FIRM, action });
  return desk.code === undefined ? tell(names, events) : [`refused, ${desk.code}`];
}

function money(usd: number): string {
  return `${formatDecimal(usd, 6)} USD`;
}

/** The events a risk officer would want read out; levels and marks are left to the screens. */
function tell(names: Names, events: readonly EngineEvent[]): string[] {
  return events.flatMap((event) => {
    const market = 'instrument' in event ? names.view.markets[event.instrument] : undefined;
    const size = (lots: number): string => `${lots / market!.lotsPerUnit} ${market!.underlying}`;
    const price = (ticks: number): string => `${ticks / market!.ticksPerUsd}`;
    const underlying = (id: number): string => names.view.underlyings[id]!.name;
    const who = 'account' in event ? names.view.accounts[event.account]!.label : '';
    switch (event.kind) {
      case 'OrderRejected':
        return [`${who}: refused, ${errorCodeOf(event.code)}`];
      case 'OrderAccepted':
        return [`${who}: accepted ${event.side === 0 ? 'buy' : 'sell'} ${size(event.sizeLots)}`];
      case 'BracketSet': {
        const leg = (name: string, ticks: number): string[] => (ticks === 0 ? [] : [`${name} ${price(ticks)}`]);
        const legs = [...leg('take-profit', event.takeProfitTicks), ...leg('stop', event.stopLossTicks)];
        return [`${who}: fills are closed by ${legs.join(', ') || 'nothing'}`];
      }
      case 'BracketOrderOpened':
        return [`  as ${nameOf(BracketRole, event.role)}`];
      case 'OrderAmended':
        return [`${who}: now open for ${size(event.remainingLots)}`];
      case 'OrderFilled':
        return [
          `${who}: ${event.side === 0 ? 'bought' : 'sold'} ${size(event.lots)} at ${price(event.priceTicks)}, fee ${money(event.fee)}, realized ${money(event.realizedPnl)}, holds ${size(event.positionLots)}`,
        ];
      case 'OrderCancelled':
        return [`${who}: ${size(event.remainingLots)} cancelled, ${nameOf(CancelReason, event.reason)}`];
      case 'InstrumentExpired':
        return [`${market!.name}: expired, settles at ${money(event.settlement * market!.lotsPerUnit)} a ${market!.underlying}, the mean of ${event.samples} samples`];
      case 'PositionSettled':
        return [`${who}: ${size(event.lots)} of ${market!.name} settled, realized ${money(event.realizedPnl)}`];
      case 'PositionPorted': {
        const { lots, usdPerLot, entryValue, paid, realizedPnl, positionLots } = event;
        const at = `at ${money(usdPerLot * market!.lotsPerUnit)}, with its cost of ${money(Math.abs(entryValue))}`;
        const cash = `${paid < 0 ? 'pays' : 'is paid'} ${money(Math.abs(paid))}`;
        const booked = realizedPnl === 0 ? '' : `realized ${money(realizedPnl)}, `;
        const other = names.view.accounts[event.otherAccount]!.label;
        return [`${who}: port of ${size(lots)} with ${other} ${at}; ${cash}, ${booked}holds ${size(positionLots)}`];
      }
      case 'InstrumentSettled':
        return [`${market!.name}: all settled`];
      case 'OrderTriggered':
        return [`${who}: trigger reached at mark ${money(event.mark * market!.lotsPerUnit)}`];
      case 'SettlementPriceSet':
        return [`USDC is worth ${event.pricePpm / 1e6} USD by ${event.sources} sources`];
      case 'IsolationStarted':
        return [`${underlying(event.underlying)} stands alone by the rule of ${nameOf(IsolationRule, event.rule)}`];
      case 'IsolationEnded':
        return [`${underlying(event.underlying)} stands with the others again`];
      case 'FundingRateSet':
        return [`${market!.name}: funding of the hour ${event.ratePpb / 1e7} %`];
      case 'FundingPaid':
        return [`${who}: ${event.amount < 0 ? 'pays' : 'receives'} funding ${money(Math.abs(event.amount))}`];
      default:
        return [];
    }
  });
}

function show(desk: Desk, account: number): string[] {
  const view = accountViewOf(desk.engine, account);
  const { margin, distance } = view;
  return [
    ...view.balances.map((row) => `${row.name} ${row.amount / 10 ** (row.name === 'USDC' ? 6 : 8)}, counts ${money(row.countedUsd)}`),
    ...view.positions.flatMap((row) => tellDated(desk, row)),
    `equity ${money(margin.equityUsd)}`,
    ...(margin.heldBackUsd > 0 ? [`held back ${money(margin.heldBackUsd)}`] : []),
    `initial ${money(margin.initialUsd)}, maintenance ${money(margin.maintenanceUsd)}, free ${money(margin.freeUsd)}`,
    ...[...margin.initial.rows, ...margin.initial.addOns].map((row) => `  ${row.name} ${money(row.usd)}`),
    `worst: ${margin.initial.sentence}`,
    `distance: ${distance.state}${distance.state === 'measured' ? `, ${distance.sigmas.toFixed(2)} σ` : ''}`,
  ];
}

/** Futures and options held: what a coin of them is marked at, and what they gained. */
function tellDated(desk: Desk, { instrument, lots, markUsdPerLot, unrealizedPnlUsd }: PositionView): string[] {
  const market = directoryOf(desk.engine).markets[instrument]!;
  if (market.expiryMs === 0) return [];
  const mark = money(markUsdPerLot * market.lotsPerUnit);
  return [`holds ${lots / market.lotsPerUnit} ${market.name}, mark ${mark}, unrealized ${money(unrealizedPnlUsd)}`];
}
