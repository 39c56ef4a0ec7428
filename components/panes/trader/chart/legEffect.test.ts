import { expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { PreviewSideView } from '../../../../engine/protocol/views/preview.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import type { ChartLine } from './chartLines.ts';
import type { Drag } from './drag.ts';
import { legEffectWords, legInHand } from './legEffect.ts';

/** A bid for 0.5 BTC at 60,000. */
const entry = {
  orderId: 12,
  side: 'buy',
  priceTicks: 600_000,
  triggerTicks: 0,
  openLots: 5_000,
  state: 'open',
} as OrderView;
const stop = { triggerTicks: 597_000, priceTicks: 0 };
const side = { initialUsd: 7e9, maintenanceUsd: 4e9 } as PreviewSideView;
const same = { refusal: undefined, before: side, after: side };

test('a stop says what it would lose of the whole entry, how far it is, and that margin waits for the fill', () => {
  expect(legEffectWords({ entry, leg: stop, toTicks: 594_000 }, btcPerp, same)).toEqual({
    distance: '−300 USD (−1.00%) if all of it fills, 600.0 from its entry',
    level: 'safe',
    margin: 'margin unchanged until it fills',
    refusal: undefined,
  });
});

test('a take-profit of a sale earns as the price falls, and its limit says the worst it takes', () => {
  const sale = { ...entry, side: 'sell' } as OrderView;
  const leg = { triggerTicks: 590_000, priceTicks: 591_000 };
  expect(legEffectWords({ entry: sale, leg, toTicks: 588_000 }, btcPerp, undefined)).toMatchObject({
    distance: '+600 USD (+2.00%) if all of it fills, +550 at its limit, 1,200.0 from its entry',
    margin: undefined,
  });
});

test('an entry that waits at market is measured from its trigger', () => {
  const waiting = { ...entry, state: 'parked', priceTicks: 0, triggerTicks: 610_000 } as OrderView;
  expect(legEffectWords({ entry: waiting, leg: stop, toTicks: 603_900 }, btcPerp, same).distance).toBe(
    '−305 USD (−1.00%) if all of it fills, 610.0 from its entry',
  );
});

test('were margin to change, or the engine to refuse, that is what is said', () => {
  const after = { ...side, initialUsd: 8e9 } as PreviewSideView;
  const held = { entry, leg: stop, toTicks: 594_000 };
  expect(legEffectWords(held, btcPerp, { ...same, after }).margin).toBe('IM +1,000, MM 0');
  const refusal = { code: 'bracket.stopLossInvalid', message: 'Wrong side.' } as const;
  expect(legEffectWords(held, btcPerp, { ...same, refusal }).refusal).toBe('Wrong side.');
});

test('only a leg in the hand is one', () => {
  const line = { key: 'stop of 12', subject: { is: 'leg', entry, role: 'stopLoss', leg: stop } } as ChartLine;
  const drag: Drag = { tag: 'carried', key: line.key, by: 'keys', fromTicks: 597_000, toTicks: 596_000 };
  expect(legInHand(drag, [line])).toEqual({ entry, leg: stop, toTicks: 596_000 });
  expect(legInHand({ tag: 'none' }, [line])).toBeUndefined();
  const order = { key: line.key, subject: { is: 'order', order: entry } } as ChartLine;
  expect(legInHand(drag, [order])).toBeUndefined();
});
