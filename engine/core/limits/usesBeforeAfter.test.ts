// Goal: what people read beside a limit is what an order would be judged by, limited or not, and a trial leaves nothing
// behind. How: the sandbox's firm, one BTC long and one short; uses of a place without limits against those of the same limits.
import { expect, test } from 'vitest';
import { BASIS, BTC, MAKER, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, NodeLimits } from '../../protocol/commands/actions.ts';
import type { LimitKind } from '../../protocol/views/firmRisk.ts';
import { actionTrialOf } from '../proposals/actionTrial.ts';
import { stateHash } from '../snapshot.ts';

const [ROOT, MACRO, VOLATILITY] = [0, 1, 2];
const ONE_BTC_USD = 60_000e6;

function longDesk(): FirmDesk {
  const firm = new FirmDesk();
  for (const [account, side] of [
    [BASIS, 0],
    [VOL, 1],
  ] as const) {
    firm.desk.place({ account: MAKER, side: side === 0 ? 1 : 0 });
    firm.desk.place({ account, side });
  }
  return firm;
}

function limit(firm: FirmDesk, node: number, hard: NodeLimits, soft: NodeLimits = {}): void {
  const action: Action = { kind: 'SetLimits', node, limits: { soft, hard } };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action });
}

function trial(
  firm: FirmDesk,
  action: Action,
  who: Parameters<FirmDesk['memberOf']>[0] = 'portfolio manager',
) {
  return actionTrialOf(firm.desk.engine, { firm: FIRM, member: firm.memberOf(who), action });
}

const nothing = (node: number): Action => ({ kind: 'SetLimits', node, limits: { soft: {}, hard: {} } });

test('every measure of a place is told though nothing is limited there, but for orders nobody counts', () => {
  const firm = longDesk();
  const before = stateHash(firm.desk.engine.state);
  const { limits } = trial(firm, nothing(MACRO));
  expect(stateHash(firm.desk.engine.state)).toBe(before);
  const used = (kind: LimitKind, of = '') => limits.find((use) => use.kind === kind && use.of === of)?.used;
  expect([used('gross'), used('net'), used('assetGross', 'BTC'), used('classNet', 'bitcoin')]).toEqual(
    Array(4).fill(ONE_BTC_USD),
  );
  expect([used('assetGross', 'ETH'), used('concentration'), used('ordersPerMinute')]).toEqual([
    0,
    1_000_000,
    undefined,
  ]);
  expect(used('leverage')).toBeGreaterThan(0);
  expect(limits.every(({ soft, hard }) => soft === null && hard === null)).toBe(true);
});

test('uses of what is limited are the same as those that judge orders, and limits stand beside them', () => {
  const firm = longDesk();
  const free = trial(firm, nothing(MACRO)).limits;
  const hard = { grossUsd: 9e11, netUsd: 8e11, leveragePpm: 3_000_000, concentrationPpm: 900_000 };
  limit(firm, MACRO, { ...hard, dayLossUsd: 1e11, ordersPerMinute: 10 }, { grossUsd: 7e11 });
  const { limits } = trial(firm, nothing(MACRO));
  for (const use of limits.filter(({ kind }) => kind !== 'ordersPerMinute')) {
    const { soft: _, hard: __, ...measured } = use;
    expect(free).toContainEqual(expect.objectContaining(measured));
  }
  expect(limits.find(({ kind }) => kind === 'gross')).toMatchObject({ soft: 7e11, hard: 9e11 });
  expect(limits.find(({ kind }) => kind === 'dayLoss')).toMatchObject({ soft: null, hard: 1e11 });
  expect(limits.find(({ kind }) => kind === 'ordersPerMinute')).toMatchObject({ used: 0, hard: 10 });
});

test('what loosens is called so, and what tightens', () => {
  const firm = longDesk();
  limit(firm, MACRO, { grossUsd: 9e11 });
  const set = (grossUsd: number): Action => ({
    kind: 'SetLimits',
    node: MACRO,
    limits: { soft: {}, hard: { grossUsd } },
  });
  expect(trial(firm, set(8e11), 'risk')).toMatchObject({ direction: 'tighten', verdict: 'allow' });
  expect(trial(firm, set(10e11))).toMatchObject({ direction: 'loosen', verdict: 'approve' });
});

test('a port is told in the limits of both sides, before and after', () => {
  const firm = longDesk();
  limit(firm, ROOT, { grossUsd: 9e12 });
  limit(firm, MACRO, { assets: [{ underlying: 'BTC', netUsd: 9e11 }] });
  limit(firm, VOLATILITY, { grossUsd: 9e11 });
  const port: Action = {
    kind: 'PortPosition',
    from: BASIS,
    to: VOL,
    instrument: BTC,
    lots: 4_000,
    priceTicks: 0,
  };
  const told = trial(firm, port).limits.map(({ node, kind, used, usedAfter }) => [
    node,
    kind,
    used / ONE_BTC_USD,
    usedAfter / ONE_BTC_USD,
  ]);
  // The receiver is short one, so that what it gets closes part of it.
  expect(told).toHaveLength(3);
  expect(told).toContainEqual([MACRO, 'assetNet', 1, 0.6]);
  expect(told).toContainEqual([VOLATILITY, 'gross', 1, 0.6]);
  expect(told).toContainEqual([ROOT, 'gross', 2, 1.2]);
  // Who sees one account of Macro is not told what all of it uses.
  expect(trial(firm, port, 'trader').limits.map(({ node }) => node)).not.toContain(MACRO);
});

test('a place that moves brings along what it uses', () => {
  const firm = longDesk();
  limit(firm, MACRO, { grossUsd: 9e11 });
  limit(firm, VOLATILITY, { grossUsd: 9e11 });
  const leaf = firm.desk.engine.state.accounts.columns.node[BASIS]!;
  const { limits } = trial(firm, { kind: 'MoveNode', node: leaf, parent: VOLATILITY });
  const told = limits.map(({ node, used, usedAfter }) => [node, used / ONE_BTC_USD, usedAfter / ONE_BTC_USD]);
  expect(told).toContainEqual([MACRO, 1, 0]);
  expect(told).toContainEqual([VOLATILITY, 1, 2]);
});
