import { NO_WINDOW, type Portfolio } from '../../core/margin/portfolio.ts';
import { legsOf } from './plainLegs.ts';
import type { PlainRisk } from './plainMargin.ts';
import { ceilDiv, larger, MONEY, PPM, sum } from './plainMath.ts';

/** Of a day's volume, what may be closed in it. */
const CLOSABLE = 5n;

/** What new risk may not count on, of a book without options: whole micro-USD, rounded up. */
export function plainCreditCut({ source }: PlainRisk, portfolio: Portfolio): bigint {
  const cuts = legsOf(source, portfolio, 'initial').map(({ standalone }, row) => {
    const notional = BigInt(portfolio.notional[row]!);
    const gapPpm = BigInt(Math.round(portfolio.averageGap[row]! * 1e6));
    const gap = (larger(0n, -gapPpm * notional) * MONEY) / PPM;
    const size = larger(notional, -notional);
    const closable = BigInt(source.underlyings[portfolio.underlying[row]!]!.adv30Usd) / CLOSABLE;
    const profit = larger(0n, BigInt(portfolio.unrealized[row]!));
    const tooLarge = size > closable ? (profit * MONEY * (size - closable)) / size : 0n;
    return larger(gap + tooLarge, windowGain(portfolio, row) - standalone);
  });
  return ceilDiv(sum(cuts), MONEY);
}

/** What maintenance margin may not count on: whole micro-USD, rounded up. */
export function plainHeldBack({ source }: PlainRisk, portfolio: Portfolio): bigint {
  const share = BigInt(source.maintenanceShareBps);
  const legs = legsOf(source, portfolio, 'maintenance');
  const held = legs.map(({ standalone }, row) =>
    larger(0n, windowGain(portfolio, row) - (standalone * share) / 10_000n),
  );
  return ceilDiv(sum(held), MONEY);
}

/** Money with 12 digits; a loss where none stands alone, so that nothing is taken. */
function windowGain(portfolio: Portfolio, row: number): bigint {
  const gain = portfolio.windowGain[row]!;
  return portfolio.hasWindow && gain !== NO_WINDOW ? BigInt(gain) * MONEY : -(MONEY ** 3n);
}
