import { expect, test } from 'vitest';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import type {
  AccountChangeView,
  ActionTrialView,
  LimitChangeView,
} from '../../engine/protocol/views/firm.ts';
import { type Crossing, crossings } from './crossings.ts';
import { nextLook, type TrialLook } from './trialLook.ts';

const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1 };
const names = { accountLabel: (account: number) => `A${account}`, labelOf: (node: number) => `P${node}` };
const limit = (used: number, usedAfter: number): LimitChangeView => {
  return { node: 1, kind: 'gross', of: '', used, usedAfter, soft: 80, hard: 100 };
};
const account = (before: number, after: number) =>
  ({
    account: 8,
    before: { distanceSigmas: before },
    after: { distanceSigmas: after },
  }) as AccountChangeView;
const passedBy = (limits: LimitChangeView[], accounts: AccountChangeView[] = []) =>
  crossings(transfer, { limits, accounts }, names).map(({ words }) => words);

test('what passes a limit, or goes further past it, is told; what goes back is not', () => {
  expect(passedBy([limit(70, 80)])).toEqual([]);
  expect(passedBy([limit(70, 81)])).toEqual(['P1 Gross over soft']);
  expect(passedBy([limit(81, 82)])).toEqual(['P1 Gross over soft']);
  expect(passedBy([limit(81, 100)])).toEqual(['P1 Gross at hard']);
  expect(passedBy([limit(120, 110)])).toEqual([]);
});

test('under two deviations is told where it comes nearer', () => {
  expect(passedBy([], [account(3, 2)])).toEqual([]);
  expect(passedBy([], [account(3, 1.99)])).toEqual(['A8 under 2σ']);
  expect(passedBy([], [account(1.5, 1.4)])).toEqual(['A8 under 2σ']);
  expect(passedBy([], [account(1.4, 1.5)])).toEqual([]);
  expect(passedBy([], [account(-1, 1)])).toEqual(['A8 under 2σ']);
  expect(passedBy([], [account(1, -1)])).toEqual([]);
});

const crossing = (key: string): Crossing => ({ key, line: key, words: key });
const seen = (proposal: number, ...keys: string[]): Omit<TrialLook, 'fresh'> => ({
  proposal,
  view: {} as ActionTrialView,
  receivedMs: 0,
  crossings: keys.map(crossing),
});

test('what is passed while one looks is fresh until it was read, and what stood there at first is not', () => {
  const keysOf = ({ fresh }: TrialLook) => fresh.map(({ key }) => key);
  const first = nextLook(undefined, seen(1, 'a'));
  const second = nextLook(first, seen(1, 'a', 'b'));
  const third = nextLook(second, seen(1, 'a', 'b', 'c'));
  expect([first, second, third].map(keysOf)).toEqual([[], ['b'], ['b', 'c']]);
  const read = { ...third, fresh: [] };
  expect(keysOf(nextLook(read, seen(1, 'a', 'b', 'c')))).toEqual([]);
  // What went away and came back has changed again.
  expect(keysOf(nextLook(nextLook(read, seen(1, 'a')), seen(1, 'a', 'b')))).toEqual(['b']);
  expect(keysOf(nextLook(third, seen(2, 'z')))).toEqual([]);
});
