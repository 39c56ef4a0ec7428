import type { NodeLimits, SetLimits } from '../protocol/commands/actions.ts';
import type { Command } from '../protocol/commands/types.ts';
import { SANDBOX_FIRM } from './genesis.ts';

const MILLION_USD = 1_000_000_000_000;

/** Places of the sandbox's firm, in the order they are opened in. */
const [ROOT, MACRO, VOL, BASIS, ALTS] = [0, 1, 2, 3, 4];

/**
 * What each place may hold and lose in a day, soft and hard, and the largest order, in millions of USD: four times the
 * firm's money in all, a quarter of it in a day, less below. Of one coin an owner may hold 25 while its market is young, and one account may use that up.
 */
const places = [
  { node: ROOT, gross: [60, 80], net: [45, 60], order: 30, loss: [3, 5] },
  { node: MACRO, gross: [40, 50], net: [30, 40], order: 30, loss: [2, 3.5] },
  { node: VOL, gross: [20, 25], net: [15, 20], order: 10, loss: [1, 2] },
  { node: BASIS, gross: [30, 40], net: [28, 35], order: 30, loss: [1.5, 2.5] },
  { node: ALTS, gross: [15, 20], net: [10, 15], order: 10, loss: [1, 2] },
] as const;

/** The commands that give a fresh sandbox's firm its limits: what it does can be seen to use them up. */
export function sandboxLimits(): Command[] {
  return places.map((place) => ({ kind: 'Propose', firm: SANDBOX_FIRM, action: limitsOf(place) }));
}

function limitsOf({ node, gross, net, order, loss }: (typeof places)[number]): SetLimits {
  const sums = (severity: 0 | 1): NodeLimits => ({
    grossUsd: gross[severity] * MILLION_USD,
    netUsd: net[severity] * MILLION_USD,
    dayLossUsd: loss[severity] * MILLION_USD,
  });
  return {
    kind: 'SetLimits',
    node,
    limits: { soft: sums(0), hard: { ...sums(1), orderUsd: order * MILLION_USD } },
  };
}
