import { bestAsk, bestBid } from '../../core/book/ladder.ts';
import type { Engine } from '../../core/engine.ts';
import { forwardE8Of, hasExpired } from '../../core/instruments/maturities.ts';
import { NONE } from '../../core/memory/table.ts';
import { hasSurface, optionTermsOf } from '../../core/options/optionTerms.ts';
import { orderBookOf } from '../../core/orders/books.ts';
import { greeksOf } from '../../pricing/black76.ts';
import { InstrumentKind, nameOf, OptionType } from '../../protocol/enums.ts';
import type { ExpiryView, OptionChainView, OptionView } from '../../protocol/views/options.ts';

const DAYS_PER_YEAR = 365;
const POINTS_PER_UNIT = 100;

/**
 * Options of an underlying that trade and can be priced, by expiry and strike, with the greeks of the prices
 * they are margined at.
 *
 * @param underlying by number
 */
export function optionChainOf({ state }: Engine, underlying: number): OptionChainView {
  const i = state.instruments.columns;
  const byMaturity = new Map<number, OptionView[]>();
  for (const [instrument] of state.directory.instruments.entries()) {
    const isOption = i.kind[instrument] === InstrumentKind.option && i.underlying[instrument] === underlying;
    const maturity = i.maturity[instrument]!;
    if (!isOption || maturity === NONE || hasExpired(state, instrument) || !hasSurface(state, instrument))
      continue;
    byMaturity.set(maturity, [...(byMaturity.get(maturity) ?? []), optionViewOf({ state }, instrument)]);
  }
  const expiries = [...byMaturity].map(
    ([maturity, options]): ExpiryView => ({
      expiryMs: state.maturities.columns.expiryMs[maturity]!,
      forwardE8: forwardE8Of(state, maturity),
      options: options.sort((a, b) => a.strikeE8 - b.strikeE8 || (a.optionType === 'call' ? -1 : 1)),
    }),
  );
  return {
    underlying: state.directory.underlyings[underlying]!.name,
    seq: state.globals.columns.seq[0]!,
    timeMs: state.globals.columns.timeMs[0]!,
    indexE8: state.underlyings.columns.indexE8[underlying]!,
    expiries: expiries.sort((a, b) => a.expiryMs - b.expiryMs),
  };
}

function optionViewOf({ state }: Pick<Engine, 'state'>, instrument: number): OptionView {
  const i = state.instruments.columns;
  const { forward, strike, volatility, years, isCall } = optionTermsOf(state, instrument);
  const { delta, gamma, vega, theta } = greeksOf(forward, strike, volatility, years, isCall);
  const book = orderBookOf(instrument);
  const usdPerLot = (ticks: number): number | null =>
    ticks === NONE ? null : ticks * i.usdPerTickLot[instrument]!;
  return {
    instrument,
    name: state.directory.instruments[instrument]!.name,
    expiryMs: state.maturities.columns.expiryMs[i.maturity[instrument]!]!,
    strikeE8: i.strikeE8[instrument]!,
    optionType: nameOf(OptionType, i.optionType[instrument]!),
    markUsdPerLot: i.mark[instrument]!,
    bidUsdPerLot: usdPerLot(bestBid(state.book, book)),
    askUsdPerLot: usdPerLot(bestAsk(state.book, book)),
    lotsPerUnit: i.lotsPerUnit[instrument]!,
    volatility,
    delta,
    gamma,
    vega: vega / POINTS_PER_UNIT,
    theta: theta / DAYS_PER_YEAR,
  };
}
