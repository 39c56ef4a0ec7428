// Goal: the map of a desk is the sum of what `stressPortfolio` says of each account, whoever's turn it was. How: the
// sandbox with a position on either side, and a clock that leaves time for one account a question.
import { expect, test } from 'vitest';
import { stressPortfolio } from '../../core/margin/stress.ts';
import { ALTS, BASIS, BTC, MAKER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { StressBook } from './stressBook.ts';

const accounts = [BASIS, ALTS, VOL];
const stopped = () => 0;

function deskWithPosition() {
  const desk = openDesk();
  desk.place({ account: MAKER, instrument: BTC, side: 1, priceTicks: 600_000, sizeLots: 20_000 });
  desk.place({ account: VOL, instrument: BTC, side: 0, priceTicks: 600_000, sizeLots: 20_000 });
  return desk;
}

test('every cell is the sum of its accounts under that stress', () => {
  const { engine } = deskWithPosition();
  const view = new StressBook(stopped).read(engine, accounts);
  expect([view.measured, view.accounts, view.market]).toEqual([3, 3, 'BTC']);
  const { risk } = engine;
  for (const [row, volatility] of [1, 0.5, 0, -0.5, -1].entries()) {
    for (const [column, market] of view.moves.entries()) {
      const outcomes = accounts.map((account) =>
        stressPortfolio(risk.parameters(), risk.portfolioOf(account), {
          id: '',
          name: '',
          market,
          volatility,
        }),
      );
      const cell = view.cells[row * view.moves.length + column]!;
      expect(cell.pnlUsd).toBe(outcomes.reduce((sum, { pnlUsd }) => sum + pnlUsd, 0));
      expect(cell.over).toEqual(accounts.filter((_, at) => outcomes[at]!.ratioPpm >= 1e6));
    }
  }
  const still = view.cells[2 * view.moves.length + view.moves.indexOf(0)]!;
  expect(still).toEqual({ pnlUsd: 0, over: [] });
});

test('where time is short accounts take turns, and the view says how many it knows', () => {
  const desk = deskWithPosition();
  let nowMs = 0;
  const book = new StressBook(() => {
    nowMs += 100;
    return nowMs;
  });
  const read = () => book.read(desk.engine, accounts);
  expect([read().measured, read().measured, read().measured]).toEqual([1, 2, 3]);
  const before = read();
  desk.wait(1_000);
  desk.prices({ 0: 61_000 });
  const after = read();
  expect(after.oldestSeq).toBe(before.oldestSeq);
  expect(after.seq).toBeGreaterThan(before.seq);
  read();
  expect(read().oldestSeq).toBeGreaterThan(before.oldestSeq);
});
