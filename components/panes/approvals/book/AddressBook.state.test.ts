import { expect, test } from 'vitest';
import type { DestinationView, FirmView, ProposalsView } from '../../../../engine/protocol/views/firm.ts';
import type { SettlementView } from '../../../../engine/protocol/views/settlement.ts';
import { testNowMs, testSettlement } from '../../../../lib/testSettlement.ts';
import { bookRows, dayMostUsd, vaultWords } from './AddressBook.state.ts';

const [OWNER, BANK, NEW] = ['aa', 'bb', 'cc'].map((pair) => `0x${pair.repeat(20)}`) as [
  string,
  string,
  string,
];
const NOW_MS = 1_000_000;
const idle = { dayUsd: 0, todayUsd: 0, listedMs: null, paidCount: 0 };
const owner: DestinationView = { ...idle, to: OWNER, label: 'Owner', isOwner: true };
const bank: DestinationView = { ...idle, to: BANK, label: 'Bank', isOwner: false, listedMs: 1 };
const withdrawals = { dayUsd: 0, todayUsd: 0, destinationDayUsd: 0, destinations: [bank, owner] };
const seats = [1, 2, null].map((member, group) => ({ member, group }));

function asked(proposal: number, to: string, dueAtMs: number, firm = 1): ProposalsView['proposals'][number] {
  const action = { kind: 'ListDestination', to, label: 'Asked', dayUsd: 0 };
  return { proposal, firm, action, dueAtMs, seats } as unknown as ProposalsView['proposals'][number];
}

function rows(...proposals: ProposalsView['proposals']) {
  return bookRows({ firm: 1, withdrawals }, { proposals, timeMs: NOW_MS });
}

test('the owner stands first, and what is asked for stands among the others with what it waits for', () => {
  expect(rows(asked(4, NEW, 0)).map(({ to, state, proposal }) => [to, state, proposal])).toEqual([
    [OWNER, 'owns the firm', undefined],
    [NEW, '2 of 3 agreed', 4],
    [BANK, 'in the book', undefined],
  ]);
});

test('once all agreed it says how long it waits still, rounded up', () => {
  const [, row] = rows(asked(4, NEW, NOW_MS + 86_398_001));
  expect(row?.state).toBe('in force in 23:59:59');
});

test('a change of what is in the book stands in its line, and another firm’s is nobody’s here', () => {
  const all = rows(asked(4, BANK, 0), asked(5, NEW, 0, 2));
  expect(all).toHaveLength(2);
  expect(all[1]).toMatchObject({ to: BANK, state: 'change 2 of 3 agreed', proposal: 4 });
});

test('of two limits the smaller holds, and none is none', () => {
  expect([dayMostUsd(0, 0), dayMostUsd(7, 0), dayMostUsd(7, 3)]).toEqual([undefined, 7, 3]);
});

test('the vault’s own list is told account by account', () => {
  const nodes = [1, 2, null].map((account) => ({ account, isArchived: false })) as FirmView['nodes'];
  const [first, second] = rows();
  const view = (fromMs: number): SettlementView => ({
    ...testSettlement,
    listed: [{ account: 1, to: BANK, fromMs }],
  });
  const words = (fromMs: number) => vaultWords({ nodes }, view(fromMs), second!, testNowMs);
  expect(vaultWords({ nodes }, undefined, second!, testNowMs)).toBe('–');
  expect(vaultWords({ nodes }, view(0), first!, testNowMs)).toBe('always');
  expect(words(testNowMs)).toBe('1 of 2 accounts');
  expect(words(testNowMs + 4_000)).toBe('in 0:04');
  expect(vaultWords({ nodes }, { ...view(0), listed: [] }, second!, testNowMs)).toBe('not listed');
});
