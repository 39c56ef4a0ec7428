import type { PreviewView } from '../engine/protocol/views/preview.ts';

/** Sizes are 31-bit, so this many halvings end at one lot. */
const QUESTIONS_MAX = 31;

/**
 * The most lots that the engine would accept, by asking its copy about half of what is left again and
 * again. Between two questions the account may move, so the last word is the next preview's.
 *
 * @param ask previews the order at this many lots
 * @param refusedLots a size that is refused now
 * @returns 0 when not even one lot passes
 */
export async function largestSize(
  ask: (lots: number) => Promise<PreviewView>,
  refusedLots: number,
): Promise<number> {
  let passes = 0;
  let refused = refusedLots;
  for (let count = 0; count < QUESTIONS_MAX && refused - passes > 1; count++) {
    const middle = passes + Math.floor((refused - passes) / 2);
    const { refusal } = await ask(middle);
    // A size that is too small for the market is not a reason to look among smaller ones.
    if (refusal === undefined || refusal.code === 'order.notionalTooSmall') passes = middle;
    else refused = middle;
  }
  return passes;
}
