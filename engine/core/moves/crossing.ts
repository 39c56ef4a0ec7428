import { OK } from '../../protocol/errors.ts';
import { mulDivFloor } from '../../units/round.ts';
import { positionLots } from '../accounts/positions.ts';
import { microCoinsUsd } from '../caps/coinCaps.ts';
import {
  type CrossedMeasures,
  crossedMeasures,
  limitedRowsAbove,
  passedLimit,
} from '../limits/judgeCrossed.ts';
import type { State } from '../state.ts';

/** What one account gives up in a crossing. */
export interface Part {
  account: number;
  /** ≥ 1. */
  lots: number;
}

/** The most that an account may give up, and what more of it would break. */
export interface Cut {
  lots: number;
  code: number;
}

/** A place with limits, as it stood before a crossing that some of its accounts take part in. */
interface CrossedPlace {
  row: number;
  before: CrossedMeasures;
  /** Signed by what it does to a position: positive buys. */
  changes: { account: number; lots: number }[];
}

/** The limited places of all that take part, as they stand before anything is given up. */
export function placesOf(state: State, instrument: number, parts: readonly Part[]): CrossedPlace[] {
  const underlying = state.instruments.columns.underlying[instrument]!;
  const places = new Map<number, CrossedPlace>();
  for (const { account, lots } of parts) {
    const change = { account, lots: positionLots(state, account, instrument) > 0 ? -lots : lots };
    for (const row of limitedRowsAbove(state, account)) {
      const place = places.get(row);
      if (place !== undefined) place.changes.push(change);
      else places.set(row, { row, before: crossedMeasures(state, row, underlying), changes: [change] });
    }
  }
  return [...places.values()];
}

/** What one attempt to cross has been found to break, and what the next one has to leave out. */
export class Crossing {
  /** OK, or the last refusal. */
  code: number = OK;
  readonly #isCutting: boolean;
  readonly #cuts: Map<number, Cut>;

  /**
   * @param isCutting whether who passes a limit may still give up a part, rather than nothing
   * @param cuts filled by account
   */
  constructor(isCutting: boolean, cuts: Map<number, Cut>) {
    this.#isCutting = isCutting;
    this.#cuts = cuts;
  }

  leaveOut(account: number, code: number): void {
    this.#cut(account, { lots: 0, code });
  }

  /**
   * Holds a place against its hard limits once all have given up their parts. What raised its net is what its accounts
   * gave up on the side of which it gave up more. They are cut by the share by which the rise was too large: at most by
   * as much its other side gives up less, so that the rise then fits.
   */
  judge(state: State, instrument: number, { row, before, changes }: CrossedPlace): void {
    const { underlying, microCoinsPerLot } = state.instruments.columns;
    const of = underlying[instrument]!;
    const passed = passedLimit(state, row, of, before);
    if (passed === undefined) return;
    const { code, excessUsd } = passed;
    const sum = changes.reduce((total, { lots }) => total + lots, 0);
    const raising = excessUsd === 0 ? changes : changes.filter(({ lots }) => lots > 0 === sum > 0);
    const rise = Math.abs(sum);
    const excessLots = Math.ceil(excessUsd / microCoinsUsd(state, of, microCoinsPerLot[instrument]!));
    const isPart = this.#isCutting && excessUsd > 0;
    const fits = isPart ? Math.max(0, rise - excessLots) : 0;
    for (const { account, lots } of raising)
      this.#cut(account, { lots: fits === 0 ? 0 : mulDivFloor(Math.abs(lots), fits, rise), code });
  }

  #cut(account: number, cut: Cut): void {
    this.code = cut.code;
    const known = this.#cuts.get(account);
    if (known === undefined || cut.lots < known.lots) this.#cuts.set(account, cut);
  }
}
