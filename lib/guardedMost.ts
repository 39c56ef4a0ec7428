import { firstWithout } from '../engine/units/halving.ts';

/**
 * The most lots that a person's own hard limits let pass, and what they say to one lot more.
 *
 * @param refusalAt what they say to an order of so many lots; a limit on its price says it to every size
 * @returns undefined when they let the largest order of the market pass
 */
export function guardedMost(
  refusalAt: (lots: number) => string | undefined,
  sizeLotsMax: number,
): { lots: number; refusal: string } | undefined {
  if (refusalAt(sizeLotsMax) === undefined) return undefined;
  const refused = firstWithout(0, sizeLotsMax, (lots) => refusalAt(lots) === undefined);
  return { lots: refused - 1, refusal: refusalAt(refused) ?? '' };
}
