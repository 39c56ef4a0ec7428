import type { DampedMove } from '../../../venues/deribit/portfolioMargin.ts';
import { liquidateShare } from '../../../venues/paradex/partialLiquidation.ts';
import { deltaMargin } from '../../../venues/paradex/portfolioMargin.ts';
import { MalformedVector } from '../inputs.ts';
import type { VenueRules } from './rule.ts';

export const paradex: VenueRules = {
  partial_liquidation_share: (inputs) => {
    const after = liquidateShare(
      { accountValueUsd: inputs.number('account_value'), maintenanceUsd: inputs.number('mmr') },
      inputs.number('share'),
      inputs.number('penalty_multiplier'),
    );
    return {
      new_mmr: after.maintenanceUsd,
      penalty: after.penaltyUsd,
      new_account_value: after.accountValueUsd,
      margin_ratio: after.ratio,
    };
  },
  scenario_portfolio_margin: (inputs) => {
    const margin = deltaMargin(
      inputs.number('perp_delta'),
      inputs.positive('spot'),
      inputs.has('scenarios') ? movesOf(inputs.text('scenarios')) : undefined,
    );
    return {
      scan_risk: margin.scanUsd,
      min_delta: margin.minDeltaUsd,
      imr: margin.initialUsd,
      mmr: margin.maintenanceUsd,
    };
  },
};

/** Reads "+-16/12/8/4/0 plus tails -66%x24%, +50%x32%": moves in percent, tails with what of them counts. */
function movesOf(text: string): DampedMove[] {
  const head = /^\+-([\d./]+)/.exec(text)?.[1];
  if (head === undefined)
    throw new MalformedVector('inputs.scenarios does not begin with moves such as +-16/8/0');
  const near = head.split('/').flatMap((percent) => {
    const move = Number(percent) / 100;
    return move === 0 ? [{ move, weight: 1 }] : [move, -move].map((signed) => ({ move: signed, weight: 1 }));
  });
  const tails = [...text.matchAll(/([+-][\d.]+)%x([\d.]+)%/g)].map(([, move, weight]) => ({
    move: Number(move) / 100,
    weight: Number(weight) / 100,
  }));
  return [...near, ...tails];
}
