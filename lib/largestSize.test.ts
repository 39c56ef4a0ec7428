import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorView } from '../engine/protocol/errors.ts';
import type { PreviewView } from '../engine/protocol/views/preview.ts';
import { largestSize } from './largestSize.ts';

/** An engine that accepts up to so many lots. */
const upTo = (most: number) => async (lots: number) =>
  ({ refusal: lots > most ? errorView('margin.initialInsufficient') : undefined }) as PreviewView;

test('the largest size passes and one lot more does not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 2_147_483_646 }),
      fc.integer({ min: 1, max: 2_147_483_646 }),
      async (most, over) => {
        const refused = Math.min(2_147_483_647, most + over);
        expect(await largestSize(upTo(most), refused)).toBe(most);
      },
    ),
  );
});
