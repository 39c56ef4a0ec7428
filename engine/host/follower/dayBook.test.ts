import { expect, test } from 'vitest';
import { equityUsd } from '../../core/margin/equity.ts';
import { ALTS, BASIS, Desk, OTHER, openDesk } from '../../lab/fixtures/desk.ts';
import { FIRM } from '../../lab/fixtures/firmDesk.ts';
import { Side } from '../../protocol/enums.ts';
import { DAY_MS } from '../../units/time.ts';
import { DayBook } from './dayBook.ts';

const USD = 1_000_000;

/** The book hears of the last command as a follower's does: after it. */
function heard(desk: Desk, book: DayBook): void {
  const { out } = desk.engine;
  book.follow(desk.engine, out.lanes.slice(0, out.length));
}

function pnlOf(desk: Desk, book: DayBook, account: number): number | null {
  return book.pnlUsd(account, equityUsd(desk.engine.risk.portfolioOf(account)));
}

test('what prices bring is earned, what is moved in or out is not', () => {
  const desk = openDesk();
  const book = new DayBook();
  desk.place({ account: OTHER, sizeLots: 60, priceTicks: 600_000, side: Side.sell });
  desk.place({ account: BASIS, sizeLots: 60, priceTicks: 600_000 });
  heard(desk, book);
  expect([BASIS, ALTS].map((account) => pnlOf(desk, book, account))).toEqual([0, 0]);

  desk.accept({ kind: 'CreditDeposit', account: ALTS, asset: 'USDC', amount: 7 * USD, reference: 'x' });
  heard(desk, book);
  const transfer = { kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount: 5 * USD } as const;
  desk.accept({ kind: 'Propose', firm: FIRM, action: transfer });
  heard(desk, book);
  expect([BASIS, ALTS].map((account) => pnlOf(desk, book, account))).toEqual([0, 0]);

  const before = equityUsd(desk.engine.risk.portfolioOf(BASIS));
  desk.prices({ 0: 61_000 });
  heard(desk, book);
  const earned = equityUsd(desk.engine.risk.portfolioOf(BASIS)) - before;
  expect(earned).toBeGreaterThan(0);
  expect(pnlOf(desk, book, BASIS)).toBe(earned);
});

test('a new day begins with nothing earned', () => {
  const desk = openDesk();
  const book = new DayBook();
  heard(desk, book);
  desk.prices({ 0: 61_000 });
  heard(desk, book);
  // The account's own coins count as well.
  expect(pnlOf(desk, book, BASIS)).toBeGreaterThan(0);
  const { sinceMs } = book;
  desk.wait(DAY_MS);
  desk.run({ kind: 'Tick' });
  heard(desk, book);
  expect(pnlOf(desk, book, BASIS)).toBe(0);
  expect(book.sinceMs).toBe(sinceMs + DAY_MS);
});

test('coins that have no price yet begin no day: a first price earns nothing', () => {
  const desk = new Desk();
  const book = new DayBook();
  heard(desk, book);
  expect([book.sinceMs, pnlOf(desk, book, BASIS)]).toEqual([0, null]);
  desk.prices({ 0: 60_000, 1: 3_000 });
  heard(desk, book);
  expect([book.sinceMs, pnlOf(desk, book, BASIS)]).toEqual([desk.timeMs, 0]);
});
