import type { Genesis } from '../../protocol/commands/types.ts';
import type { AgentScheme } from '../../protocol/enums.ts';

/** A listed asset. Numbers as in `ListAsset`; `underlying` is −1 for the settlement currency. */
export interface AssetFacts {
  name: string;
  decimals: number;
  weightPpm: number;
  underlying: number;
  sources: number;
  poolCapUnits: number;
  redemptionPpm: number;
  /** Where the ratio stood when its day of changes began, and that time: a day moves it by so much and no more. */
  redemptionBasePpm: number;
  redemptionBaseMs: number;
}

/**
 * Names, labels and keys: facts that change by the day, kept as plain data in order of their numbers.
 * No order command writes here, so a preview never has to undo it.
 */
export interface Directory {
  /** Grows with every change; tells caches and gateways to look again. */
  version: number;
  genesis: Genesis | null;
  assets: AssetFacts[];
  underlyings: { name: string }[];
  instruments: { name: string }[];
  /** Tiers in ascending volume. */
  feeTiers: { volumeUsd: number; makerPpm: number; takerPpm: number }[];
  firms: { label: string; owner: string }[];
  accounts: { label: string; firm: number }[];
  members: { firm: number; address: string; role: number; label: string; accounts: number[] }[];
  agents: { member: number; publicKey: string; scheme: AgentScheme; accounts: number[] }[];
  /** `account/reference` of every deposit ever credited: the same money is not credited twice. */
  deposits: string[];
}

export function createDirectory(): Directory {
  return {
    version: 0,
    genesis: null,
    assets: [],
    underlyings: [],
    instruments: [],
    feeTiers: [],
    firms: [],
    accounts: [],
    members: [],
    agents: [],
    deposits: [],
  };
}
