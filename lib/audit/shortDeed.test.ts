import { expect, test } from 'vitest';
import type { AuditRecord } from '../../engine/protocol/views/audit.ts';
import type { DeedNames } from './deedWords.ts';
import { shortDeed } from './shortDeed.ts';

const names = {
  firm: { nodes: [{ node: 1, firm: 1, parent: 0, account: null, label: 'Macro' }], members: [] },
  markets: [],
  assets: [],
} as unknown as DeedNames;

const words = (action: string, params: object) => shortDeed({ action, params } as AuditRecord, names);

test('limits are told in one line, soft beside hard', () => {
  const limits = {
    soft: { grossUsd: 36_000_000e6, dayLossUsd: 900_000e6 },
    hard: { grossUsd: 45_000_000e6, orderUsd: 5_000_000e6, dayLossUsd: 1_350_000e6, leveragePpm: 3e6 },
  };
  expect(words('Propose.SetLimits', { node: 1, limits })).toBe(
    'Limits of Macro, soft / hard: gross 36.00m / 45.00m, leverage – / 3.00×, one order – / 5.00m, loss of the day 900k / 1.35m',
  );
  const only = { soft: {}, hard: { underlyings: ['BTC'] } };
  expect(words('End.SetLimits', { node: 1, limits: only })).toBe(
    'Limits of Macro, soft / hard: only some may be traded',
  );
  expect(words('Propose.SetLimits', { node: 1, limits: { soft: {}, hard: {} } })).toMatch(/: none$/);
});

test('a policy is told by how many rules it has, and what is short already by its own sentence', () => {
  expect(words('Propose.SetPolicy', { rules: [{ id: 'A' }, { id: 'B' }] })).toBe(
    'Replace the firm’s policy by 2 rules',
  );
  expect(words('Propose.RenameNode', { node: 1, label: 'Rates' })).toBe('Rename Macro (node 1) to Rates.');
});

test('what has not the shape of what it says it is, is told by its parameters', () => {
  expect(words('Propose.SetLimits', { node: 1 })).toBe('node 1');
  expect(words('Propose.SetPolicy', { rules: 'all' })).toBe('rules all');
});
