import { UnderlyingClass } from '../../../protocol/enums.ts';
import { PPM_SCALE } from '../../../units/rate.ts';

/** `0.0303` → `3.03 %`. */
export function percent(share: number, digits = 2): string {
  if (!Number.isFinite(share)) return '–';
  const figure = Math.abs(share * 100).toFixed(digits);
  return `${share < 0 && Number(figure) > 0 ? '−' : ''}${figure} %`;
}

/** A move with its sign: `−11.1 %`. */
export function signedPercent(move: number, digits = 1): string {
  const sign = move < 0 ? '−' : '+';
  return Number.isFinite(move) ? `${sign}${percent(Math.abs(move), digits)}` : '–';
}

/** `×1.84`. */
export function times(factor: number): string {
  return Number.isFinite(factor) ? `×${factor.toFixed(2)}` : '–';
}

export function multiplier(ppm: number): string {
  return (ppm / PPM_SCALE).toFixed(2);
}

/** Thousands apart: `42,107`. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function hours(value: number): string {
  return value < 1 ? `${value * 60} min` : `${value} h`;
}

/** `2020-03-12 10:00`, UTC. */
export function hourOf(timeMs: number): string {
  return Number.isFinite(timeMs) ? new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ') : '–';
}

export function dayOf(timeMs: number): string {
  return hourOf(timeMs).slice(0, 10);
}

export function className(kind: UnderlyingClass): string {
  switch (kind) {
    case UnderlyingClass.bitcoin:
      return 'BTC';
    case UnderlyingClass.ether:
      return 'ETH';
    case UnderlyingClass.solana:
      return 'SOL';
    case UnderlyingClass.large:
      return 'large';
    case UnderlyingClass.mid:
      return 'mid';
    case UnderlyingClass.tail:
      return 'tail';
  }
}
