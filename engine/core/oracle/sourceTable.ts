import { SETTLEMENT_CURRENCY } from '../../protocol/commands/types.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';

/** Sources of one underlying at most. */
export const SOURCES_PER_UNDERLYING = 16;

/** What a source last reported. Row = block × SOURCES_PER_UNDERLYING + source; see `sourceBlock`. */
export const SOURCE_LAYOUT = { priceE8: 'f64', sourceTimeMs: 'f64', receivedMs: 'f64' } as const;

/** First row of the sources of an underlying; those of the settlement currency stand behind all others. */
export function firstSource(state: State, underlying: number): number {
  const block = underlying === SETTLEMENT_CURRENCY ? state.limits.underlyings : underlying;
  return block * SOURCES_PER_UNDERLYING;
}

/** Sources listed for an underlying or for the settlement currency; undefined for what is not listed. */
export function listedSources(state: State, underlying: number): number | undefined {
  if (underlying === SETTLEMENT_CURRENCY) return state.directory.assets[USDC]?.sources;
  if (underlying >= highWater(state.underlyings)) return undefined;
  return state.underlyings.columns.sources[underlying]!;
}
