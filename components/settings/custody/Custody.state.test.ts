import { expect, test } from 'vitest';
import { Role } from '../../../engine/protocol/enums.ts';
import type { CustodyAddressView, CustodyView } from '../../../engine/protocol/views/custody.ts';
import type { FirmView } from '../../../engine/protocol/views/firm.ts';
import { apartOf, custodyRows, openSubaccounts, placeAbove } from './Custody.state.ts';

const firm = {
  owner: '0xowner',
  members: [
    { member: 0, label: 'Owner', role: Role.firmOwner },
    { member: 1, label: 'Signer', role: Role.treasurySigner },
  ],
  withdrawals: {
    destinations: [
      { to: '0xowner', label: 'the owner', isOwner: true },
      { to: '0xbank', label: 'Custody 1', isOwner: false },
    ],
  },
  nodes: [
    { node: 0, parent: null, account: null, label: 'Firm', isArchived: false, isSegregated: false },
    { node: 1, parent: 0, account: null, label: 'Macro', isArchived: false, isSegregated: false },
    { node: 2, parent: 1, account: 8, label: 'Basis', isArchived: false, isSegregated: true },
    { node: 3, parent: 1, account: 9, label: 'Old', isArchived: true, isSegregated: true },
  ],
} as unknown as FirmView;

const at = (address: string, rest: Partial<CustodyAddressView> = {}): CustodyAddressView => ({
  address,
  member: 1,
  code: 'key',
  askedMs: null,
  isListening: false,
  ...rest,
});
const rowsOf = (...addresses: CustodyAddressView[]) =>
  custodyRows(firm, { timeMs: 100_000, addresses } as unknown as CustodyView);

test('keys that people use are counted, and the owner stands first whatever it is', () => {
  const { rows, keyCount } = rowsOf(at('0xa'), at('0xb'), at('0xowner', { member: 0 }));
  expect(rows.map(({ address }) => address)).toEqual(['0xowner']);
  expect(keyCount).toBe(2);
});

test('a contract, a key that lends code, and a machine that asks are each shown', () => {
  const { rows, keyCount } = rowsOf(
    at('0xsafe', { code: 'contract' }),
    at('0xlent', { code: 'delegated' }),
    at('0xmpc', { askedMs: 88_000 }),
    at('0xnow', { askedMs: 88_000, isListening: true }),
  );
  expect(rows.map(({ codeWords, hook }) => [codeWords, hook])).toEqual([
    ['contract, ERC-1271', 'not asked'],
    ['key that lends code, EIP-7702', 'not asked'],
    ['key', 'asked 12.0 s ago'],
    ['key', 'waits for news'],
  ]);
  expect(keyCount).toBe(0);
});

test('an address that is only paid signs nothing and is asked for nothing', () => {
  const { rows } = rowsOf(at('0xbank', { member: null }));
  expect(rows[0]).toMatchObject({ whose: 'Custody 1', is: 'is paid', hook: undefined });
});

test('while the chain is away every wallet is shown: any of them may be a contract', () => {
  const { rows, keyCount } = rowsOf(at('0xa', { code: 'unknown' }), at('0xb', { code: 'unknown' }));
  expect(rows.map(({ codeWords }) => codeWords)).toEqual(['unknown', 'unknown']);
  expect(keyCount).toBe(0);
});

test('subaccounts kept apart are those of the tree that are not archived, with what is above them', () => {
  const [basis, ...rest] = apartOf(firm);
  expect([basis?.label, rest]).toEqual(['Basis', []]);
  expect(placeAbove(firm, basis!)).toBe('Firm / Macro');
  expect(openSubaccounts(firm).map(({ label }) => label)).toEqual(['Basis']);
});
