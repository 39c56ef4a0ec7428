import { LedgerReason } from '../../protocol/enums.ts';
import { post } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import type { StateWriter } from '../stateWriter.ts';
import { announceOrderFilled, chargeFee, type Fill } from './fill.ts';

/**
 * Books one side of a spot trade: coins against dollars at once, through CLEARING, which the other side
 * leaves as it was. No position comes of it; the fee is in USDC on both sides.
 */
export function applySpotFill(writer: StateWriter, fill: Fill): void {
  const { account, instrument, side, lots } = fill;
  const { usdPerTickLot, baseAsset, baseUnitsPerLot } = writer.state.instruments.columns;
  const notional = lots * fill.priceTicks * usdPerTickLot[instrument]!;
  const coins = lots * baseUnitsPerLot[instrument]!;
  const asset = baseAsset[instrument]!;
  const { spotTrade } = LedgerReason;
  if (side === 0) {
    post(writer, account, CLEARING, USDC, notional, spotTrade, instrument);
    post(writer, CLEARING, account, asset, coins, spotTrade, instrument);
  } else {
    post(writer, CLEARING, account, USDC, notional, spotTrade, instrument);
    post(writer, account, CLEARING, asset, coins, spotTrade, instrument);
  }
  announceOrderFilled(writer.out, fill, chargeFee(writer, fill, notional), 0, 0, 0);
}
