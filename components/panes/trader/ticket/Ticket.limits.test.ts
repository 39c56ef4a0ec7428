import { expect, test } from 'vitest';
import { errorView } from '../../../../engine/protocol/errors.ts';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { MarkView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { type LimitInput, limitReadings } from './Ticket.limits.ts';

const side = (freeUsd: number) => ({ equityUsd: 100, freeUsd, positionLots: 0 }) as PreviewSideView;
const preview = { before: side(40), after: side(25), openInterest: null } as PreviewView;
const input: LimitInput = {
  operation: {
    type: 'PlaceOrder',
    order: { account: 4, instrument: 'BTC-PERP', side: 'buy', type: 'limit', size: '40', price: '63100' },
  },
  preview,
  market: btcPerp,
  mark: { markUsdPerLot: 6_310_000 } as MarkView,
  account: {
    leverageCaps: [{ underlying: null, leverageMilli: 20_000, usedMilli: 13_700 }],
    ownerCaps: [{ underlying: 'BTC', longUsd: 7_476_000_000_000, shortUsd: 0, capUsd: 10_000_000_000_000 }],
  } as unknown as AccountView,
  guards: [],
};
const named = (readings: ReturnType<typeof limitReadings>, name: string) =>
  readings.find((reading) => reading.name === name);

test('the nearest limit stands first, with what of it was used before', () => {
  const [first, second] = limitReadings(input);
  expect(first).toMatchObject({ name: 'leverage', state: 'fail' });
  expect(second).toMatchObject({ name: 'position + bids', share: 1, before: 0.7476, state: 'near' });
  expect(named(limitReadings(input), 'initial margin')).toMatchObject({
    share: 0.75,
    before: 0.6,
    text: '75.0% of equity',
    state: 'pass',
  });
});

test('what the engine refuses has failed, whatever the bar shows, and stands first', () => {
  const refused = { ...preview, refusal: errorView('order.priceOutOfBand') };
  expect(limitReadings({ ...input, account: undefined, preview: refused })[0]).toMatchObject({
    name: 'price band',
    share: 0,
    state: 'fail',
  });
});

test('an order that only closes adds nothing to what its owner holds', () => {
  const held = { ...preview, before: { ...side(40), positionLots: -1_000_000 } };
  expect(named(limitReadings({ ...input, preview: held }), 'position + bids')).toMatchObject({
    share: 0.7476,
  });
});

test('open interest stands as the engine counts it, before and after, and says where there is no room', () => {
  const openInterest = { beforeUsd: 4e12, afterUsd: 4.5e12, capUsd: 5e12 };
  expect(named(limitReadings({ ...input, preview: { ...preview, openInterest } }), 'open interest')).toEqual({
    name: 'open interest',
    share: 0.9,
    before: 0.8,
    text: '4.50m of 5.00m',
    state: 'near',
  });
  const refusal = errorView('cap.marketOpenInterest');
  const full = { ...preview, refusal, openInterest: { ...openInterest, afterUsd: 4e12 } };
  const readings = limitReadings({ ...input, preview: full });
  expect(named(readings, 'open interest')).toMatchObject({ share: 0.8, state: 'fail' });
  expect(named(readings, 'open interest')?.text).toMatch(/, no room for this$/);
  expect(named(readings, 'position + bids')).toMatchObject({ state: 'near' });
  expect(named(limitReadings(input), 'open interest')).toBeUndefined();
});

test('the band of what waits for a trigger is measured from there', () => {
  const order = { account: 4, instrument: 'BTC-PERP', side: 'buy', size: '1' } as const;
  const stop = { ...order, type: 'stopMarket', triggerPrice: '120000', price: '121200' } as const;
  const readings = limitReadings({ ...input, operation: { type: 'PlaceOrder', order: stop } });
  expect(named(readings, 'price band')).toMatchObject({ text: '1.00% of 5%', state: 'pass' });
});
