import type { ScenarioView } from '../../protocol/views/margin.ts';

/** Underlyings a sentence names besides the epicentre before it only counts them. */
const NAMED_MAX = 3;

/**
 * A move as traders write it, with a true minus sign and one decimal.
 *
 * @example -0.1704 → "−17.0 %"
 */
export function moveWords(move: number): string {
  const tenths = Math.round(Math.abs(move) * 1_000);
  const sign = tenths === 0 ? '' : move < 0 ? '−' : '+';
  return `${sign}${Math.floor(tenths / 10)}.${tenths % 10} %`;
}

/** A list of moves in words, the first few named and the rest counted. */
export function movesWords(moves: readonly { underlying: string; move: number }[]): string {
  const named = moves.slice(0, NAMED_MAX).map(({ underlying, move }) => `${underlying} ${moveWords(move)}`);
  const rest = moves.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
}

/**
 * A scenario as a sentence.
 *
 * @example "ETH −17.0 % with vol up, dragging BTC −11.2 %, SOL −9.0 %"
 */
export function scenarioWords(scenario: ScenarioView): string {
  const { moves, bound } = scenario;
  if (scenario.kind === 'none') return 'No position at risk';
  const words = scenario.kind === 'altGap' ? gapWords(scenario) : epicentreWords(scenario);
  const isBounded = bound === 'floor' && moves.length > 1;
  return isBounded ? `${words}; raised to the floor of 40 % of the legs alone` : words;
}

function epicentreWords({ moves, fraction, volatility }: ScenarioView): string {
  if (fraction === 0) return `Volatility ${volatility}, prices as they are`;
  const epicentre = `${movesWords(moves.slice(0, 1))}${volatilityWords(volatility)}`;
  const dragged = moves.slice(1);
  return dragged.length === 0 ? epicentre : `${epicentre}, dragging ${movesWords(dragged)}`;
}

function gapWords({ moves, volatility }: ScenarioView): string {
  return `All alts gap down${volatilityWords(volatility)}: ${movesWords(moves)}`;
}

function volatilityWords(volatility: ScenarioView['volatility']): string {
  return volatility === 'same' ? '' : ` with vol ${volatility}`;
}
