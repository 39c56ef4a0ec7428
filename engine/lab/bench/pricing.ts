import { fillRiskVector, RISK_CELLS, type RiskVectorOption } from '../../pricing/riskVector.ts';
import { type Random, randomFrom } from '../sim/random.ts';

/** What options cost, on one core of this machine. */
export interface PricingCosts {
  /** All vectors of a venue once, ms. */
  repriceMedianMs: number;
  repriceP99Ms: number;
  vectors: number;
}

const VECTORS = 1_200;
const WARM_UP = 10;
const SAMPLES = 100;

/** Times the repricing of drawn options: days to a year, strikes from half to twice the forward. */
export function measurePricing(seed = 1): PricingCosts {
  const random = randomFrom(seed);
  const options = Array.from({ length: VECTORS }, () => drawOption(random));
  const vectors = new Float64Array(VECTORS * RISK_CELLS);
  const times: number[] = [];
  for (let sample = -WARM_UP; sample < SAMPLES; sample++) {
    const start = performance.now();
    for (let at = 0; at < VECTORS; at++) fillRiskVector(vectors, at * RISK_CELLS, options[at]!);
    if (sample >= 0) times.push(performance.now() - start);
  }
  if (!vectors.every(Number.isSafeInteger)) throw new Error('a risk vector holds no integer');
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
  return { repriceMedianMs: at(0.5), repriceP99Ms: at(0.99), vectors: VECTORS };
}

function drawOption(random: Random): RiskVectorOption {
  const forward = random.chance(0.5) ? 60_000 : 3_000;
  return {
    forward,
    strike: forward * (0.5 + 1.5 * random.unit()),
    volatility: 0.3 + random.unit(),
    years: (1 + random.below(364)) / 365,
    isCall: random.chance(0.5),
    unitsPerLot: 1e-3,
  };
}
