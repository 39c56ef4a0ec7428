import type { MarketView } from '../../protocol/views/market.ts';
import { parseDecimal } from '../../units/decimal.ts';

/** Digits after the point that any venue writes. */
const DECIMALS = 8;
const SCALE = 100_000_000;

/** Recorded prices and sizes in an instrument's ticks and lots, exactly or not at all. */
export class Grid {
  readonly #ticksPerUsd: number;
  readonly #lotsPerUnit: number;

  constructor({ ticksPerUsd, lotsPerUnit }: Pick<MarketView, 'ticksPerUsd' | 'lotsPerUnit'>) {
    this.#ticksPerUsd = ticksPerUsd;
    this.#lotsPerUnit = lotsPerUnit;
  }

  /** Undefined when the text is not a price on a tick. */
  ticks(priceText: string): number | undefined {
    return steps(priceText, this.#ticksPerUsd);
  }

  /** Undefined when the text is not a whole number of lots. */
  lots(sizeText: string): number | undefined {
    return steps(sizeText, this.#lotsPerUnit);
  }
}

function steps(text: string, perUnit: number): number | undefined {
  const scaled = parseDecimal(text, DECIMALS);
  if (scaled === undefined || scaled < 0) return undefined;
  const exact = scaled * perUnit;
  if (!Number.isSafeInteger(exact) || exact % SCALE !== 0) return undefined;
  return exact / SCALE;
}
