import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import type { SettlementFacts } from './settlementFacts.ts';

/**
 * Puts facts of settlement in the place of those there are, so that what was tried can be taken back.
 *
 * @param restore puts back what was changed besides
 */
export function changeSettlement(
  engine: Engine,
  facts: Partial<SettlementFacts>,
  restore: () => void = () => {},
): void {
  const { directory } = engine.state;
  const before = directory.settlement;
  directory.settlement = { ...before, ...facts };
  directoryChanged(engine, () => {
    directory.settlement = before;
    restore();
  });
}
