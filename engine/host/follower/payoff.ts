import type { Engine } from '../../core/engine.ts';
import { NONE } from '../../core/memory/table.ts';
import { hasSurface, type OptionTerms, optionTermsOf } from '../../core/options/optionTerms.ts';
import { black76 } from '../../pricing/black76.ts';
import { InstrumentKind } from '../../protocol/enums.ts';
import type { PayoffView } from '../../protocol/views/options.ts';
import { USD_SCALE } from '../../units/money.ts';

/** From 40 % under the index to 40 % over it, a percent apart. */
const REACH_PERCENT = 40;

/** What a leg gains, micro-USD, when its underlying stands at `factor` times its index. */
interface Leg {
  name: string;
  now(factor: number): number;
  atExpiry(factor: number): number;
}

/**
 * What an account's legs in one underlying gain or lose at other prices of it: at once, and when their options
 * have expired. Perpetuals and futures move with the index; volatility stands still; collateral is no leg.
 *
 * @param underlying by number
 */
export function payoffOf({ state }: Engine, account: number, underlying: number): PayoffView {
  const p = state.positions.columns;
  const legs: Leg[] = [];
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
    const instrument = p.instrument[row]!;
    if (state.instruments.columns.underlying[instrument] !== underlying || p.lots[row] === 0) continue;
    legs.push(legOf({ state }, instrument, p.lots[row]!));
  }
  const indexE8 = state.underlyings.columns.indexE8[underlying]!;
  const gain = (read: (leg: Leg) => number) => Math.round(legs.reduce((sum, leg) => sum + read(leg), 0));
  const percents =
    legs.length === 0 ? [] : Array.from({ length: 2 * REACH_PERCENT + 1 }, (_, at) => at - REACH_PERCENT);
  return {
    account,
    underlying: state.directory.underlyings[underlying]!.name,
    seq: state.globals.columns.seq[0]!,
    indexE8,
    legs: legs.map(({ name }) => name),
    points: percents.map((percent) => {
      const factor = 1 + percent / 100;
      return {
        priceE8: Math.round(indexE8 * factor),
        nowUsd: gain((leg) => leg.now(factor)),
        expiryUsd: gain((leg) => leg.atExpiry(factor)),
      };
    }),
  };
}

function legOf({ state }: Pick<Engine, 'state'>, instrument: number, lots: number): Leg {
  const i = state.instruments.columns;
  const { name } = state.directory.instruments[instrument]!;
  const mark = i.mark[instrument]!;
  if (i.kind[instrument] !== InstrumentKind.option || !hasSurface(state, instrument)) {
    const move = (factor: number) => lots * mark * (factor - 1);
    return { name, now: move, atExpiry: move };
  }
  const terms = optionTermsOf(state, instrument);
  const index = i.index[instrument]! / USD_SCALE / terms.unitsPerLot;
  const worth = (usdPerCoin: number) => lots * (usdPerCoin * terms.unitsPerLot * USD_SCALE - mark);
  return {
    name,
    now: (factor) => worth(priceAt(terms, factor)),
    atExpiry: (factor) => worth(intrinsicOf(terms, index * factor)),
  };
}

function priceAt({ forward, strike, volatility, years, isCall }: OptionTerms, factor: number): number {
  return black76(forward * factor, strike, volatility, years, isCall);
}

function intrinsicOf({ strike, isCall }: OptionTerms, price: number): number {
  return Math.max(0, isCall ? price - strike : strike - price);
}
