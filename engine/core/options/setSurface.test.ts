import { expect, test } from 'vitest';
import { EXPIRY_MS, future, list, surface } from '../../lab/fixtures/contracts.ts';
import { openDesk } from '../../lab/fixtures/desk.ts';
import type { SetSurface } from '../../protocol/commands/types.ts';
import { DAY_MS } from '../../units/time.ts';
import { stateHash } from '../snapshot.ts';

/** Each refusal alone; the last good slice stands. */

const LATER_MS = EXPIRY_MS + 7 * DAY_MS;

function surfacedDesk() {
  const desk = openDesk();
  list(desk, future());
  list(desk, future({ name: 'BTC-16JAN26', expiryMs: LATER_MS }));
  desk.accept(surface());
  desk.accept(surface({ expiryMs: LATER_MS, aE8: 600_000 }));
  return desk;
}

const refused: [string, Partial<SetSurface>][] = [
  ['underlying.unknown', { underlying: 'NONE' }],
  ['surface.expiryUnknown', { expiryMs: EXPIRY_MS + DAY_MS }],
  ['surface.forwardInvalid', { forwardE8: 0 }],
  ['surface.forwardInvalid', { forwardE8: -60_000e8 }],
  ['surface.forwardInvalid', { forwardE8: 60_000.5 }],
  ['surface.forwardInvalid', { forwardE8: 120_001e8 }],
  ['surface.butterfly', { aE8: -1 }],
  ['surface.butterfly', { sigmaE8: 0 }],
  // Wings steeper than any smile may be.
  ['surface.butterfly', { bE8: 250_000_000 }],
  // More variance until Friday than until the Friday after.
  ['surface.calendar', { aE8: 700_000 }],
  ['surface.calendar', { expiryMs: LATER_MS, aE8: 290_000 }],
];

test.each(refused)('%s: refused, and the last good slice stands', (code, terms) => {
  const desk = surfacedDesk();
  desk.run(surface(terms));
  expect(desk.code).toBe(code);
  const other = surfacedDesk();
  other.run({ kind: 'Batch', operations: [] });
  // The running hash saw another event and the rest is equal.
  for (const state of [desk.engine.state, other.engine.state]) state.globals.columns.eventHash[0] = 0;
  expect(stateHash(desk.engine.state)).toBe(stateHash(other.engine.state));
});

test('surface.expiryUnknown: nothing is set for a day that has come', () => {
  const desk = surfacedDesk();
  desk.timeMs = EXPIRY_MS;
  desk.run(surface());
  expect(desk.code).toBe('surface.expiryUnknown');
});
