import { type ContractTier, fundingPerCoin } from '../../../venues/drift/funding.ts';
import {
  coinsToCoverShortage,
  insuranceFee,
  liabilityToCoverShortage,
  liquidationFee,
  shareToLiquidate,
} from '../../../venues/drift/liquidation.ts';
import { depositIndexToResolveLoss, fundingToResolveLoss } from '../../../venues/drift/socializedLoss.ts';
import { scaledAssetWeight, worstCaseSpot } from '../../../venues/drift/weights.ts';
import type { Inputs } from '../inputs.ts';
import type { Answers } from '../judge.ts';
import type { VenueRules } from './rule.ts';

const TIERS: Readonly<Record<string, ContractTier>> = {
  A: 'A',
  B: 'B',
  C: 'C',
  Spec: 'Speculative',
  Speculative: 'Speculative',
  HighlySpec: 'HighlySpeculative',
  HighlySpeculative: 'HighlySpeculative',
  Isolated: 'Isolated',
};

export const drift: VenueRules = {
  collateral_weight_scaling: (inputs) => ({
    scaled_weight: scaledAssetWeight(
      inputs.number('total_deposits'),
      inputs.number('price'),
      inputs.number('scale_start_usd'),
      inputs.number('initial_weight'),
    ),
  }),
  funding_clamp: (inputs) => ({
    hourly_funding_per_base: fundingPerCoin(
      inputs.number('mark_twap'),
      inputs.number('oracle_twap'),
      inputs.one('contract_tier', TIERS),
      inputs.numberOr('period_s', 3_600),
    ),
  }),
  insurance_fee_sizing: (inputs) => ({
    if_fee: insuranceFee(inputs.number('margin_shortage'), {
      base: inputs.number('base'),
      price: inputs.number('price'),
      marginRatio: inputs.number('margin_ratio'),
      liquidatorFee: inputs.number('liquidator_fee'),
      maxFee: inputs.number('max_if_fee'),
    }),
  }),
  liquidation_fee_ramp: (inputs) => ({
    fee: liquidationFee(inputs.number('slots_elapsed'), {
      baseFee: inputs.number('base_fee'),
      maxFee: inputs.number('max_fee'),
      graceSlots: inputs.number('grace_slots'),
      perSlot: inputs.number('per_slot'),
    }),
  }),
  liquidation_liability_transfer: (inputs) => ({
    liability_amount: liabilityToCoverShortage(inputs.number('margin_shortage'), {
      assetWeight: inputs.number('asset_weight'),
      assetMultiplier: inputs.number('asset_mult'),
      liabilityWeight: inputs.number('liability_weight'),
      liabilityMultiplier: inputs.positive('liability_mult'),
      liabilityPrice: inputs.positive('liability_price'),
      insuranceFee: inputs.numberOr('if_fee', 0),
    }),
  }),
  liquidation_pacing: (inputs) => ({
    pct: shareToLiquidate(inputs.number('margin_shortage'), {
      freedUsd: inputs.numberOr('already_freed', 0),
      slotsElapsed: inputs.has('slots_elapsed') ? inputs.number('slots_elapsed') : inputs.number('slots'),
      initialShare: inputs.number('initial_pct'),
      durationSlots: inputs.number('duration_slots'),
    }),
  }),
  liquidation_size_to_cover_shortage: (inputs) => ({
    base_amount: coinsToCoverShortage(inputs.number('margin_shortage'), {
      marginRatio: inputs.number('margin_ratio'),
      liquidationFee: inputs.number('liquidation_fee'),
      insuranceFee: inputs.number('if_fee'),
      oracle: inputs.number('oracle'),
      quoteOracle: inputs.numberOr('quote_oracle', 1),
    }),
  }),
  open_order_margin: openOrderAnswers,
  socialised_loss: lossAnswers,
};

function openOrderAnswers(inputs: Inputs): Answers {
  const bids = inputs.numberOr('sol_spot_bids', 0);
  const asks = Math.abs(inputs.numberOr('sol_spot_asks', 0));
  const usdc = inputs.number('usdc');
  const sides = Number(bids !== 0) + Number(asks !== 0);
  const { collateralUsd, requirementUsd } = worstCaseSpot({
    balance: inputs.numberOr('sol', 0),
    bids,
    asks,
    openOrders: inputs.numberOr('open_orders', sides),
    price: inputs.number('sol_px'),
    assetWeight: inputs.number('init_asset_w'),
    liabilityWeight: inputs.number('init_liab_w'),
  });
  return {
    total_collateral: collateralUsd + Math.max(0, usdc),
    margin_requirement: requirementUsd + Math.max(0, -usdc),
  };
}

/** A perpetual's loss goes over the contracts, a borrow's over the depositors. */
function lossAnswers(inputs: Inputs): Answers {
  if (inputs.has('borrow')) {
    const [owed, deposits] = [inputs.number('borrow'), inputs.number('total_deposits')];
    const index = inputs.numberOr('cumulative_deposit_interest', 1);
    return { index_delta: depositIndexToResolveLoss(owed, deposits, index) };
  }
  const [long, short] = [inputs.number('long_base'), inputs.number('short_base')];
  return { funding_delta_per_base: fundingToResolveLoss(inputs.number('loss'), long, short) };
}
