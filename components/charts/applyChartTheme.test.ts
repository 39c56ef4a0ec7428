import { TickMarkType } from 'lightweight-charts';
import { afterEach, expect, test } from 'vitest';
import { showTimesIn } from '../../lib/timeZone.ts';
import { tickText } from './applyChartTheme.ts';

afterEach(() => showTimesIn('UTC'));

const HOUR_MS = 3_600_000;
const midnight = Date.UTC(2026, 10, 21);
const { Year, Month, DayOfMonth, Time, TimeWithSeconds } = TickMarkType;

test('in UTC a day stands where the chart counts one, and minutes between', () => {
  expect(tickText(midnight, DayOfMonth, HOUR_MS)).toBe('21 Nov');
  expect(tickText(midnight + 5 * HOUR_MS, Time, HOUR_MS)).toBe('05:00');
  expect(tickText(midnight + 5_000, TimeWithSeconds, 60_000)).toBe('00:00:05');
  expect([Year, Month].map((type) => tickText(Date.UTC(2027, 0, 1), type, HOUR_MS))).toEqual(['2027', 'Jan']);
});

test('in another zone a day begins at its own midnight', () => {
  showTimesIn('Asia/Tokyo');
  expect(tickText(midnight, DayOfMonth, HOUR_MS)).toBe('09:00');
  expect(tickText(midnight - 9 * HOUR_MS, Time, HOUR_MS)).toBe('21 Nov');
});

test('a candle of a day is named by the day on which it begins', () => {
  showTimesIn('Asia/Kolkata');
  expect(tickText(midnight, DayOfMonth, 24 * HOUR_MS)).toBe('21 Nov');
  showTimesIn('America/New_York');
  expect(tickText(midnight, DayOfMonth, 24 * HOUR_MS)).toBe('20 Nov');
});
