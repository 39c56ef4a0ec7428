import {
  type BracketPosition,
  liquidationPrice,
  type MarkedPosition,
  unrealizedPnl,
} from '../../../venues/binance/liquidationPrice.ts';
import { countedEquity, uniMmr, uniMmrState } from '../../../venues/binance/portfolioMargin.ts';
import type { Inputs } from '../inputs.ts';
import type { Answers } from '../judge.ts';
import type { VenueRules } from './rule.ts';

export const binance: VenueRules = {
  collateral_haircut: (inputs) => ({
    equity: countedEquity(
      inputs.number('net_asset'),
      inputs.number('index'),
      inputs.number('collateral_rate'),
    ),
  }),
  liquidation_price_cross: crossAnswers,
  // Both sources file an account without other positions under this name.
  liquidation_price_single: (inputs) =>
    inputs.has('position') ? crossAnswers(inputs) : isolatedAnswers(inputs),
  margin_ladder: (inputs) => {
    const [equity, maintenance] = [inputs.number('equity'), inputs.number('maintenance')];
    return { state: uniMmrState(equity, maintenance), uni_mmr: uniMmr(equity, maintenance) };
  },
  unrealised_pnl: (inputs) => ({
    upnl: unrealizedPnl(
      inputs.side('side') * inputs.positive('qty'),
      inputs.positive('entry'),
      inputs.positive('mark'),
    ),
  }),
};

function isolatedAnswers(inputs: Inputs): Answers {
  const position = {
    size: inputs.side('side') * inputs.positive('qty'),
    entry: inputs.positive('open'),
    maintenanceRate: inputs.number('mmr'),
    deductionUsd: inputs.numberOr('maintenance_amount', 0),
  };
  return { liquidation_price: liquidationPrice(inputs.number('wallet'), position) };
}

function crossAnswers(inputs: Inputs): Answers {
  const others = inputs.has('other_positions') ? inputs.list('other_positions') : [];
  return {
    liquidation_price: liquidationPrice(
      inputs.number('wallet_balance'),
      bracketPosition(inputs.group('position'), inputs.side('side')),
      others.map(markedPosition),
    ),
  };
}

/** Sizes come without a sign where the side is said beside them, and with one in the list of the others. */
function bracketPosition(fields: Inputs, side: 1 | -1): BracketPosition {
  return {
    size: side * Math.abs(fields.number('pos')),
    entry: fields.positive('ep'),
    maintenanceRate: fields.number('mmr'),
    deductionUsd: fields.numberOr('cum', 0),
  };
}

function markedPosition(fields: Inputs): MarkedPosition {
  const signed = fields.has('side') ? fields.side('side') : fields.number('pos') < 0 ? -1 : 1;
  return { ...bracketPosition(fields, signed), mark: fields.positive('mark') };
}
