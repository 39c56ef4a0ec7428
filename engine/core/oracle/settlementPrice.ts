import { SETTLEMENT_CURRENCY } from '../../protocol/commands/types.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { announce } from '../announce.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';
import { agreedPrice } from './indexPrice.ts';

/** A dollar × 1e8 in a millionth of a dollar. */
const E8_PER_PPM = 100;

/**
 * Sets what the settlement currency itself is worth to what its sources agree on, by the rules of an index.
 * Without agreement the last price stands: a coin under its peg does not get well by silence.
 */
export function updateSettlementPrice(writer: StateWriter): void {
  const { state, undo, out } = writer;
  const { settlementPricePpm } = state.globals.columns;
  const { live, priceE8 } = agreedPrice(state, SETTLEMENT_CURRENCY, state.directory.assets[USDC]!.sources);
  const pricePpm = Math.floor(priceE8 / E8_PER_PPM + 0.5);
  if (priceE8 === 0 || pricePpm === settlementPricePpm[0]) return;
  putF(undo, settlementPricePpm, 0, pricePpm);
  announce(out, TAG.SettlementPriceSet, pricePpm, live);
}

/** What the settlement currency is worth, ppm of a dollar; a dollar before the first report. */
export function settlementPricePpmOf(state: State): number {
  const pricePpm = state.globals.columns.settlementPricePpm[0]!;
  return pricePpm === 0 ? PPM_SCALE : pricePpm;
}
