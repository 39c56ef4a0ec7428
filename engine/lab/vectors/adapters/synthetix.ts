import { fillPrice } from '../../../venues/synthetix/fillPrice.ts';
import { fundingAfter } from '../../../venues/synthetix/funding.ts';
import { liquidationInWindow } from '../../../venues/synthetix/liquidationPace.ts';
import { positionMargin } from '../../../venues/synthetix/margin.ts';
import type { VenueRules } from './rule.ts';

export const synthetix: VenueRules = {
  funding_velocity: (inputs) => {
    const { rate, paidUsd } = fundingAfter(
      { size: inputs.number('position'), price: inputs.positive('price') },
      inputs.number('initial_skew'),
      inputs.list('steps').map((step) => ({
        days: step.number('days'),
        skewChange: step.number('skew_delta'),
      })),
      { skewScale: inputs.positive('skew_scale'), maxVelocity: inputs.number('max_velocity') },
    );
    return { funding_rate: rate, accrued: paidUsd };
  },
  liquidation_pacing: (inputs) => {
    const { first, remaining } = liquidationInWindow(inputs.number('size'), {
      makerFee: inputs.number('maker_fee'),
      takerFee: inputs.number('taker_fee'),
      skewScale: inputs.positive('skew_scale'),
      multiplier: inputs.number('multiplier'),
      windowS: inputs.number('window_s'),
    });
    return { first_chunk: first, remaining };
  },
  size_scaled_margin: (inputs) => {
    const { initialUsd, maintenanceUsd } = positionMargin(inputs.number('size'), inputs.positive('price'), {
      skewScale: inputs.positive('skew_scale'),
      initialFraction: inputs.number('initial_fraction'),
      minInitialRatio: inputs.number('min_ratio'),
      maintenanceScalar: inputs.number('maintenance_scalar'),
      minPositionUsd: inputs.number('min_position_margin'),
    });
    return { im: initialUsd, mm: maintenanceUsd };
  },
  skew_fill_price: (inputs) => ({
    fill_price: fillPrice(
      inputs.positive('price'),
      inputs.number('size'),
      inputs.number('skew'),
      inputs.positive('skew_scale'),
    ),
  }),
};
