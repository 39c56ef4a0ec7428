import { expect, test } from 'vitest';
import { sampleDirectory } from '../../api/native/sampleDirectory.ts';
import { type RootDraft, subaccountId } from '../../protocol/settlement/root.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import { rootOfDraft } from '../../settlement/roots/rootOfDraft.ts';
import { entitlementsViewOf } from './entitlements.ts';

const OWNER = `0x${'a1'.repeat(20)}`;
const OTHER = `0x${'b2'.repeat(20)}`;
const ZEROS = `0x${'00'.repeat(32)}`;
const HASHES = { stateHash: ZEROS, journalHead: ZEROS, metaHash: ZEROS, parent: ZEROS };

const firms = [OWNER, OTHER].map((owner, firm) => ({ firm, label: `Firm ${firm}`, owner, policyHash: '' }));
const accounts = [0, 1, 2, 3].map((account) => ({
  ...{ account, label: `Book ${account}`, potOf: null },
  firm: account === 2 ? 1 : 0,
}));
const directory = { ...sampleDirectory, firms, accounts };

const subs = [subaccountId(OWNER, 3), subaccountId(OTHER, 2), subaccountId(OWNER, 1), subaccountId(OTHER, 1)];
const draft: RootDraft = {
  ...HASHES,
  ...{ epoch: 7, seq: 40, timeMs: 12_345, depositCursor: 5 },
  leaves: subs.map((sub, place) => ({ sub, detail: ZEROS, entitled: [BigInt(10 ** place), 2n] })),
  withdrawals: [
    { sub: subs[0]!, nonce: 1, asset: 0, amount: 3n, to: OWNER, seq: 9 },
    { sub: subs[1]!, nonce: 2, asset: 1, amount: 1n, to: OTHER, seq: 11 },
  ],
};
const cut = rootOfDraft(draft, vaultDomain(31_337, directory.vault));
const root = { cut, signed: { draft, states: [], signatures: [] } };

test('of a root each is told their own accounts, in order, and the sums of all', () => {
  const view = entitlementsViewOf(root, directory, true, (account) => account !== 2);
  expect(view).toMatchObject({ epoch: 7, seq: 40, timeMs: 12_345, depositCursor: 5, isFinal: true });
  expect([view.hash, view.sums]).toEqual([cut.hash, ['1111', '8']]);
  expect(view.accounts).toEqual([
    { account: 1, sub: subs[2], entitled: ['100', '2'] },
    { account: 3, sub: subs[0], entitled: ['1', '2'] },
  ]);
  expect(view.withdrawals).toEqual([{ nonce: 1, account: 3, asset: 0, amount: '3', to: OWNER, seq: 9 }]);
});

test('a leaf in another owner’s name is nobody’s account, whatever its number', () => {
  const view = entitlementsViewOf(root, directory, false, () => true);
  // The fourth names account 1, which is not its owner's.
  expect(view.accounts.map(({ sub }) => sub)).toEqual([subs[2], subs[1], subs[0]]);
});
