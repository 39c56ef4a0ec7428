import fc from 'fast-check';
import { expect, test } from 'vitest';
import { approveAgentSummary } from './session.ts';

const scope = { markets: [], notionalPerHourUsd: 0, addresses: [] };
const publicKey = `3b6a${'0'.repeat(56)}e1c9`;
const request = { scheme: 'ed25519' as const, publicKey, accounts: [4, 5], scope };

test('the sentence a wallet shows names key, accounts and end', () => {
  const summary = approveAgentSummary({ ...request, expiresAtMs: Date.UTC(2026, 10, 22, 3, 50, 59) });
  expect(summary).toBe(
    'Let ed25519 key 3b6a…e1c9 trade accounts 4, 5 and their pots until 2026-11-22 03:50 UTC. It can never withdraw.',
  );
});

test('every part of a scope is named, so that nothing is agreed to unread', () => {
  const narrow = {
    markets: ['BTC-PERP', 'ETH-PERP'],
    notionalPerHourUsd: 250_000_000_000,
    addresses: ['203.0.113.7'],
  };
  expect(approveAgentSummary({ ...request, scope: narrow, expiresAtMs: 0 })).toBe(
    'Let ed25519 key 3b6a…e1c9 trade accounts 4, 5 and their pots in BTC-PERP, ETH-PERP only, for 250,000 USD an hour at most, from 203.0.113.7 only until 1970-01-01 00:00 UTC. It can never withdraw.',
  );
});

test('no accounts means all that the member may trade', () => {
  const summary = approveAgentSummary({ ...request, accounts: [], expiresAtMs: 0 });
  expect(summary).toContain('trade every account you may trade until 1970-01-01 00:00 UTC');
});

test('the end reads as the calendar says, on every day until 2199', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) }), (expiresAtMs) => {
      const minute = new Date(expiresAtMs).toISOString().slice(0, 16).replace('T', ' ');
      expect(approveAgentSummary({ ...request, expiresAtMs })).toContain(`until ${minute} UTC`);
    }),
  );
});
