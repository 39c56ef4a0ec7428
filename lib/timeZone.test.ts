import { afterEach, expect, test } from 'vitest';
import { formatClock, formatDate, formatDateTime, formatExpiry, formatMoment, formatTime } from './format.ts';
import { plainTime } from './plainText.ts';
import { defaultSettings, readSettings } from './settings/settings.ts';
import { isZone, showTimesIn, zonedMs, zoneName, zoneText } from './timeZone.ts';

afterEach(() => showTimesIn('UTC'));

const noon = Date.UTC(2026, 10, 20, 12, 4, 31, 208);

test('times are in UTC until somebody chose, and so is what is no zone', () => {
  expect(defaultSettings(false).times.zone).toBe('utc');
  expect([formatTime(noon), zoneText(noon)]).toEqual(['12:04:31.208', 'UTC']);
  showTimesIn('Mars/Olympus');
  expect([formatTime(noon), zoneName()]).toEqual(['12:04:31.208', 'UTC']);
});

test.each([
  ['Europe/Zurich', '13:04:31.208', 'UTC+1', 'Fri 20 Nov 13:04:31 UTC+1'],
  ['America/New_York', '07:04:31.208', 'UTC−5', 'Fri 20 Nov 07:04:31 UTC−5'],
  ['Asia/Kolkata', '17:34:31.208', 'UTC+5:30', 'Fri 20 Nov 17:34:31 UTC+5:30'],
  ['America/St_Johns', '08:34:31.208', 'UTC−3:30', 'Fri 20 Nov 08:34:31 UTC−3:30'],
  ['Pacific/Auckland', '01:04:31.208', 'UTC+13', 'Sat 21 Nov 01:04:31 UTC+13'],
])('in %s a moment reads %s, and says so', (name, time, zone, whole) => {
  showTimesIn(name);
  expect([formatTime(noon), zoneText(noon), formatDateTime(noon)]).toEqual([time, zone, whole]);
});

test('each moment is as clocks stood then: the hour that comes twice is told by its zone', () => {
  showTimesIn('Europe/Zurich');
  const before = Date.UTC(2026, 9, 25, 0, 30);
  const after = Date.UTC(2026, 9, 25, 1, 30);
  expect([before, after].map((ms) => formatDateTime(ms))).toEqual([
    'Sun 25 Oct 02:30:00 UTC+2',
    'Sun 25 Oct 02:30:00 UTC+1',
  ]);
  // To the second: the last one of summer and the first of winter.
  const change = Date.UTC(2026, 9, 25, 1);
  expect([zonedMs(change - 1) - change + 1, zonedMs(change) - change]).toEqual([7_200_000, 3_600_000]);
});

test('a day is a day of the zone', () => {
  showTimesIn('Pacific/Auckland');
  const lateMs = Date.UTC(2026, 10, 20, 10, 59);
  expect(formatClock(lateMs, lateMs - 60_000)).toBe('23:59:00');
  expect(formatClock(lateMs + 120_000, lateMs)).toBe('Sat 00:01');
  expect([formatDate(lateMs), formatDate(lateMs + 120_000)]).toEqual(['2026-11-20', '2026-11-21']);
});

test('under the pointer a time says its zone, and what it is in UTC', () => {
  expect(formatMoment(noon)).toBe('Fri 20 Nov 12:04:31.208 UTC');
  showTimesIn('Europe/Zurich');
  expect(formatMoment(noon)).toBe('Fri 20 Nov 13:04:31.208 UTC+1, Europe/Zurich; 12:04:31.208 UTC');
});

test('what leaves the page stays in UTC, and so do the names of contracts', () => {
  showTimesIn('Pacific/Auckland');
  expect(plainTime(noon)).toBe('2026-11-20T12:04:31.208Z');
  expect(formatExpiry(Date.UTC(2026, 2, 6, 20))).toBe('6MAR26');
});

test('a kept zone that nobody knows counts as never chosen', () => {
  const kept = (name: string) => readSettings(JSON.stringify({ times: { zone: 'desk', desk: name } })).times;
  expect(kept('Asia/Tokyo')).toEqual({ zone: 'desk', desk: 'Asia/Tokyo' });
  expect(kept('Nowhere/City')).toBeUndefined();
  expect([isZone('Asia/Tokyo'), isZone('')]).toEqual([true, false]);
});
