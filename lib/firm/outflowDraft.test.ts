import { expect, test } from 'vitest';
import { readChange } from './change.ts';
import {
  destinationDraft,
  NO_USD,
  newDestinationDraft,
  type OutflowDraft,
  withdrawalLimitsDraft,
} from './outflowDraft.ts';

const TO = `0x${'Ab'.repeat(20)}`;
const listed = {
  ...{ to: TO.toLowerCase(), label: 'Bank', isOwner: false, listedMs: 1, paidCount: 0 },
  ...{ dayUsd: 250_000_000_000, todayUsd: 0 },
};
const names = { markets: [], assets: [] };
const limits = { dayUsd: 5_000_000, destinationDayUsd: 0, todayUsd: 0, destinations: [] };

test('an address is read in lower case, its name without blanks, its limit in micro-USD', () => {
  const draft = {
    ...newDestinationDraft(),
    to: ` ${TO}`,
    label: ' Bank ',
    typed: '250k',
  };
  expect(readChange(draft, names)).toEqual({
    action: { kind: 'ListDestination', to: listed.to, label: 'Bank', dayUsd: listed.dayUsd },
  });
  expect(readChange({ ...draft, typed: '' }, names)).toMatchObject({ action: { dayUsd: 0 } });
});

test('a line of the book opens as it is, and is asked for only once it is another', () => {
  const draft = destinationDraft(listed);
  expect(draft).toMatchObject({ to: listed.to, label: 'Bank', typed: '250,000' });
  expect(readChange(draft, names)).toEqual({ missing: 'Nothing changes: this is how the book has it.' });
  expect(readChange({ ...draft, typed: '100k' }, names)).toMatchObject({
    action: { dayUsd: 100_000_000_000 },
  });
});

test('limits of a day open as they are; an empty field is no end', () => {
  const draft = withdrawalLimitsDraft(limits);
  expect(draft).toMatchObject({ typedDay: '5', typedDestination: '' });
  expect(readChange(draft, names)).toEqual({
    missing: 'Nothing changes: these are the limits it has.',
  });
  expect(readChange({ ...draft, typedDay: '', typedDestination: '1m' }, names)).toEqual({
    action: { kind: 'SetWithdrawalLimits', dayUsd: 0, destinationDayUsd: 1_000_000_000_000 },
  });
});

test.each([
  { ...newDestinationDraft(), to: '' },
  { ...newDestinationDraft(), to: '0x12', label: 'Bank' },
  { ...newDestinationDraft(), to: TO, label: ' ' },
  { ...newDestinationDraft(), to: TO, label: 'Bank', typed: '0' },
  { ...withdrawalLimitsDraft(limits), typedDay: 'much' },
] satisfies OutflowDraft[])('what cannot be asked for yet says what is missing', (draft) => {
  expect(readChange(draft, names)).toMatchObject({ missing: expect.stringMatching(/\.$/) });
});

test('a limit of nothing is no limit that can be written: it would be none', () => {
  const draft = { ...withdrawalLimitsDraft(limits), typedDay: '0' };
  expect(readChange(draft, names)).toEqual({ missing: NO_USD });
});
