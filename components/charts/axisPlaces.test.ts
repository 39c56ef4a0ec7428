import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisPlaces, coveredTicks, LABEL_PX } from './axisPlaces.ts';

test('a label that is alone stands at its price, and one off the axis stands nowhere', () => {
  expect(axisPlaces([50, 120, -3, 301], 200, 300)).toEqual([50, 120, undefined, undefined]);
});

test('labels beside the last price leave it free, in the order of their prices', () => {
  expect(axisPlaces([98, 96, 101], 100, 300)).toEqual([100 - LABEL_PX, 100 - 2 * LABEL_PX, 100 + LABEL_PX]);
});

test('labels at the end of the axis are pushed back in', () => {
  expect(axisPlaces([299, 298], 100, 300)).toEqual([300 - LABEL_PX / 2, 300 - 1.5 * LABEL_PX]);
});

// Goal: no two labels share a pixel wherever prices are. Held while the axis has room for them on both sides of the
// last price; with more labels than axis the nearest come to lie over one another, as they must.
test('where there is room no label touches another or the last price', () => {
  const y = fc.double({ min: 0, max: 600, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(y, { maxLength: 8 }),
      fc.double({ min: 200, max: 400, noNaN: true }),
      (ys, lastY) => {
        const places = axisPlaces(ys, lastY, 600);
        const all = [...places.map((place) => place!), lastY].sort((a, b) => a - b);
        for (let next = 1; next < all.length; next++)
          expect(all[next]! - all[next - 1]!).toBeGreaterThan(LABEL_PX - 1e-6);
        for (const place of places) {
          expect(place).toBeGreaterThanOrEqual(LABEL_PX / 2 - 1e-6);
          expect(place).toBeLessThanOrEqual(600 - LABEL_PX / 2 + 1e-6);
        }
      },
    ),
  );
});

test('a number of the axis that a label covers in part is not drawn, one beside it is', () => {
  expect(coveredTicks([50, 100, 150], [110])).toEqual([100]);
  expect(coveredTicks([50, 100, 150], [100 + LABEL_PX, 30])).toEqual([]);
  expect(coveredTicks([50], [])).toEqual([]);
});
