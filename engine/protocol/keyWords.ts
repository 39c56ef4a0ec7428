import { readableDecimal } from '../units/decimal.ts';
import { MINUTE_MS } from '../units/time.ts';
import type { AgentScope } from './commands/agentScope.ts';

/** A public key as people compare it. */
export function shortKey(publicKey: string): string {
  return `${publicKey.slice(0, 8)}…${publicKey.slice(-8)}`;
}

/** What a key is held to, as it stands in a sentence: every part that is set, so that nothing is agreed to unread. */
export function scopeWords({ markets, notionalPerHourUsd, addresses }: AgentScope): string {
  const parts = [
    ...(markets.length === 0 ? [] : [` in ${markets.join(', ')} only`]),
    ...(notionalPerHourUsd === 0
      ? []
      : [` for ${readableDecimal(notionalPerHourUsd, 6)} USD an hour at most`]),
    ...(addresses.length === 0 ? [] : [` from ${addresses.join(', ')} only`]),
  ];
  return parts.join(',');
}

/** `2026-11-22 03:50`. These floors have no Date: days are counted in the proleptic Gregorian calendar. */
export function utcMinute(timeMs: number): string {
  const minutes = Math.floor(timeMs / MINUTE_MS);
  const minuteOfDay = minutes % 1_440;
  // Days since 0000-03-01, so that the leap day is the last of its year (Hinnant, days_from_civil).
  const days = (minutes - minuteOfDay) / 1_440 + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
