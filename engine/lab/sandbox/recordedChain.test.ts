// Goal: the surface is near what a real market showed, and can stand. How: every expiry of a recorded chain is solved for
// its volatilities, fitted, and held against its own marks; calls against puts say whether the convention is right.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DefectLog } from '../../market/recorded/defects.ts';
import { type OptionQuote, readOptionChain } from '../../market/recorded/optionChain.ts';
import { fitSurface, type Smile } from '../../pricing/fitSurface.ts';
import { impliedVol } from '../../pricing/impliedVol.ts';
import { smileOf } from '../../pricing/smile.ts';
import { judgeSurface, type SurfaceSlice, volatilityOf } from '../../pricing/surface.ts';
import { DAY_MS } from '../../units/time.ts';
import { root } from '../house/sources.ts';

const CHAIN = path.resolve(root, '../shared/data/options/deribit-eth-chain-20240108.csv.gz');
const YEAR_MS = 365 * DAY_MS;

const yearsOf = ({ expiryMs, atMs }: OptionQuote): number => (expiryMs - atMs) / YEAR_MS;
const volOf = (quote: OptionQuote): number | undefined =>
  impliedVol(quote.mark!, quote.forward, quote.strike, yearsOf(quote), quote.isCall);

function byExpiry(chain: readonly OptionQuote[]): OptionQuote[][] {
  const expiries = new Map<number, OptionQuote[]>();
  for (const quote of chain) {
    const own = expiries.get(quote.expiryMs) ?? [];
    expiries.set(quote.expiryMs, [...own, quote]);
  }
  return [...expiries].sort(([a], [b]) => a - b).map(([, quotes]) => quotes);
}

describe.runIf(existsSync(CHAIN))('the ETH chain of 8 January 2024', async () => {
  const log = new DefectLog();
  const chain = existsSync(CHAIN) ? await readOptionChain(CHAIN, log) : [];

  test('is read whole, and all but two contracts have a volatility', () => {
    expect(log.defects).toEqual([]);
    expect(chain).toHaveLength(684);
    expect(chain.filter((quote) => !volOf(quote))).toHaveLength(2);
  });

  test('has the same volatility in calls and puts: the convention is Black’s on the forward', () => {
    const calls = new Map(
      chain.filter(({ isCall }) => isCall).map((quote) => [quote.name.slice(0, -2), quote]),
    );
    const gaps = chain
      .filter(({ isCall }) => !isCall)
      .flatMap((put) => {
        const call = calls.get(put.name.slice(0, -2));
        const [one, other] = [volOf(put), call && volOf(call)];
        return one && other ? [Math.abs(one - other)] : [];
      })
      .sort((a, b) => a - b);
    expect(gaps[Math.floor(gaps.length / 2)]).toBeLessThan(0.0003);
  });

  // Measured: 0.41 points root mean square at most, weighted by vega²; 0.8 within one deviation of the forward and 2.2
  // within two. Further out marks are a tick or two and their volatilities mean little: errors reach 40 points.
  test('is fitted within a point where the money is, expiry by expiry, and stands', () => {
    const smiles = byExpiry(chain).map((quotes) => {
      const [first] = quotes;
      const prices = quotes.map(({ strike, isCall, mark }) => ({ strike, isCall, price: mark! }));
      return smileOf(first!.forward, yearsOf(first!), prices);
    });
    const fits = fitSurface(smiles);
    expect(fits.map(({ outcome }) => outcome)).toEqual(Array(11).fill('fitted'));
    expect(judgeSurface(fits.map(({ slice }) => slice))).toBe('ok');
    for (const [at, smile] of smiles.entries()) {
      const errors = errorsOf(smile, fits[at]!.slice);
      expect(rootMeanSquare(errors)).toBeLessThan(0.005);
      expect(largestWithin(1, errors)).toBeLessThan(0.01);
      expect(largestWithin(2, errors)).toBeLessThan(0.025);
    }
  });
});

interface FitError {
  /** In volatility, 0.01 is a point. */
  readonly off: number;
  readonly weight: number;
  /** How many standard deviations the strike is from the forward. */
  readonly deviations: number;
}

function errorsOf({ forward, years, points }: Smile, slice: SurfaceSlice): FitError[] {
  return points.map(({ strike, volatility, weight }) => ({
    off: Math.abs(volatilityOf(slice, forward, strike, years) - volatility),
    weight,
    deviations: Math.abs(Math.log(strike / forward)) / (volatility * Math.sqrt(years)),
  }));
}

function rootMeanSquare(errors: readonly FitError[]): number {
  const weights = errors.reduce((sum, { weight }) => sum + weight, 0);
  return Math.sqrt(errors.reduce((sum, { off, weight }) => sum + weight * off * off, 0) / weights);
}

function largestWithin(deviations: number, errors: readonly FitError[]): number {
  return Math.max(0, ...errors.filter((error) => error.deviations < deviations).map(({ off }) => off));
}
