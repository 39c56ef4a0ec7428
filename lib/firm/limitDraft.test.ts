import { expect, test } from 'vitest';
import type { NodeLimits } from '../../engine/protocol/commands/actions.ts';
import { readChange } from './change.ts';
import {
  type LimitDraft,
  limitDraft,
  limitError,
  measuresOf,
  readLimits,
  unlistedIn,
  withTyped,
} from './limitDraft.ts';

/** A new kind of limit that has no field fails to compile here, then fails below. */
const every: Required<NodeLimits> = {
  grossUsd: 2_000_000_000_000,
  netUsd: 5_000_000_500_000,
  classes: [
    { class: 'bitcoin', grossUsd: 4e12 },
    { class: 'tail', grossUsd: 1e12, netUsd: 5e11 },
  ],
  assets: [{ underlying: 'BTC', netUsd: 2e12 }],
  orderUsd: 1e12,
  ordersPerMinute: 600,
  dayLossUsd: 25e10,
  leveragePpm: 2_500_000,
  concentrationPpm: 412_500,
  concentrationFloorUsd: 1e9,
  underlyings: ['BTC', 'ETH'],
  kinds: ['perpetual'],
};
const limits = { soft: { grossUsd: 1_500_000_500_000 }, hard: every };

const type = (draft: LimitDraft, severity: 'soft' | 'hard', key: string, text: string) =>
  withTyped(draft, severity, key, text);

test('a draft that nobody has touched asks for what is there, of every kind', () => {
  const draft = limitDraft({ node: 3, limits });
  expect(draft.typed.soft.grossUsd).toBe('1,500,000.5');
  expect([draft.typed.hard.leveragePpm, draft.typed.hard.concentrationPpm]).toEqual(['2.5', '41.25']);
  expect(readLimits(draft)).toEqual({ action: { kind: 'SetLimits', node: 3, limits } });
});

test('every number of a set has a field of its own, in both severities', () => {
  const draft = limitDraft({ node: 3, limits: { soft: every, hard: every } });
  for (const severity of ['soft', 'hard'] as const) {
    const emptied = measuresOf(draft).reduce((all, { key }) => type(all, severity, key, ''), draft);
    const read = readLimits(emptied);
    const { underlyings, kinds } = every;
    expect('action' in read && read.action.limits[severity]).toEqual({ underlyings, kinds });
  }
});

test('what is typed takes the place of what was, what is emptied limits nothing', () => {
  const typed: [string, string][] = [
    ['grossUsd', '3m'],
    ['orderUsd', '250k'],
    ['ordersPerMinute', ''],
    ['leveragePpm', '4'],
    ['BTC netUsd', ''],
    ['BTC grossUsd', '1,000'],
    ['class tail netUsd', ''],
  ];
  const draft = typed.reduce(
    (all, [key, text]) => type(all, 'hard', key, text),
    limitDraft({ node: 3, limits }),
  );
  const { ordersPerMinute: _, ...rest } = every;
  const hard = {
    ...rest,
    grossUsd: 3e12,
    orderUsd: 25e10,
    leveragePpm: 4e6,
    assets: [{ underlying: 'BTC', grossUsd: 1e9 }],
    classes: [
      { class: 'bitcoin', grossUsd: 4e12 },
      { class: 'tail', grossUsd: 1e12 },
    ],
  };
  expect(readLimits(draft)).toEqual({ action: { kind: 'SetLimits', node: 3, limits: { ...limits, hard } } });
  expect(every.assets).toEqual([{ underlying: 'BTC', netUsd: 2e12 }]);
});

test('an asset or a class is limited once it has rows', () => {
  const draft = limitDraft({ node: 1, limits: null });
  expect(unlistedIn(draft, ['BTC', 'ETH']).assets).toEqual(['BTC', 'ETH']);
  const added: LimitDraft = { ...draft, assets: ['ETH'], classes: ['ether'] };
  expect(unlistedIn(added, ['BTC', 'ETH']).assets).toEqual(['BTC']);
  const typed = type(type(added, 'soft', 'ETH netUsd', '5'), 'soft', 'class ether grossUsd', '7');
  const soft = { classes: [{ class: 'ether', grossUsd: 7e6 }], assets: [{ underlying: 'ETH', netUsd: 5e6 }] };
  expect(readLimits(typed)).toEqual({ action: { kind: 'SetLimits', node: 1, limits: { soft, hard: {} } } });
});

test('a place without limits starts with none', () => {
  expect(readLimits(limitDraft({ node: 1, limits: null }))).toEqual({
    action: { kind: 'SetLimits', node: 1, limits: { soft: {}, hard: {} } },
  });
});

test.each([
  ['soft', 'grossUsd', 'much', 'Gross, soft: Write an amount in USD'],
  ['hard', 'netUsd', '-1', 'Net, hard: Write an amount in USD'],
  ['hard', 'ordersPerMinute', '1.5', 'Orders a minute, hard: Write a whole number'],
  ['hard', 'orderUsd', '0.0000001', 'One order, hard: Write an amount in USD'],
  ['hard', 'leveragePpm', '1001', 'Leverage, hard: Write how many times'],
  ['hard', 'concentrationPpm', '100.0001', 'Concentration, hard: Write a share in percent'],
  ['soft', 'concentrationFloorUsd', '5', 'counted over, soft: A floor alone limits nothing'],
  ['soft', 'grossUsd', '2000001', 'Gross, soft: Over the hard limit'],
] as const)('a %s limit %s of %s cannot be sent, and its field says why', (severity, key, text, missing) => {
  const draft = type(limitDraft({ node: 3, limits }), severity, key, text);
  const read = readLimits(draft);
  expect('missing' in read && read.missing).toContain(missing);
  const measure = measuresOf(draft).find((each) => each.key === key)!;
  expect(missing).toContain(limitError(draft, severity, measure)!.slice(0, 12));
});

test('a draft that changes nothing is not asked for, however it is written', () => {
  const names = { markets: [], assets: [] };
  const nothing = { missing: 'Nothing changes: these are the limits it has.' };
  const draft = limitDraft({ node: 3, limits });
  expect(readChange(draft, names)).toEqual(nothing);
  expect(readChange(withTyped(draft, 'hard', 'grossUsd', '2m'), names)).toEqual(nothing);
  const turned = { ...draft.open, hard: { ...draft.open.hard, underlyings: ['ETH', 'BTC'] } };
  expect(readChange({ ...draft, open: turned }, names)).toEqual(nothing);
  expect(readChange(limitDraft({ node: 3, limits: null }), names)).toEqual(nothing);
  const other = readChange(withTyped(draft, 'hard', 'grossUsd', '1.9m'), names);
  expect('action' in other && other.action).toMatchObject({ kind: 'SetLimits' });
  const fewer = { ...draft.open, hard: { ...draft.open.hard, kinds: undefined } };
  expect('action' in readChange({ ...draft, open: fewer }, names)).toBe(true);
});
