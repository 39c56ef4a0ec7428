import { InstrumentKind } from '../protocol/enums.ts';
import { OK } from '../protocol/errors.ts';
import { watchMarginCalls } from './calls/watchMarginCalls.ts';
import type { Engine } from './engine.ts';
import { setTiersOfDay } from './fees/tiers.ts';
import { chargeInterest } from './funding/chargeInterest.ts';
import { isFundingDue, payFunding } from './funding/payFunding.ts';
import { sampleFunding } from './funding/sampleFunding.ts';
import { settleMaturities } from './instruments/settleMaturities.ts';
import { watchDayLoss } from './limits/watchDayLoss.ts';
import { highWater } from './memory/table.ts';
import { runNettingWindows } from './moves/runNettingWindows.ts';
import { noteAwake, watchIsolation, watchSources } from './oracle/isolation.ts';
import { fireTriggers } from './orders/fireTriggers.ts';
import { passProposals } from './proposals/passProposals.ts';

/**
 * Lets time pass. The host sends one every 250 ms; each does a bounded share: a look at every underlying's
 * sources and isolation rules, at most one instrument's
 * funding is paid, interest and tiers once an hour and a day, a share of the settlement of what has
 * expired, one crossing of a netting window, one proposal that has come to its time, the worth of some accounts whose
 * loss of a day is limited and the margin of some whose people want to be called, triggers left over.
 * Never refused.
 */
export function tick(engine: Engine): number {
  noteAwake(engine);
  watchSources(engine);
  watchIsolation(engine);
  setTiersOfDay(engine);
  if (!payOneFunding(engine)) chargeInterest(engine);
  const { kind } = engine.state.instruments.columns;
  for (let instrument = 0; instrument < highWater(engine.state.instruments); instrument++) {
    if (kind[instrument] !== InstrumentKind.perpetual) continue;
    // Samples of a new hour wait until the old one is paid.
    if (!isFundingDue(engine, instrument)) sampleFunding(engine, instrument);
  }
  settleMaturities(engine);
  runNettingWindows(engine);
  passProposals(engine);
  watchDayLoss(engine);
  watchMarginCalls(engine);
  fireTriggers(engine);
  return OK;
}

function payOneFunding(engine: Engine): boolean {
  const { kind } = engine.state.instruments.columns;
  for (let instrument = 0; instrument < highWater(engine.state.instruments); instrument++) {
    if (kind[instrument] !== InstrumentKind.perpetual || !isFundingDue(engine, instrument)) continue;
    payFunding(engine, instrument);
    return true;
  }
  return false;
}
