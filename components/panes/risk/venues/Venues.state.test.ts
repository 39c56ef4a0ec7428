import { expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { VenueComparisonView } from '../../../../engine/protocol/views/venues.ts';
import { venueRows } from './Venues.state.ts';

const account = {
  margin: { initialUsd: 100, maintenanceUsd: 60 },
  distance: {
    state: 'measured',
    rows: [
      { kind: 'joint', underlying: 'ETH', move: 0.01, priceUsd: 0 },
      { kind: 'own', underlying: 'BTC', move: -0.3, priceUsd: 42_000e6 },
      { kind: 'own', underlying: 'ETH', move: 0.1, priceUsd: 2_750.5e6 },
    ],
  },
} as AccountView;

const venue = (terms: Partial<VenueComparisonView>): VenueComparisonView => ({
  venue: 'v',
  name: 'V',
  rule: '',
  source: '',
  asOf: '',
  state: 'held',
  margin: { equityUsd: 1_000, initialUsd: 250, maintenanceUsd: 125, freeUsd: 750 },
  legs: [],
  remarks: [],
  ...terms,
});

test('this desk stands first, and others say how many times as much they ask', () => {
  const [here, other] = venueRows(account, [venue({})]);
  expect(here).toMatchObject({ state: 'here', initialUsd: 100, nearest: 'ETH 2,751 +10.0%' });
  expect(other).toMatchObject({ initialUsd: 250, timesHere: 2.5, nearest: 'none' });
});

test('a venue names the leg whose own move ends the account first', () => {
  const legs = [
    { instrument: 'a', underlying: 'BTC', liquidationPriceUsd: 45_000e6, move: -0.25 },
    { instrument: 'b', underlying: 'SOL', liquidationPriceUsd: 160.25e6, move: 0.08 },
    { instrument: 'c', underlying: 'ETH', liquidationPriceUsd: null, move: null },
  ];
  expect(venueRows(account, [venue({ legs })])[1]!.nearest).toBe('SOL 160.25 +8.0%');
  expect(venueRows(account, [venue({ legs, state: 'liquidatable' })])[1]!.nearest).toBe('at once');
});

test('a venue that cannot hold the book gives its reason instead of a number', () => {
  const row = venueRows(account, [
    venue({ state: 'cannotHold', margin: null, remarks: ['No options there.'] }),
  ])[1];
  expect(row).toMatchObject({ initialUsd: undefined, timesHere: undefined, obstacle: 'No options there.' });
});
