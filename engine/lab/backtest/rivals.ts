import { UnderlyingClass } from '../../protocol/enums.ts';
import type { Market } from './markets.ts';

/** A rule of another venue for one small linear position, as shares of its size. */
export interface Rival {
  readonly name: string;
  readonly initial: number;
  readonly maintenance: number;
}

/**
 * Highest leverage on Hyperliquid, first tier. BTC, ETH and SOL are as published (see `engine/venues/hyperliquid`); the
 * others, 10 and 5 for the tail, are our reading of its classes and were not checked coin by coin.
 */
const leverageMax: Readonly<Record<string, number>> = { BTC: 40, ETH: 25, SOL: 20, XRP: 20 };
const LEVERAGE_MAX_OF_ALTS = 10;
const LEVERAGE_MAX_OF_TAIL = 5;

/** A shock of ±16 % for everything, as a portfolio margin with a fixed grid has it; one rate opens and keeps. */
export const FIXED_SHOCK = 0.16;

/** Three tiers by liquidity, 60 % to keep. */
const TIER_MAINTENANCE_SHARE = 0.6;

/** In this order in every table. */
export const RIVAL_NAMES = ['Hyperliquid', 'fixed 16 %', 'fixed tiers'] as const;

export function rivalsOf(market: Market): Rival[] {
  const leverage = leverageMaxOf(market);
  const tier = tierOf(market.class);
  return [
    { name: RIVAL_NAMES[0], initial: 1 / leverage, maintenance: 1 / (2 * leverage) },
    { name: RIVAL_NAMES[1], initial: FIXED_SHOCK, maintenance: FIXED_SHOCK },
    { name: RIVAL_NAMES[2], initial: tier, maintenance: tier * TIER_MAINTENANCE_SHARE },
  ];
}

function leverageMaxOf({ asset, class: kind }: Market): number {
  if (kind === UnderlyingClass.tail) return LEVERAGE_MAX_OF_TAIL;
  return leverageMax[asset] ?? LEVERAGE_MAX_OF_ALTS;
}

function tierOf(kind: UnderlyingClass): number {
  switch (kind) {
    case UnderlyingClass.bitcoin:
    case UnderlyingClass.ether:
      return 0.05;
    case UnderlyingClass.solana:
    case UnderlyingClass.large:
      return 0.1;
    case UnderlyingClass.mid:
    case UnderlyingClass.tail:
      return 0.2;
  }
}
