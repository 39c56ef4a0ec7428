// Goal: a port is no way around a limit, and a limit is no way to keep a firm from putting its own house in order. How:
// the sandbox's firm, a position of one BTC and limits at the places it comes from, goes to, and that are above both.
import { expect, test } from 'vitest';
import { ALTS, BASIS, BTC, type Desk, MAKER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import type { NodeLimits, PortPosition } from '../../protocol/commands/actions.ts';
import { checkInvariants } from '../invariants.ts';

const FIRM = 1;
const [ROOT, MACRO, VOLATILITY] = [0, 1, 2];
const ONE_BTC_USD = 60_000e6;

/** One BTC long in the first subaccount. */
function longDesk(): Desk {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1 });
  desk.place({});
  return desk;
}

function limit(desk: Desk, node: number, hard: NodeLimits, soft: NodeLimits = {}): void {
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits: { soft, hard } } });
}

function port(desk: Desk, terms: Partial<PortPosition> = {}): string | undefined {
  const action = { kind: 'PortPosition', from: BASIS, to: VOL, instrument: BTC, lots: 10_000, priceTicks: 0 };
  desk.run({ kind: 'Propose', firm: FIRM, action: { ...action, ...terms } as PortPosition });
  checkInvariants(desk.engine.state);
  return desk.code;
}

const half = ONE_BTC_USD / 2;

test.each<[string, NodeLimits]>([
  ['limit.gross', { grossUsd: half }],
  ['limit.net', { netUsd: half }],
  ['limit.assetGross', { assets: [{ underlying: 'BTC', grossUsd: half }] }],
  ['limit.assetNet', { assets: [{ underlying: 'BTC', netUsd: half }] }],
  ['limit.classGross', { classes: [{ class: 'bitcoin', grossUsd: half }] }],
  ['limit.classNet', { classes: [{ class: 'bitcoin', netUsd: half }] }],
  ['limit.concentration', { concentrationPpm: 500_000 }],
  ['limit.instrument', { underlyings: ['ETH'] }],
])('%s of the place it comes to', (code, hard) => {
  const desk = longDesk();
  limit(desk, VOLATILITY, hard);
  expect(port(desk)).toBe(code);
});

test('up to the limit it passes, and a lot more does not', () => {
  const desk = longDesk();
  limit(desk, VOLATILITY, { grossUsd: half });
  expect(port(desk, { lots: 5_001 })).toBe('limit.gross');
  expect(port(desk, { lots: 5_000 })).toBeUndefined();
  expect(port(desk, { lots: 1 })).toBe('limit.gross');
});

test('what the receiver gives up by it is no growth, however far its limit is passed', () => {
  const desk = longDesk();
  desk.place({ account: MAKER });
  desk.place({ account: VOL, side: 1 });
  limit(desk, VOLATILITY, { grossUsd: half, underlyings: ['ETH'] });
  expect(port(desk, { lots: 4_000 })).toBeUndefined();
});

test('a place above both holds what it held: its limit stays out of it, passed or not', () => {
  const desk = longDesk();
  limit(desk, ROOT, { grossUsd: half, netUsd: half, assets: [{ underlying: 'BTC', netUsd: half }] });
  expect(port(desk)).toBeUndefined();
  limit(desk, MACRO, { grossUsd: half });
  expect(port(desk, { from: VOL, to: ALTS })).toBe('limit.gross');
});

test('a place above both is asked where open orders let it grow all the same', () => {
  const desk = longDesk();
  // Sales that would turn the long position: without it they are all short.
  desk.place({ side: 1, priceTicks: 610_000, sizeLots: 20_000 });
  limit(desk, MACRO, { grossUsd: 2.5 * ONE_BTC_USD });
  expect(port(desk, { to: ALTS })).toBe('limit.gross');
});

test('soft limits are for those who agree to it, not for the port', () => {
  const desk = longDesk();
  limit(desk, VOLATILITY, {}, { grossUsd: half });
  expect(port(desk)).toBeUndefined();
});
