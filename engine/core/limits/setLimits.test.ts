// Goal: limits are what was meant, and whether a change of them gives more room is known before it is done. How: the
// action itself by the desk, one slip of the pen after another.
import { expect, test } from 'vitest';
import { type Desk, only, openDesk } from '../../lab/fixtures/desk.ts';
import type { NodeLimits, SetLimits } from '../../protocol/commands/actions.ts';
import { areTighter } from './areTighter.ts';

const FIRM = 1;
const [ROOT, MACRO] = [0, 1];
const EMPTY = { soft: {}, hard: {} };

function limit(desk: Desk, node: number, hard: NodeLimits): void {
  const limits = { soft: {}, hard };
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits } });
}

test('refusals of the action, each alone', () => {
  const desk = openDesk();
  const ask = (node: number, limits: unknown): string | undefined => {
    desk.run({
      kind: 'Propose',
      firm: FIRM,
      action: { kind: 'SetLimits', node, limits: limits as SetLimits['limits'] },
    });
    return desk.code;
  };
  expect(ask(99, EMPTY)).toBe('node.unknown');
  const invalid: unknown[] = [
    undefined,
    { soft: {} },
    { soft: [], hard: {} },
    ...[
      { grosUsd: 5 },
      { grossUsd: -1 },
      { grossUsd: 0.5 },
      { netUsd: '5' },
      { concentrationPpm: 1_000_001 },
      { concentrationFloorUsd: 5 },
      { dayLossUsd: -1 },
      { leveragePpm: 1_000_000_001 },
      { kinds: ['swap'] },
      { classes: [{ class: 'stable' }] },
      { assets: [{ underlying: 'BTC', gross: 5 }] },
      { assets: [5] },
      { underlyings: 'BTC' },
    ].map((hard) => ({ soft: {}, hard })),
  ];
  for (const limits of invalid) expect([ask(MACRO, limits), limits]).toEqual(['parameters.invalid', limits]);
  expect(ask(MACRO, { soft: {}, hard: { underlyings: ['XAU'] } })).toBe('underlying.unknown');
  expect(ask(MACRO, { soft: { assets: [{ underlying: 'XAU', netUsd: 5 }] }, hard: {} })).toBe(
    'underlying.unknown',
  );
  const opens = { kind: 'OpenNode', parent: ROOT, label: 'Old', isAccount: false } as const;
  const { node } = only(desk.accept({ kind: 'Propose', firm: FIRM, action: opens }), 'NodeOpened');
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'ArchiveNode', node } });
  expect(ask(node, EMPTY)).toBe('node.archived');
});

test('new limits are tighter when nothing more passes', () => {
  const desk = openDesk();
  const isTighter = (hard: unknown): boolean => {
    const limits = { soft: {}, hard: hard as NodeLimits };
    return areTighter(desk.engine.state, { kind: 'SetLimits', node: MACRO, limits });
  };
  expect(isTighter({ grossUsd: 5 })).toBe(true);
  const now: NodeLimits = {
    grossUsd: 5,
    dayLossUsd: 5,
    kinds: ['spot', 'perpetual'],
    underlyings: ['BTC'],
    concentrationPpm: 5,
    concentrationFloorUsd: 5,
    assets: [{ underlying: 'BTC', netUsd: 5 }],
    classes: [{ class: 'bitcoin', grossUsd: 5 }],
  };
  limit(desk, MACRO, now);
  const changes: [boolean, Partial<NodeLimits>][] = [
    [true, {}],
    [true, { grossUsd: 4, netUsd: 9 }],
    [true, { kinds: ['spot'], underlyings: [] }],
    [true, { assets: [{ underlying: 'BTC', netUsd: 4 }] }],
    [false, { grossUsd: 6 }],
    [false, { grossUsd: undefined }],
    [true, { dayLossUsd: 4 }],
    [false, { dayLossUsd: 6 }],
    [false, { dayLossUsd: undefined }],
    [false, { kinds: ['spot', 'option'] }],
    [false, { kinds: undefined }],
    [false, { underlyings: ['BTC', 'ETH'] }],
    [false, { concentrationFloorUsd: 6 }],
    [false, { assets: [{ underlying: 'ETH', netUsd: 5 }] }],
    [false, { classes: [] }],
  ];
  for (const [isSo, change] of changes) {
    const after = { ...now, ...change };
    const set = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined));
    expect([isTighter(set), change]).toEqual([isSo, change]);
  }
  expect(isTighter({ grosUsd: 4 })).toBe(false);
});
