import fc from 'fast-check';
import { expect, test } from 'vitest';
import { black76 } from './black76.ts';

const usd = fc.double({ min: 1e-4, max: 1e7, noNaN: true });
const volatility = fc.double({ min: 0, max: 10, noNaN: true });
const years = fc.double({ min: 0, max: 5, noNaN: true });

test('call minus put is forward minus strike', () => {
  fc.assert(
    fc.property(usd, usd, volatility, years, (forward, strike, vol, time) => {
      const call = black76(forward, strike, vol, time, true);
      const put = black76(forward, strike, vol, time, false);
      expect(Math.abs(call - put - (forward - strike))).toBeLessThanOrEqual(
        1e-12 * Math.max(forward, strike),
      );
    }),
  );
});
