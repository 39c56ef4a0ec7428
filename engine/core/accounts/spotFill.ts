import { LedgerReason } from '../../protocol/enums.ts';
import { announce } from '../announce.ts';
import { post } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import { TAG } from '../out.ts';
import type { StateWriter } from '../stateWriter.ts';
import { chargeFee } from './fill.ts';

/**
 * Books one side of a spot trade: coins against dollars at once, through CLEARING, which the other side
 * leaves as it was. No position comes of it; the fee is in USDC on both sides.
 *
 * @param side 0 buys
 */
export function applySpotFill(
  writer: StateWriter,
  account: number,
  instrument: number,
  orderId: number,
  tradeId: number,
  side: number,
  priceTicks: number,
  lots: number,
  remainingLots: number,
  isMaker: boolean,
): void {
  const { usdPerTickLot, baseAsset, baseUnitsPerLot } = writer.state.instruments.columns;
  const notional = lots * priceTicks * usdPerTickLot[instrument]!;
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
  const fee = chargeFee(writer, account, instrument, notional, isMaker);
  announce(
    writer.out,
    TAG.OrderFilled,
    account,
    instrument,
    orderId,
    tradeId,
    side,
    priceTicks,
    lots,
    remainingLots,
    isMaker ? 1 : 0,
    fee,
    0,
    0,
    0,
  );
}
