import { deleveragingOrder } from '../../../venues/hyperliquid/autoDeleveraging.ts';
import {
  fundingRate8h,
  HOURLY_CAP,
  hourlyFundingRate,
  hourlyFundingUsd,
  INTEREST_8H,
  INTEREST_CLAMP,
} from '../../../venues/hyperliquid/funding.ts';
import { liquidationPrice } from '../../../venues/hyperliquid/liquidationPrice.ts';
import { liquidationStage } from '../../../venues/hyperliquid/liquidationStage.ts';
import { tieredMaintenance } from '../../../venues/hyperliquid/marginTiers.ts';
import {
  borrowApy,
  borrowableUsd,
  liquidationThreshold,
  MIN_BORROW_OFFSET_USD,
  portfolioMarginRatio,
} from '../../../venues/hyperliquid/portfolioMargin.ts';
import { markPrice, oraclePrice } from '../../../venues/hyperliquid/prices.ts';
import { premiumOf } from '../../../venues/premium.ts';
import type { Inputs } from '../inputs.ts';
import type { Answers } from '../judge.ts';
import type { VenueRules } from './rule.ts';

export const hyperliquid: VenueRules = {
  adl_ranking: (inputs) => {
    const accounts = inputs.list('accounts').map((account) => ({
      id: account.text('id'),
      mark: account.positive('mark'),
      entry: account.positive('entry'),
      notionalUsd: account.number('notional'),
      accountValueUsd: account.number('account_value'),
    }));
    return { order: deleveragingOrder(accounts, inputs.side('side')) };
  },
  funding: fundingAnswers,
  liquidation_price_single: (inputs) => ({
    liquidation_px: liquidationPrice({
      side: inputs.side('side'),
      size: inputs.positive('size'),
      price: inputs.positive('entry_px'),
      marginUsd: inputs.number('margin'),
      maxLeverage: inputs.positive('max_leverage'),
    }),
  }),
  liquidation_trigger: stageAnswers,
  margin_tiers: (inputs) => {
    const tiers = inputs.list('tiers').map((tier) => ({
      lowerBoundUsd: tier.number('lower_bound'),
      maxLeverage: tier.positive('max_leverage'),
    }));
    return { maintenance_margin: tieredMaintenance(tiers, inputs.number('notional')) };
  },
  mark_price: (inputs) => ({
    mark: markPrice({
      oracle: inputs.number('oracle'),
      averageBasis: inputs.number('ema150_mid_minus_oracle'),
      bestBid: inputs.number('best_bid'),
      bestAsk: inputs.number('best_ask'),
      lastTrade: inputs.number('last_trade'),
      outsidePerpetual: inputs.number('external_perp_median'),
    }),
  }),
  oracle_weighted_median: (inputs) => ({
    oracle_px: oraclePrice(
      inputs.list('venues').map((venue) => ({ price: venue.number('px'), weight: venue.positive('weight') })),
    ),
  }),
  portfolio_margin: portfolioAnswers,
};

/** The vectors give a book and ask for the 8-hour rate, or a rate and ask what an hour costs. */
function fundingAnswers(inputs: Inputs): Answers {
  const rate8h = inputs.has('rate_8h') ? inputs.number('rate_8h') : rateOfBook(inputs);
  const cap = inputs.numberOr('cap_hourly', HOURLY_CAP);
  const answers = { rate_8h: rate8h, hourly_rate: hourlyFundingRate(rate8h, cap) };
  if (!inputs.has('position')) return answers;
  const size = Math.abs(inputs.number('position')) * inputs.side('side');
  return {
    ...answers,
    hourly_payment_usd: hourlyFundingUsd(size, inputs.positive('oracle'), rate8h, cap),
  };
}

function rateOfBook(inputs: Inputs): number {
  const premium = premiumOf({
    impactBid: inputs.number('impact_bid'),
    impactAsk: inputs.number('impact_ask'),
    index: inputs.positive('oracle'),
  });
  return fundingRate8h(
    premium,
    inputs.numberOr('interest_8h', INTEREST_8H),
    inputs.numberOr('clamp', INTEREST_CLAMP),
  );
}

function stageAnswers(inputs: Inputs): Answers {
  const stage = liquidationStage({
    maintenanceUsd: inputs.number('maintenance_margin'),
    accountValueUsd: inputs.number('account_value'),
    notionalUsd: inputs.number('position_notional'),
  });
  switch (stage.action) {
    case 'none':
      return { action: stage.action };
    case 'market_full':
      return { action: stage.action, size_notional: stage.notionalUsd };
    case 'market_partial_20pct':
      return { action: stage.action, size_notional: stage.notionalUsd, cooldown_s: stage.cooldownS };
    case 'backstop_transfer':
      return { action: stage.action, threshold: stage.thresholdUsd };
  }
}

/** Four rules of one page; a vector brings what the one it asks for needs. */
function portfolioAnswers(inputs: Inputs): Answers {
  const answers: Record<string, number | boolean> = {};
  if (inputs.has('utilization')) answers.borrow_apy = borrowApy(inputs.number('utilization'));
  if (inputs.has('ltv')) answers.liquidation_threshold = liquidationThreshold(inputs.number('ltv'));
  if (inputs.has('token_balance')) {
    answers.borrowable = borrowableUsd(
      inputs.number('token_balance'),
      inputs.number('price'),
      inputs.number('ltv'),
    );
  }
  if (inputs.has('cross_maintenance_margin')) {
    const { ratio, isLiquidatable } = portfolioMarginRatio({
      usdcBalance: inputs.numberOr('usdc_balance', 0),
      borrowedUsdc: inputs.numberOr('borrowed_usdc', 0),
      crossMaintenanceUsd: inputs.number('cross_maintenance_margin'),
      tokenBalance: inputs.number('btc_spot'),
      tokenPrice: inputs.number('borrow_oracle_px'),
      loanToValue: inputs.number('ltv'),
      borrowCapUsdc: inputs.numberOr('borrow_cap', Number.POSITIVE_INFINITY),
      supplyCap: inputs.numberOr('supply_cap_btc', Number.POSITIVE_INFINITY),
      minBorrowOffsetUsd: inputs.numberOr('min_borrow_offset', MIN_BORROW_OFFSET_USD),
    });
    answers.ratio = ratio;
    answers.liquidatable = isLiquidatable;
  }
  return answers;
}
