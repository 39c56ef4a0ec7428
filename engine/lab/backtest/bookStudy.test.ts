// Goal: a book is asked what the engine would ask and loses what its legs lose. How: two assets whose prices are made
// up, so that the loss of a pair can be told without a program.
import { describe, expect, test } from 'vitest';
import { createRiskParameters } from '../../core/margin/parameters.ts';
import { HOUR_MS } from '../../units/time.ts';
import { studyAsset } from './assetStudy.ts';
import { BookMeasure, parametersByHour, studyBook } from './bookStudy.ts';
import { type Book, booksOf } from './books.ts';
import { correlationOf } from './correlationStudy.ts';
import { marketOf } from './markets.ts';
import { type Panel, panelsOf, withCredit } from './panel.ts';
import { FIXTURE_START_MS, tapeOf, wanderingCloses } from './tapeFixture.ts';

const HOURS = 400;

function panelWith(closes: Record<string, number[]>): Panel {
  const studies = Object.entries(closes).map(([asset, close]) =>
    studyAsset({ asset, tapes: [tapeOf(close, { asset })] }, marketOf(asset)!),
  );
  const untilMs = FIXTURE_START_MS + HOURS * HOUR_MS;
  return panelsOf(studies, [{ name: 'made up', fromMs: FIXTURE_START_MS, untilMs }])[0]!;
}

const flat = Array.from({ length: HOURS }, () => 100);
/** Flat, but for one hour in which BTC falls by a fifth and stays there. */
const broken = flat.map((price, hour) => (hour < 300 ? price : 80));

function bookOf(panel: Panel, name: string): Book {
  return booksOf(panel.assets, 1).find((book) => book.name === name)!;
}

describe('a long of BTC through one fall of 20 %', () => {
  const panel = panelWith({ BTC: broken, ETH: flat });
  const study = studyBook(panel, parametersByHour(panel), bookOf(panel, 'long BTC'), 'small');

  test('is breached once, by 20 % over the range of an hour', () => {
    expect(study.breaches[BookMeasure.scan]).toBe(1);
    expect(study.events[BookMeasure.maintenance]).toBe(1);
    // 6 · 3.5 % · sqrt(1 ÷ 24), the hour standing for the half hour that bars cannot judge.
    expect(study.worstRatio).toBeCloseTo(0.2 / (6 * 0.035 * Math.sqrt(1 / 24)), 2);
    expect(study.worstMs).toBe(FIXTURE_START_MS + 300 * HOUR_MS);
  });

  test('then opens at four times the margin at once', () => {
    expect(study.rises[0]!.factor).toBeCloseTo(4, 6);
    expect(study.initial).toBeGreaterThan(study.maintenance);
  });
});

test('a pair whose legs fall together loses nothing', () => {
  const panel = panelWith({ BTC: broken, ETH: broken });
  const study = studyBook(panel, parametersByHour(panel), bookOf(panel, 'long BTC, short ETH'), 'small');
  expect([...study.breaches]).toEqual([0, 0, 0, 0]);
  expect(study.worstRatio).toBe(0);
});

test('a large book has the horizon of its slowest leg and pays for it', () => {
  const panel = panelWith({ BTC: wanderingCloses(HOURS, 1, 0.001), SOL: wanderingCloses(HOURS, 2, 0.002) });
  const hours = parametersByHour(panel);
  const [small, large] = (['small', 'large'] as const).map((size) =>
    studyBook(panel, hours, bookOf(panel, 'long BTC, short SOL'), size),
  );
  expect(small!.overlap).toBe(1);
  expect(large!.overlap).toBe(12);
  expect(large!.initial).toBeGreaterThan(small!.initial);
});

test('credit reaches the low set alone', () => {
  const panel = panelWith({ BTC: flat, ETH: flat });
  const shipped = [createRiskParameters(panel.source)];
  const [none] = withCredit(shipped, 0);
  expect([...none!.low.rho]).toEqual([0, 0, 0, 0]);
  expect(none!.high).toBe(shipped[0]!.high);
  const pair = bookOf(panel, 'long BTC, short ETH');
  const hours = parametersByHour(panel);
  expect(studyBook(panel, withCredit(hours, 0), pair, 'small').initial).toBeGreaterThan(
    studyBook(panel, hours, pair, 'small').initial,
  );
});

describe('the books', () => {
  const books = booksOf(['BTC', 'ETH', 'SOL', 'DOGE'], 7);

  test('have a gross of one and a name of their own', () => {
    for (const { shares } of books) {
      const gross = [...shares.values()].reduce((sum, share) => sum + Math.abs(share), 0);
      expect(gross).toBeCloseTo(1, 12);
    }
    expect(new Set(books.map(({ name }) => name)).size).toBe(books.length);
  });

  test('are the same for the same seed', () => {
    expect(booksOf(['BTC', 'ETH', 'SOL', 'DOGE'], 7)).toEqual(books);
    expect(booksOf(['BTC', 'ETH', 'SOL', 'DOGE'], 8)).not.toEqual(books);
  });
});

test('correlation is 1 with itself, −1 with its mirror, and does not see scale', () => {
  const a = [1, 4, 2, 8];
  expect(correlationOf(a, a)).toBeCloseTo(1, 12);
  expect(
    correlationOf(
      a,
      a.map((value) => 3 - 2 * value),
    ),
  ).toBeCloseTo(-1, 12);
});
