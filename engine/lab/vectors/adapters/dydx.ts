import { type Fraction, fraction, fractionOf, scaled } from '../../../venues/dydx/fraction.ts';
import { fundingIndexDelta, type Level, maxFundingPpm, premiumPpm } from '../../../venues/dydx/funding.ts';
import { initialMargin } from '../../../venues/dydx/initialMargin.ts';
import {
  bankruptcyQuote,
  fillablePrice,
  insuranceFundDelta,
} from '../../../venues/dydx/liquidationPrices.ts';
import {
  type DydxMarket,
  type DydxPosition,
  type DydxSubaccount,
  netNotional,
  QUOTE_RESOLUTION,
} from '../../../venues/dydx/subaccount.ts';
import { type Inputs, MalformedVector } from '../inputs.ts';
import type { VenueRules } from './rule.ts';

/** Markets of the source's tests, where a vector does not repeat them. */
const TEST_RESOLUTIONS: Readonly<Record<string, number>> = { BTC: -8, ETH: -9 };
const TEST_BTC_ORACLE = 50_000;
const TEST_MAINTENANCE = 0.1;

export const dydx: VenueRules = {
  bankruptcy_price: (inputs) => {
    const { subaccount, position } = readSubaccount(inputs);
    const quote = bankruptcyQuote(subaccount, position, inputs.integer('delta_base_quantums'));
    return { bankruptcy_quote_quantums: Number(quote) };
  },
  funding_clamp: (inputs) => ({
    max_abs_funding_8h_ppm: Number(
      maxFundingPpm(
        inputs.integer('initial_margin_ppm'),
        inputs.integer('maintenance_fraction_ppm'),
        inputs.integer('clamp_factor_ppm'),
      ),
    ),
  }),
  funding_index: (inputs) => {
    const market = {
      price: fractionOf(inputs.number('price')),
      exponent: Number(inputs.integer('exponent')),
      resolution: Number(inputs.integer('atomic_resolution')),
    };
    const delta = fundingIndexDelta(market, inputs.integer('funding_8h_ppm'), inputs.integer('seconds'));
    return { index_delta: Number(delta) };
  },
  funding_premium_impact: (inputs) => ({
    premium_ppm: premiumPpm(
      { bids: levelsOf(inputs, 'bids'), asks: levelsOf(inputs, 'asks') },
      inputs.positive('index'),
      inputs.positive('impact_notional'),
    ),
  }),
  insurance_fund_delta: (inputs) => {
    const market = {
      oracle: fractionOf(inputs.numberOr('oracle', TEST_BTC_ORACLE)),
      resolution: TEST_RESOLUTIONS.BTC!,
      maintenanceFraction: fractionOf(inputs.numberOr('mmf', TEST_MAINTENANCE)),
    };
    const position = { market, baseQuantums: inputs.integer('btc_base_quantums') };
    const subaccount = { usdcQuantums: quantumsOf(inputs, 'usdc'), positions: [position] };
    const size = inputs.has('fill_base_quantums')
      ? inputs.integer('fill_base_quantums')
      : absolute(position.baseQuantums);
    const traded = inputs.side('liq_side') > 0 ? size : -size;
    const filled = { ...market, oracle: fractionOf(inputs.positive('fill_price')) };
    const proceeds = netNotional(filled, -traded);
    const bankrupt = bankruptcyQuote(subaccount, position, traded);
    const delta = insuranceFundDelta(proceeds, bankrupt, inputs.integer('max_liquidation_fee_ppm'));
    return { insurance_delta: Number(delta) };
  },
  liquidation_order_price: (inputs) => {
    const { subaccount, position } = readSubaccount(inputs);
    const price = fillablePrice(subaccount, position, {
      bankruptcyAdjustmentPpm: inputs.integer('bankruptcy_adjustment_ppm'),
      spreadToMaintenancePpm: inputs.integer('spread_to_mm_ratio_ppm'),
    });
    return {
      fillable_price_rational: `${price.numerator}/${price.denominator}`,
      price_usd: numberOf(scaled(price, QUOTE_RESOLUTION - position.market.resolution)),
    };
  },
  oi_scaled_initial_margin: (inputs) => ({
    initial_margin: Number(
      initialMargin(
        inputs.integer('quote_quantums'),
        inputs.integer('initial_margin_ppm'),
        inputs.integer('open_interest'),
        { lower: inputs.integer('oi_lower_cap'), upper: inputs.integer('oi_upper_cap') },
      ),
    ),
  }),
};

function readSubaccount(inputs: Inputs): { subaccount: DydxSubaccount; position: DydxPosition } {
  const sizes = inputs.group('positions_base_quantums');
  const positions = new Map(
    sizes
      .names()
      .map((coin) => [coin, { market: marketOf(inputs, coin), baseQuantums: sizes.integer(coin) }] as const),
  );
  const position = positions.get(inputs.text('close'));
  if (position === undefined) throw new MalformedVector('inputs.close is not one of the positions');
  const subaccount = { usdcQuantums: quantumsOf(inputs, 'usdc'), positions: [...positions.values()] };
  return { subaccount, position };
}

function marketOf(inputs: Inputs, coin: string): DydxMarket {
  const resolution = inputs.has('resolution')
    ? Number(inputs.group('resolution').integer(coin))
    : TEST_RESOLUTIONS[coin];
  if (resolution === undefined) throw new MalformedVector(`the resolution of ${coin} is missing`);
  return {
    oracle: fractionOf(inputs.group('oracle').positive(coin)),
    resolution,
    maintenanceFraction: fractionOf(inputs.positive('mmf')),
  };
}

function quantumsOf(inputs: Inputs, name: string): bigint {
  const { numerator, denominator } = scaled(fractionOf(inputs.number(name)), -QUOTE_RESOLUTION);
  if (denominator !== 1n) throw new MalformedVector(`inputs.${name} has more than six decimals`);
  return numerator;
}

function levelsOf(inputs: Inputs, side: string): Level[] {
  return inputs.numberRows(side).map((row) => {
    const [price, size] = row;
    if (price === undefined || size === undefined)
      throw new MalformedVector(`inputs.${side} needs price and size`);
    return [price, size] as const;
  });
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The nearest double, also of two large integers. */
function numberOf({ numerator, denominator }: Fraction): number {
  const whole = numerator / denominator;
  const rest = fraction(numerator - whole * denominator, denominator);
  return Number(whole) + Number(rest.numerator) / Number(rest.denominator);
}
