import { expect, test } from 'vitest';
import type { DestinationView, FirmView } from '../../engine/protocol/views/firm.ts';
import { destinationWords } from './destinationWords.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 10, 20, 12);

function said(terms: Partial<DestinationView>, to = '0xbank') {
  const bank = { to: '0xbank', label: 'Bank A', isOwner: false, listedMs: NOW_MS - DAY_MS, paidCount: 0 };
  const firm = { withdrawals: { destinations: [{ ...bank, ...terms }] } } as unknown as FirmView;
  return destinationWords(firm, to, NOW_MS);
}

test('an address is told by its name, since when the book has it, and how often it was paid to', () => {
  const known = said({ listedMs: NOW_MS - 212 * DAY_MS - HOUR_MS, paidCount: 31 });
  expect(known).toMatchObject({ name: 'Bank A of the address book', isFirst: false });
  expect(known?.since).toMatch(/^there since .* UTC, 212 d$/);
  expect(known?.payments).toBe('Paid there 31 times before.');
  expect(said({ paidCount: 1 })?.payments).toBe('Paid there once before.');
});

test('a first payment says that it is the first, also to an address added an hour ago', () => {
  const first = said({ listedMs: NOW_MS - HOUR_MS });
  expect(first).toMatchObject({
    isFirst: true,
    payments: 'Nothing was ever paid there: it is the first payment.',
  });
  expect(first?.since).toMatch(/, 1 h$/);
  expect(said({ listedMs: NOW_MS - HOUR_MS + 1 })?.since).toMatch(/, less than an hour$/);
});

test('the owner needs no book, and of a stranger nothing is said', () => {
  expect(said({ isOwner: true, listedMs: null })).toMatchObject({
    name: 'the wallet that owns the firm',
    since: '',
  });
  expect(said({}, '0xother')).toBeUndefined();
});
