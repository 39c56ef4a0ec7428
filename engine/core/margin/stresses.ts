import { type RiskParameters, UNDERLYINGS_MAX } from './parameters.ts';

/** A stress by its name: who moves how far, and what implied volatility does, all at once. */
export interface Stress {
  readonly id: string;
  /** In percent, as a risk officer says it. */
  readonly name: string;
  /** Returns of underlyings by symbol. */
  readonly moves?: Readonly<Record<string, number>>;
  /** Return of every underlying that is no major and has none of its own. */
  readonly alts?: number;
  /** Return of the market underlying; all that have none of their own follow it by their β. */
  readonly market?: number;
  /** Share of the step to the state up of the risk vectors, negative to the state down; −1 to 1. */
  readonly volatility: number;
}

/** What a month's volatility does in the two states of a risk vector, percent; shorter options move more, longer ones less. */
export const VOLATILITY_STEP_PERCENT = { up: 50, down: 25 } as const;

const UP = 1;
const HALF_UP = 0.5;
const SAME = 0;
const DOWN = -1;

/** The fixed list, in the order it is shown. S1 has the size of October 2025, S10 that of one coin's squeeze. */
export const STRESSES: readonly Stress[] = [
  {
    id: 'S1',
    name: 'Alts −50, ETH −20, BTC −13',
    alts: -0.5,
    moves: { ETH: -0.2, BTC: -0.13 },
    volatility: SAME,
  },
  { id: 'S2', name: 'Market −20 at β, vol +50', market: -0.2, volatility: UP },
  { id: 'S3', name: 'Market +20 at β, vol +25', market: 0.2, volatility: HALF_UP },
  { id: 'S4', name: 'ETH +15 alone, vol +50', moves: { ETH: 0.15 }, volatility: UP },
  { id: 'S5', name: 'ETH −15 alone, vol +50', moves: { ETH: -0.15 }, volatility: UP },
  { id: 'S6', name: 'BTC −10, ETH +10', moves: { BTC: -0.1, ETH: 0.1 }, volatility: SAME },
  { id: 'S7', name: 'Vol +50, prices flat', volatility: UP },
  { id: 'S8', name: 'Vol −25, prices flat', volatility: DOWN },
  { id: 'S9', name: 'SOL +30, other alts +20', alts: 0.2, moves: { SOL: 0.3 }, volatility: SAME },
  { id: 'S10', name: 'DOGE +100 alone', moves: { DOGE: 1 }, volatility: SAME },
  { id: 'S11', name: 'BTC +15 alone, vol +50', moves: { BTC: 0.15 }, volatility: UP },
  { id: 'S12', name: 'BTC −15 alone, vol +50', moves: { BTC: -0.15 }, volatility: UP },
  { id: 'S13', name: 'Market −5 at β, vol +25', market: -0.05, volatility: HALF_UP },
];

/** Those that say something of what is listed: one that names a coin nobody trades here is left out. */
export function stressesFor({ symbols }: Pick<RiskParameters, 'symbols'>): readonly Stress[] {
  return STRESSES.filter(({ moves = {} }) => Object.keys(moves).every((symbol) => symbols.includes(symbol)));
}

/**
 * Returns of all underlyings under a stress. β is ρ·σ ÷ σ of the market underlying, with volatilities of now and
 * the correlations that must be feared: at −20 % alts fall further than in a calm month.
 *
 * @returns by underlying id, never below −1: a price stops at zero; valid until the next call
 * @example BTC −20 %, ETH with ρ 0.99 and σ 4.5 % to 3.5 % → ETH −25.5 %
 */
export function stressMoves(parameters: RiskParameters, stress: Stress): Float64Array {
  const { count, symbols, isMajor } = parameters;
  for (let underlying = 0; underlying < count; underlying++) {
    const own = stress.moves?.[symbols[underlying]!];
    const alts = isMajor[underlying] === 1 ? undefined : stress.alts;
    const market = stress.market === undefined ? 0 : stress.market * betaOf(parameters, underlying);
    returns[underlying] = Math.max(-1, own ?? alts ?? market);
  }
  return returns;
}

const returns = new Float64Array(UNDERLYINGS_MAX);

function betaOf({ high, sigmaNow, marketUnderlying, count }: RiskParameters, underlying: number): number {
  if (underlying === marketUnderlying) return 1;
  const rho = high.rho[marketUnderlying * count + underlying]!;
  return (rho * sigmaNow[underlying]!) / sigmaNow[marketUnderlying]!;
}
