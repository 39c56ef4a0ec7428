import { expect, test } from 'vitest';
import type { Rule } from '../../engine/protocol/commands/policy.ts';
import { Role } from '../../engine/protocol/enums.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import { changeRows } from './changeRows.ts';

const rules: Rule[] = [{ id: 'A', when: { roles: [Role.risk] }, verdict: { is: 'allow' } }];
const firm = {
  nodes: [
    { node: 0, account: null, parent: null, label: 'Fund', tags: [], state: 'normal', limits: null },
    {
      node: 1,
      account: null,
      parent: 0,
      label: 'Macro',
      tags: ['carry'],
      state: 'frozen',
      limits: { soft: {}, hard: { grossUsd: 5_000_000_000_000, ordersPerMinute: 60 } },
    },
  ],
  members: [{ member: 3, label: 'Risk 1', role: Role.risk, nodes: [], accounts: [] }],
  policy: { rules },
} as unknown as FirmView;

test('limits are told one by one, and only those that differ', () => {
  const limits = {
    soft: { orderUsd: 1_000_000_000 },
    hard: { grossUsd: 8_000_000_000_000, ordersPerMinute: 60 },
  };
  expect(changeRows({ kind: 'SetLimits', node: 1, limits }, firm)).toEqual([
    { name: 'hard gross, USD', before: '5,000,000', after: '8,000,000' },
    { name: 'soft one order, USD', before: 'none', after: '1,000' },
  ]);
});

test('a place, a person and a rule are told as they are and as they would be', () => {
  expect(changeRows({ kind: 'SetNodeState', node: 1, state: 'normal' }, firm)).toEqual([
    { name: 'Macro', before: 'frozen', after: 'normal' },
  ]);
  expect(changeRows({ kind: 'ChangeMember', member: 3, role: Role.admin, nodes: [1] }, firm)).toEqual([
    { name: 'Risk 1', before: 'risk, all of the firm', after: 'admin, Macro' },
  ]);
  const next: Rule[] = [
    { ...rules[0]!, verdict: { is: 'deny' } },
    { id: 'B', when: {}, verdict: { is: 'deny' } },
  ];
  expect(changeRows({ kind: 'SetPolicy', rules: next }, firm)).toEqual([
    { name: 'A', before: 'risk: done at once', after: 'risk: refused' },
    { name: 'B', before: '·', after: 'everything: refused' },
  ]);
});

test('of who was given accounts one by one it is told which, so that a wider reach is seen', () => {
  const node = { ...firm.nodes[1]!, node: 2, label: 'Basis', account: 8 };
  const nodes = [...firm.nodes, node, { ...node, node: 3, label: 'Alts', account: 9 }];
  const members = [{ ...firm.members[0]!, role: Role.trader, accounts: [9] }];
  const action = { kind: 'ChangeMember', member: 3, role: Role.trader, nodes: [] } as const;
  expect(changeRows({ ...action, nodes: [] }, { ...firm, nodes, members })).toEqual([
    { name: 'Risk 1', before: 'trader, Alts', after: 'trader, all of the firm' },
  ]);
});

test('a window is told as it is and as it would be', () => {
  const windowed = { ...firm, nodes: firm.nodes.map((node) => ({ ...node, nettingWindow: null })) };
  const action = { kind: 'SetNettingWindow', node: 1, everyMinutes: 60, startMinuteUtc: 5 } as const;
  const name = 'opposite positions are crossed';
  const hourly = 'every 1 h, counted from 00:05 UTC';
  expect(changeRows(action, windowed)).toEqual([{ name, before: 'never by themselves', after: hourly }]);
  const nodes = windowed.nodes.map((node) => ({ ...node, nettingWindow: action }));
  expect(changeRows({ ...action, everyMinutes: 0 }, { ...firm, nodes })).toEqual([
    { name, before: hourly, after: 'never by themselves' },
  ]);
});

test('what moves money is told by its margin', () => {
  expect(changeRows({ kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1 }, firm)).toEqual([]);
});
