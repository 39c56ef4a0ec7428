import { liquidationPrice } from '../../../venues/okx/liquidationPrice.ts';
import { BTC_OPTIONS, shortOptionMargin } from '../../../venues/okx/optionMargin.ts';
import { type CostTier, combineRisks, tieredCost } from '../../../venues/okx/portfolioMargin.ts';
import { MalformedVector } from '../inputs.ts';
import type { VenueRules } from './rule.ts';

const OPTION_TYPES: Readonly<Record<string, 'call' | 'put'>> = { call: 'call', put: 'put' };
const WHICH: Readonly<Record<string, 'initial' | 'maintenance'>> = { IMR: 'initial', MMR: 'maintenance' };

export const okx: VenueRules = {
  liquidation_cost_tiers: (inputs) => {
    const tiers = inputs.numberRows('tiers').map((row): CostTier => {
      const [from, to, multiplier] = row;
      if (from === undefined || to === undefined || multiplier === undefined) {
        throw new MalformedVector('inputs.tiers needs from, to and multiplier');
      }
      return [from, to, multiplier];
    });
    const adjusted = tieredCost(inputs.number('mr7_raw'), tiers);
    return { mr7_adj: adjusted, mmr: Math.max(inputs.number('mr'), adjusted) };
  },
  liquidation_price_single: (inputs) => {
    const [entry, size] = [inputs.positive('open'), inputs.positive('qty')];
    return {
      liquidation_price: liquidationPrice({
        side: inputs.side('side'),
        size,
        entry,
        marginUsd: inputs.has('wallet')
          ? inputs.number('wallet')
          : (entry * size) / inputs.positive('leverage'),
        maintenanceRate: inputs.number('mmr'),
        takerFee: inputs.number('taker_fee'),
      }),
    };
  },
  options_standard_margin: (inputs) => {
    const margin = shortOptionMargin(
      {
        isCall: inputs.one('type', OPTION_TYPES) === 'call',
        strike: inputs.positive('strike'),
        forward: inputs.positive('forward'),
        markCoins: inputs.number('mark_coin'),
      },
      {
        minInitial: inputs.numberOr('a', BTC_OPTIONS.minInitial),
        fullInitial: inputs.numberOr('b', BTC_OPTIONS.fullInitial),
        maintenance: inputs.numberOr('c', BTC_OPTIONS.maintenance),
        marginFactor: inputs.numberOr('margin_factor', BTC_OPTIONS.marginFactor),
      },
    );
    return { margin_coin: margin[inputs.one('which', WHICH)] };
  },
  portfolio_margin_combine: (inputs) => {
    const { maintenance, initial } = combineRisks({
      mr1: inputs.numberOr('MR1', 0),
      mr2: inputs.numberOr('MR2', 0),
      mr3: inputs.numberOr('MR3', 0),
      mr4: inputs.numberOr('MR4', 0),
      mr5: inputs.numberOr('MR5', 0),
      mr6: inputs.numberOr('MR6', 0),
      mr7: inputs.numberOr('MR7_adj', inputs.numberOr('MR7', 0)),
    });
    return { mmr: maintenance, imr: initial };
  },
};
