import { describe, expect, test } from 'vitest';
import { liquidateShare, shareToRestore } from './partialLiquidation.ts';
import { deltaMargin, PARADEX_MOVES } from './portfolioMargin.ts';

describe('a delta', () => {
  test('needs 16 % of its notional on either side, half of it to keep', () => {
    expect(deltaMargin(2, 100)).toMatchObject({ scanUsd: 32, initialUsd: 32, maintenanceUsd: 16 });
    expect(deltaMargin(-2, 100).initialUsd).toBe(32);
    expect(deltaMargin(0, 100).initialUsd).toBe(0);
  });

  test('needs 2 % where no move hurts it', () => {
    const rises = PARADEX_MOVES.filter(({ move }) => move >= 0);
    expect(deltaMargin(1, 100, rises)).toMatchObject({ scanUsd: 0, minDeltaUsd: 2, initialUsd: 2 });
  });

  test('a tail counts no more than the edge of the grid', () => {
    const worst = Math.max(...PARADEX_MOVES.map(({ move, weight }) => Math.abs(move) * weight));
    expect(worst).toBe(0.16);
  });
});

describe('partial liquidation', () => {
  const account = { accountValueUsd: 80, maintenanceUsd: 88.8 };

  test('takes the smallest fifth that brings the ratio under 90 %', () => {
    expect(shareToRestore(account, 0.5)).toBe(0.4);
    expect(liquidateShare(account, 0.4, 0.5).ratio).toBeLessThan(0.9);
    expect(liquidateShare(account, 0.2, 0.5).ratio).toBeGreaterThan(0.9);
  });

  test('takes everything when no part helps', () => {
    expect(shareToRestore({ accountValueUsd: -10, maintenanceUsd: 50 }, 0.5)).toBe(1);
  });
});
