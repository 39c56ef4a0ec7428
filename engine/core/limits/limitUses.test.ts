// Goal: what a screen says is used of a limit is what an order is judged by. How: the room that is left is filled to
// the last lot that fits, and one lot more is refused.
import { expect, test } from 'vitest';
import { ALTS, BASIS, BTC, type Desk, ETH, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM } from '../../lab/fixtures/firmDesk.ts';
import type { NodeLimits } from '../../protocol/commands/actions.ts';
import { limitUsesAbove } from '../views/firmRisk.ts';

const [ROOT, MACRO] = [0, 1];
const USD = 1_000_000;

function limit(desk: Desk, node: number, hard: NodeLimits, soft: NodeLimits = {}): void {
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits: { soft, hard } } });
}

const usesOf = (desk: Desk, accounts = [BASIS, ALTS, VOL]) => limitUsesAbove(desk.engine.state, accounts);

test.each([
  ['gross', '', { grossUsd: 1_000 * USD }],
  ['net', '', { netUsd: 1_000 * USD }],
  ['classGross', 'bitcoin', { classes: [{ class: 'bitcoin' as const, grossUsd: 1_000 * USD }] }],
  ['classNet', 'bitcoin', { classes: [{ class: 'bitcoin' as const, netUsd: 1_000 * USD }] }],
  ['assetGross', 'BTC', { assets: [{ underlying: 'BTC', grossUsd: 1_000 * USD }] }],
  ['assetNet', 'BTC', { assets: [{ underlying: 'BTC', netUsd: 1_000 * USD }] }],
])('an order may use what is left of %s %s, and not a lot more', (kind, of, hard) => {
  const desk = openDesk();
  limit(desk, MACRO, hard);
  const bid = { account: BASIS, instrument: BTC, priceTicks: 590_000 };
  desk.place({ ...bid, sizeLots: 3 });
  const [use, ...others] = usesOf(desk);
  expect(others).toEqual([]);
  expect(use).toMatchObject({ node: MACRO, kind, of, soft: null, hard: 1_000 * USD });
  const usdPerLot = use!.used / 3;
  const fits = Math.floor((use!.hard! - use!.used) / usdPerLot);
  desk.place({ ...bid, sizeLots: fits + 1 });
  expect(desk.code).toBe(`limit.${kind}`);
  desk.place({ ...bid, sizeLots: fits });
  expect(desk.code).toBeUndefined();
  expect(usesOf(desk)[0]!.used).toBeLessThanOrEqual(use!.hard!);
});

test('orders of this minute and the share of the largest asset are uses as well, soft and hard side by side', () => {
  const desk = openDesk();
  limit(desk, MACRO, { ordersPerMinute: 5, concentrationPpm: 1_000_000 }, { ordersPerMinute: 3 });
  desk.place({ account: BASIS, instrument: BTC, sizeLots: 3, priceTicks: 590_000 });
  desk.place({ account: ALTS, instrument: ETH, sizeLots: 60, priceTicks: 29_500 });
  const uses = usesOf(desk);
  expect(uses.find(({ kind }) => kind === 'ordersPerMinute')).toMatchObject({ soft: 3, hard: 5 });
  const share = uses.find(({ kind }) => kind === 'concentration')!;
  expect([share.soft, share.hard]).toEqual([null, 1_000_000]);
  expect(share.used).toBeGreaterThan(0);
  desk.wait(60_000);
  desk.run({ kind: 'Tick' });
  expect(usesOf(desk).find(({ kind }) => kind === 'ordersPerMinute')!.used).toBe(0);
});

test('a sum is told to whoever sees all that it sums', () => {
  const desk = openDesk();
  for (const node of [ROOT, MACRO]) limit(desk, node, { grossUsd: USD });
  const nodesOf = (accounts: number[]) => usesOf(desk, accounts).map(({ node }) => node);
  expect(nodesOf([BASIS, ALTS, VOL])).toEqual([ROOT, MACRO]);
  expect(nodesOf([BASIS, ALTS])).toEqual([MACRO]);
  expect(nodesOf([BASIS])).toEqual([]);
});
