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
