import type { OrderTypeName, SelfTradeName, SideName, TimeInForceName } from '../../engine/protocol/enums.ts';

/** The words of a confirmation, once for who writes them and who reads them back. No word stands for two things. */

export const sideWords: Record<SideName, string> = { buy: 'Buy', sell: 'Sell' };

export const typeWords: Record<OrderTypeName, string> = {
  limit: 'limit',
  market: 'at market',
  stopMarket: 'stop market',
  stopLimit: 'stop limit',
  takeMarket: 'take market',
  takeLimit: 'take limit',
};

/** Before the price of an order at market: it may be better, and is not asked for. */
export const worstWords = 'no worse than';

export const lifeWords: Record<TimeInForceName, string> = {
  gtc: 'good till cancelled',
  ioc: 'immediate or cancel',
  fok: 'fill or kill',
  gtt: 'good till its time',
};

export const selfTradeWords: Record<SelfTradeName, string> = {
  expireTaker: 'meeting an own order cancels this one',
  expireMaker: 'meeting an own order cancels the resting one',
  expireBoth: 'meeting an own order cancels both',
};

/** What was said and what was left open are two things, and read differently. */
export const postOnlyWords = { yes: 'post only', no: 'may take' } as const;
export const reduceOnlyWords = { yes: 'reduce only', no: 'may open' } as const;

/** The word behind words; undefined when nobody wrote them. */
export function wordOf<K extends string>(words: Record<K, string>, text: string): K | undefined {
  return (Object.keys(words) as K[]).find((key) => words[key] === text);
}

/** Groups digits for the eye and touches none of them: `63104.50` → `63,104.50`. */
export function groupedDecimal(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

/** The last millisecond that a date of four digits can say. */
const YEAR_10000_MS = 253_402_300_800_000;

/** `2026-11-21 15:50:00.000 UTC`. */
export function momentWords(timeMs: number): string {
  if (timeMs >= YEAR_10000_MS) return `${timeMs} ms`;
  return `${new Date(timeMs).toISOString().slice(0, -1).replace('T', ' ')} UTC`;
}

export function momentOf(text: string): number | undefined {
  if (/^[0-9]+ ms$/.test(text)) return Number(text.slice(0, -3));
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3}) UTC$/.exec(text);
  const timeMs = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
