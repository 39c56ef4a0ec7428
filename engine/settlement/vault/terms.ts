import { ChainError } from '../chain/chainError.ts';

/** Everything a vault is made with, as its constructor takes it, tokens and governor aside: they get their addresses with it. */
export interface VaultPlan {
  readonly hot: readonly string[];
  readonly threshold: number;
  readonly guardians: readonly string[];
  /** Of the timelock that governs it. */
  readonly governorDelayS: number;
  readonly proposer: string;
  readonly assets: readonly AssetPlan[];
  readonly terms: VaultTerms;
}

/** An asset of the engine, by its number there, and the token that stands for it. */
export interface AssetPlan {
  readonly name: string;
  /** Of the engine's unit and of the token: the token has as many or more. */
  readonly decimals: number;
  readonly tokenDecimals: number;
  /** In units. */
  readonly minimum: number;
  readonly windowS: number;
  readonly capOfAll: number;
  readonly capOfEach: number;
}

/** Seconds, fixed for the life of a vault; what each is: `contracts/src/Actors.sol`. */
export interface VaultTerms {
  readonly dispute: number;
  readonly rootTimeout: number;
  readonly forcedGrace: number;
  readonly whitelistDelay: number;
  readonly reclaimDelay: number;
  readonly maxPause: number;
  readonly lag: number;
  readonly lead: number;
}

/** Token wei of one unit of the engine. */
export function weiPerUnit({ decimals, tokenDecimals }: AssetPlan): bigint {
  return 10n ** BigInt(tokenDecimals - decimals);
}

const HOUR_S = 3_600;
/** Posted without a reason within a silence that allows a freeze. */
const HEARTBEATS = 4;
/** Of them that must be left over when a root was signed and lost: one until it is cut, one for the next to be posted. */
const HEARTBEATS_LEFT = 2;

/** For the root before to be final, the next to be due, and the claim: beside the disputes. */
const HALF_LEFT_S = 30;

/** Seconds after which a root is posted although nothing has happened. */
export function heartbeatS({ rootTimeout }: Pick<VaultTerms, 'rootTimeout'>): number {
  return Math.min(HOUR_S, rootTimeout / HEARTBEATS);
}

/**
 * Signers of a root that was lost sign another one of its epoch only `lag + lead` later, and a freeze for want of a root has
 * no way back: a vault whose silence may not last that long could be lost with one root.
 *
 * A demand of an owner's is served in halves of its time: what is free, then what has to be closed for it.
 *
 * @fails ChainError when `lag + lead` and two heartbeats do not fit into `rootTimeout`, or two disputes and half a minute not
 *   into half of `forcedGrace`
 */
export function requireServable(
  terms: Pick<VaultTerms, 'rootTimeout' | 'lag' | 'lead' | 'dispute' | 'forcedGrace'>,
): void {
  const { rootTimeout, lag, lead, dispute, forcedGrace } = terms;
  const halfS = HALF_LEFT_S + 2 * dispute;
  if (forcedGrace / 2 < halfS)
    throw new ChainError(
      `A vault that may be frozen ${forcedGrace} s after a demand is not made: half of that is less than the ${halfS} s that two roots and a claim take.`,
    );
  const neededS = lag + lead + HEARTBEATS_LEFT * heartbeatS(terms);
  if (neededS < rootTimeout) return;
  throw new ChainError(
    `A vault that may be frozen after ${rootTimeout} s without a root is not made: when a root is lost the next may come ${neededS} s after the one before it, with a lag of ${lag} s and a lead of ${lead} s.`,
  );
}
