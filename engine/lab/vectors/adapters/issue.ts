import { liquidationPrice } from '../../../venues/binance/liquidationPrice.ts';
import type { VenueRules } from './rule.ts';

/** Worked examples from public issue threads; they belong to no venue and use the plain rules. */
export const issue: VenueRules = {
  // What the insurance fund lost and fees kept is the other party's; the attacker has what came out less what went in.
  insurance_fund_delta: (inputs) => ({
    attacker_profit: inputs.number('recovered') - inputs.number('deposited'),
  }),
  // Equity is measured at the mark, so the mark takes the entry's place; the other positions stay as they are.
  liquidation_price_cross: (inputs) => ({
    liquidation_price: liquidationPrice(
      inputs.number('account_equity') - inputs.numberOr('other_positions_maintenance', 0),
      {
        size: inputs.side('side') * inputs.positive('size'),
        entry: inputs.positive('mark'),
        maintenanceRate: inputs.number('mmr'),
        deductionUsd: 0,
      },
    ),
  }),
};
