import { SETTLEMENT_CURRENCY } from '../../protocol/commands/types.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';
import { SOURCES_PER_UNDERLYING } from './sourceTable.ts';

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
