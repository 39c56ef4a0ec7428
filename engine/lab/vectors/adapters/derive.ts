import {
  type AuctionedAccount,
  auctionShare,
  bidderPays,
  insolventPayout,
  largestShare,
} from '../../../venues/derive/auction.ts';
import { hourlyFunding } from '../../../venues/derive/funding.ts';
import type { DeriveMargin } from '../../../venues/derive/marginResult.ts';
import { portfolioMargin1 } from '../../../venues/derive/portfolioMargin1.ts';
import { portfolioMargin2 } from '../../../venues/derive/portfolioMargin2.ts';
import { standardMargin } from '../../../venues/derive/standardMargin.ts';
import { premiumOf } from '../../../venues/premium.ts';
import type { Inputs } from '../inputs.ts';
import type { Answers } from '../judge.ts';
import { readParameters1, readPortfolio1, readScenarios1 } from './derivePortfolio1.ts';
import { readParameters2, readPortfolio2 } from './derivePortfolio2.ts';
import { readStandardParameters, readStandardPortfolio } from './deriveStandard.ts';
import type { Rule, VenueRules } from './rule.ts';

const portfolio1: Rule = (inputs) =>
  marginAnswers(
    portfolioMargin1(
      readPortfolio1(inputs.group('portfolio')),
      readParameters1(inputs.group('params')),
      readScenarios1(inputs),
    ),
  );

const standard: Rule = (inputs) =>
  marginAnswers(
    standardMargin(
      readStandardPortfolio(inputs.group('portfolio')),
      readStandardParameters(inputs.group('params')),
    ),
  );

export const derive: VenueRules = {
  auction_discount: (inputs) => ({
    discount: auctionShare(inputs.number('seconds'), {
      start: inputs.number('start'),
      cutoff: inputs.number('cutoff'),
      fastSeconds: inputs.number('fast_s'),
      slowSeconds: inputs.positive('slow_s'),
    }),
  }),
  auction_insolvent_payout: (inputs) => ({
    paid_to_bidder: insolventPayout(
      { maintenance: inputs.number('maintenance_margin'), markToMarket: inputs.number('mark_to_market') },
      { seconds: inputs.number('seconds'), lengthSeconds: inputs.positive('length') },
      inputs.number('portion'),
    ),
  }),
  auction_partial_size: partialSizeAnswers,
  funding: (inputs) => {
    const premium = premiumOf({
      impactBid: inputs.number('impact_bid'),
      impactAsk: inputs.number('impact_ask'),
      index: inputs.positive('index'),
    });
    return {
      hourly_rate: hourlyFunding(premium, {
        convergenceHours: inputs.positive('convergence_hours'),
        staticRate: inputs.number('static_rate'),
        hourlyCap: inputs.number('cap_hourly'),
      }),
    };
  },
  options_standard_margin: standard,
  options_standard_margin_portfolio: standard,
  scenario_portfolio_margin: portfolio1,
  scenario_portfolio_margin_strategies: portfolio1,
  scenario_portfolio_margin_v2: (inputs) =>
    marginAnswers(
      portfolioMargin2(readPortfolio2(inputs.group('scenario')), readParameters2(inputs.group('parameters'))),
    ),
};

function partialSizeAnswers(inputs: Inputs): Answers {
  const account: AuctionedAccount = {
    maintenance: inputs.number('maintenance_margin'),
    markToMarket: inputs.number('mark_to_market'),
    bufferShare: inputs.number('buffer_pct'),
  };
  const offer = inputs.number('discount');
  const share = largestShare(account, offer);
  // The source's test keeps three decimals of the share and whole dollars of the price, both cut off.
  return {
    max_proportion_floor3: Math.floor(share * 1_000) / 1_000,
    cash_from_bidder_floor: Math.floor(bidderPays(account, offer, share)),
  };
}

function marginAnswers({ initial, maintenance, markToMarket }: DeriveMargin): Answers {
  return { im: initial, mm: maintenance, mtm: markToMarket };
}
