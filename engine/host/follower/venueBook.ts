import type { Engine } from '../../core/engine.ts';
import { USDC } from '../../core/ledger/systemAccounts.ts';
import { optionTermsOf } from '../../core/options/optionTerms.ts';
import { accountViewOf } from '../../core/views/account.ts';
import { InstrumentKind } from '../../protocol/enums.ts';
import type { PositionView } from '../../protocol/views/account.ts';
import type { VenueComparisonsView } from '../../protocol/views/venues.ts';
import { USD_SCALE } from '../../units/money.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import { DAY_MS, SECOND_MS } from '../../units/time.ts';
import type { CoinHolding, LinearLeg, OptionLeg, VenueBook } from '../../venues/book.ts';
import { compareVenues } from '../../venues/compare.ts';

const SECONDS_PER_YEAR = (365 * DAY_MS) / SECOND_MS;

/** What an account would need on every other venue, by their published rules. */
export function venueComparisonsOf(engine: Engine, account: number): VenueComparisonsView {
  const seq = engine.state.globals.columns.seq[0]!;
  return { account, seq, venues: compareVenues(venueBookOf(engine, account)) };
}

/** An account in the plain words other venues understand: coins and USD per coin, as doubles. */
export function venueBookOf(engine: Engine, account: number): VenueBook {
  const { state } = engine;
  const { balances, positions } = accountViewOf(engine, account);
  const coins = balances
    .filter(({ asset, amount }) => asset !== USDC && amount !== 0)
    .map(({ asset, name, amount, valueUsd }): CoinHolding => {
      const coinsHeld = amount / 10 ** state.directory.assets[asset]!.decimals;
      return { asset: name, amount: coinsHeld, price: valueUsd / USD_SCALE / coinsHeld };
    });
  const { kind } = state.instruments.columns;
  const isOption = ({ instrument }: PositionView) => kind[instrument] === InstrumentKind.option;
  return {
    usdc:
      balances.filter(({ asset }) => asset === USDC).reduce((sum, { amount }) => sum + amount, 0) / USD_SCALE,
    coins,
    linear: positions.filter((position) => !isOption(position)).map((each) => linearLeg(engine, each)),
    options: positions.filter(isOption).map((each) => optionLeg(engine, each)),
  };
}

/** What every leg says, whatever it is. */
function shared({ state }: Engine, { instrument, lots, markUsdPerLot, entryValueUsd }: PositionView) {
  const i = state.instruments.columns;
  const lotsPerUnit = i.lotsPerUnit[instrument]!;
  return {
    instrument: state.directory.instruments[instrument]!.name,
    underlying: state.directory.underlyings[i.underlying[instrument]!]!.name,
    size: lots / lotsPerUnit,
    mark: (markUsdPerLot * lotsPerUnit) / USD_SCALE,
    entry: ((entryValueUsd / lots) * lotsPerUnit) / USD_SCALE,
  };
}

function linearLeg(engine: Engine, position: PositionView): LinearLeg {
  const isFuture = engine.state.instruments.columns.kind[position.instrument] === InstrumentKind.future;
  return { ...shared(engine, position), kind: isFuture ? 'future' : 'perpetual' };
}

function optionLeg(engine: Engine, position: PositionView): OptionLeg {
  const { state } = engine;
  const underlying = state.instruments.columns.underlying[position.instrument]!;
  const { forward, strike, volatility, years, isCall } = optionTermsOf(state, position.instrument);
  return {
    ...shared(engine, position),
    isCall,
    strike,
    secondsToExpiry: years * SECONDS_PER_YEAR,
    index: state.underlyings.columns.indexE8[underlying]! / PRICE_E8_SCALE,
    forward,
    volatility,
  };
}
