import { LedgerReason } from '../../protocol/enums.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { mulDivCeil } from '../../units/round.ts';
import { HOUR_MS } from '../../units/time.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { balanceOf, post } from '../ledger/post.ts';
import { FIRST_ACCOUNT, INSURANCE, USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';

const HOURS_PER_YEAR = 8_760;

/** Once an hour: interest on USDC that accounts owe, to the insurance fund, rounded up. */
export function chargeInterest(engine: Engine): void {
  const { state, undo } = engine;
  const { interestHour, timeMs } = state.globals.columns;
  const hour = Math.floor(timeMs[0]! / HOUR_MS);
  if (interestHour[0] === hour) return;
  putF(undo, interestHour, 0, hour);
  const rate = engine.risk.interestPpmYear();
  if (rate === 0) return;
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    const owed = -balanceOf(state, account, USDC);
    if (owed <= 0) continue;
    const charge = mulDivCeil(owed, rate, PPM_SCALE * HOURS_PER_YEAR);
    post(engine, account, INSURANCE, USDC, charge, LedgerReason.interest, -1);
    announce(engine.out, TAG.InterestCharged, account, charge, rate);
  }
}
