import { expect, test } from 'vitest';
import { isolationText } from './isolation.ts';

test('a market that stands alone says by which rule, what passes, and until when at least', () => {
  const isolation = { rule: 'sources' as const, endsMsMin: Date.UTC(2026, 10, 20, 12, 34, 56) };
  expect(isolationText('ETH', isolation)).toBe(
    'ETH stands alone: too few price sources are live. Only orders that reduce pass, and gains in it lend nothing, until 12:34 UTC or later.',
  );
});
