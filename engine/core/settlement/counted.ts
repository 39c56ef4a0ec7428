import type { Engine } from '../engine.ts';
import { rememberFact } from '../memory/undo.ts';
import type { SettlementFacts } from './settlementFacts.ts';

/** Deposits remembered once the vault counts them: more than a chain takes back. */
const COUNTED_MAX = 1_024;

/** Remembers what became of the vault's next deposit, so that it can be taken back. No fact of anybody's screen. */
export function noteCounted({ state, undo }: Engine, deposit: SettlementFacts['counted'][number]): void {
  const { directory } = state;
  const before = directory.settlement;
  if (before.vault === null) return;
  const counted = [...before.counted.slice(1 - COUNTED_MAX), deposit];
  directory.settlement = { ...before, counted };
  rememberFact(undo, () => {
    directory.settlement = before;
  });
}
