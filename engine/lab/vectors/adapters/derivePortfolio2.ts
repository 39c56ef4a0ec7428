import { type DeriveExpiry, forwardPortions } from '../../../venues/derive/expiry.ts';
import type { Parameters2, Portfolio2, Scenario2 } from '../../../venues/derive/portfolio2.ts';
import { type Inputs, MalformedVector } from '../inputs.ts';

const DAY_S = 86_400;
const MOVES: Readonly<Record<string, Scenario2['volatility']>> = {
  Up: 'up',
  None: 'none',
  Down: 'down',
  LINEAR: 'linear',
  Linear: 'linear',
  ABS: 'absolute',
  Abs: 'absolute',
};

export function readPortfolio2(fields: Inputs): Portfolio2 {
  return {
    cash: fields.number('Cash'),
    stablePrice: fields.positive('StablePrice'),
    spotPrice: fields.positive('SpotPrice'),
    spotConfidence: fields.number('SpotConfidence'),
    perpetualSize: fields.number('NumPerps'),
    perpetualPrice: fields.number('PerpPrice'),
    perpetualConfidence: fields.number('PerpConfidence'),
    perpetualValue: fields.number('UnrealisedPerpPNL') + fields.number('UnrealisedFunding'),
    collaterals: fields.list('Collaterals').map((held) => ({
      amount: held.number('Amount'),
      price: held.number('Price'),
      confidence: held.number('Confidence'),
      isRiskCancelling: held.flag('IsRiskCancelling'),
      initialHaircut: held.number('IMHaircut'),
      maintenanceHaircut: held.number('MMHaircut'),
    })),
    expiries: readExpiries(fields),
  };
}

/** Options come in one list and name the feed of their expiry by its seconds. */
function readExpiries(fields: Inputs): DeriveExpiry[] {
  const options = fields.list('Options');
  const feeds = new Map(fields.list('OptionFeeds').map((feed) => [feed.number('FeedExpiry'), feed]));
  const seconds = [...new Set(options.map((option) => option.number('Expiry')))];
  return seconds.map((secondsToExpiry) => {
    const feed = feeds.get(secondsToExpiry);
    if (feed === undefined)
      throw new MalformedVector(`there is no feed for the expiry in ${secondsToExpiry} s`);
    return {
      secondsToExpiry,
      ...forwardPortions(feed.positive('Forward'), secondsToExpiry),
      rate: feed.number('Rate'),
      confidence: Math.min(
        feed.number('ForwardConfidence'),
        feed.number('RateConfidence'),
        feed.number('OptionVolConfidences'),
      ),
      options: options
        .filter((option) => option.number('Expiry') === secondsToExpiry)
        .map((option) => ({
          strike: option.positive('Strike'),
          isCall: option.flag('IsCall'),
          size: option.number('Amount'),
          volatility: option.number('MarkVol'),
        })),
    };
  });
}

export function readParameters2(fields: Inputs): Parameters2 {
  const margin = fields.group('Margin');
  const basis = fields.group('BasisContingency');
  const other = fields.group('OtherContingency');
  return {
    scenarios: fields.list('Scenarios').map((scenario) => ({
      spotShock: scenario.number('SpotShock'),
      volatility: scenario.one('VolShockDirection', MOVES),
      dampening: scenario.number('DampeningFactor'),
    })),
    basis: {
      spotUp: basis.number('SCENARIO_SPOT_UP'),
      spotDown: basis.number('SCENARIO_SPOT_DOWN'),
      addFactor: basis.number('BASIS_CONT_ADD_FACTOR'),
      multiplyFactor: basis.number('BASIS_CONT_MULT_FACTOR'),
    },
    ...readShocks(fields),
    initialFactor: margin.number('IM_LOSS_FACTOR'),
    maintenanceFactor: margin.number('MM_LOSS_FACTOR'),
    long: {
      base: margin.number('BASE_STATIC_DISCOUNT'),
      rateMultiply: margin.number('LONG_RATE_MULTSCALE'),
      rateAdd: margin.number('LONG_RATE_ADDSCALE'),
    },
    short: {
      base: margin.number('BASE_STATIC_DISCOUNT_NEG'),
      rateMultiply: margin.number('SHORT_RATE_MULTSCALE'),
      rateAdd: margin.number('SHORT_RATE_ADDSCALE'),
    },
    pegThreshold: other.number('PEG_LOSS_THRESHOLD'),
    pegLossFactor: other.number('PEG_LOSS_FACTOR'),
    confidenceThreshold: other.number('CONF_THRESHOLD'),
    confidenceMargin: other.number('CONF_MARGIN'),
    maintenancePerpetual: other.number('MM_PERP_PERCENT'),
    initialPerpetual: other.number('IM_PERP_PERCENT'),
    maintenanceOption: other.number('MM_OPTION_PERCENT'),
    initialOption: other.number('IM_OPTION_PERCENT'),
  };
}

function readShocks(fields: Inputs): Pick<Parameters2, 'shock' | 'minVolatilityUp' | 'skew'> {
  const shock = fields.group('VolShock');
  const skew = fields.group('SkewShock');
  return {
    shock: {
      rangeUp: shock.number('VOLRANGEUP'),
      rangeDown: shock.number('VOLRANGEDOWN'),
      shortTermPower: shock.number('SHORTTERMPOWER'),
      longTermPower: shock.number('LONGTERMPOWER'),
      floorSeconds: shock.number('DTE_FLOOR') * DAY_S,
    },
    minVolatilityUp: shock.number('MIN_VOL_EVAL_SHOCKED'),
    skew: {
      linearCap: skew.number('LINEAR_SCALE_CAP'),
      linearPerRootYear: skew.number('LINEAR_CBASE'),
      absoluteCap: skew.number('ABS_SCALE_CAP'),
      absolutePerRootYear: skew.number('ABS_CBASE'),
      minWidth: skew.number('MIN_K_STAR'),
      widthScale: skew.number('MIN_WIDTH_SCALE'),
      volatilityStatic: skew.number('VOL_PARAM_STATIC'),
      volatilityScale: skew.number('VOL_PARAM_SCALE'),
    },
  };
}
