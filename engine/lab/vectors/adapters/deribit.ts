import { sizeScaledMargin } from '../../../venues/deribit/futureMargin.ts';
import { shortOptionMargin } from '../../../venues/deribit/optionMargin.ts';
import {
  futureContingency,
  shortOptionContingency,
  volatilityShock,
} from '../../../venues/deribit/portfolioMargin.ts';
import type { VenueRules } from './rule.ts';

const OPTION_TYPES: Readonly<Record<string, 'call' | 'put'>> = { call: 'call', put: 'put' };

export const deribit: VenueRules = {
  contingency: (inputs) => {
    if (inputs.has('strike_positions')) {
      const held = inputs.group('strike_positions');
      const [calls, puts] = [held.numberOr('call', 0), held.numberOr('put', 0)];
      return { contingency_btc: shortOptionContingency(calls, puts, inputs.number('per_option')) };
    }
    const [one, other] = [inputs.number('future_a'), inputs.number('future_b')];
    return { contingency_btc: futureContingency(one, other, inputs.number('pct')) };
  },
  options_standard_margin: (inputs) => {
    const { initial, maintenance } = shortOptionMargin({
      isCall: inputs.one('type', OPTION_TYPES) === 'call',
      strike: inputs.positive('strike'),
      underlying: inputs.positive('underlying'),
      markCoins: inputs.number('mark_btc'),
    });
    return { im: initial, mm: maintenance };
  },
  size_scaled_margin: (inputs) => ({
    margin_usdc: sizeScaledMargin(inputs.number('size'), inputs.positive('price'), {
      base: inputs.number('base_rate'),
      perCoin: inputs.number('slope_per_coin'),
    }),
  }),
  vol_shock_term_structure: (inputs) => ({
    iv_shock: volatilityShock(inputs.positive('dte'), inputs.number('base'), inputs.number('power')),
  }),
};
