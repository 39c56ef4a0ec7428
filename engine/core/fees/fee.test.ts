import fc from 'fast-check';
import { expect, test } from 'vitest';
import { all, BASIS, MAKER, openDesk } from '../../lab/fixtures/desk.ts';
import { DAY_MS } from '../../units/time.ts';
import { feeOf } from './fee.ts';

test('a fee is rounded up and a rebate toward nothing, exact at any size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 51 }),
      fc.integer({ min: -300, max: 10_000 }),
      (notional, rate) => {
        const exact = BigInt(notional) * BigInt(rate);
        const up = exact >= 0n ? (exact + 999_999n) / 1_000_000n : exact / 1_000_000n;
        expect(feeOf(notional, rate)).toBe(Number(up));
      },
    ),
  );
});

test('a firm pays the tier of its last thirty days, from the first tick of a day on', () => {
  const desk = openDesk();
  const trade = () => {
    desk.place({ account: MAKER, side: 1, sizeLots: 1_000_000 });
    const fills = all(desk.place({ sizeLots: 1_000_000 }), 'OrderFilled');
    desk.place({ account: MAKER, sizeLots: 1_000_000 });
    desk.place({ side: 1, sizeLots: 1_000_000 });
    return fills.find((fill) => fill.account === BASIS)!.fee / (100 * 60_000);
  };
  // 100 BTC at 60 000 are 6 m USD: 450 ppm at first, 400 once 12 m stand in the books.
  expect(trade()).toBe(450);
  expect(trade()).toBe(450);
  desk.wait(DAY_MS).prices({ 0: 60_000 });
  desk.run({ kind: 'Tick' });
  expect(trade()).toBe(400);
  desk.wait(40 * DAY_MS).prices({ 0: 60_000 });
  desk.run({ kind: 'Tick' });
  expect(trade()).toBe(450);
});
