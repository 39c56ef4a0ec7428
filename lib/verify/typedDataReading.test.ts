// Goal: what a page shows of a signed text is what is signed. How: typed data as the desk makes it, read back and
// hashed by two implementations that share no code.
import { expect, test } from 'vitest';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import { actionHash } from '../../engine/protocol/typed/actionHash.ts';
import { proposeTypedData } from '../../engine/protocol/typed/firmTypedData.ts';
import { readTypedData } from './typedDataReading.ts';

const desk = { chainId: 31_337, vault: `0x${'c3'.repeat(20)}` };
const signer = { wallet: `0x${'a1'.repeat(20)}`, nonce: 7 };
const action: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };
const terms = { policyHash: `0x${'d1'.repeat(32)}`, seqMin: 3, deadlineMs: 9 };
const typedData = proposeTypedData(desk, { kind: 'Propose', firm: 1, action, terms }, 'Move it.', signer);

test('a proposal is read field by field, and its action hash is the one the engine knows', () => {
  const reading = readTypedData(JSON.parse(JSON.stringify(typedData)));
  expect(reading.fields.map(({ path, value }) => `${path} ${value}`)).toEqual([
    'summary Move it.',
    'action.from 8',
    'action.to 9',
    'action.asset USDC',
    'action.amount 300000000000',
    'firm 1',
    `policyHash ${terms.policyHash}`,
    `proposer ${signer.wallet}`,
    'minSeq 3',
    'deadline 9',
    'nonce 7',
  ]);
  expect(reading.actionHash).toBe(actionHash(action));
  expect(reading.warnings).toEqual([]);
});

test('one field changed changes the hash of the message and of what is signed, not of the domain', () => {
  const { domainHash, messageHash, digest } = readTypedData(typedData);
  const changed = readTypedData({ ...typedData, message: { ...typedData.message, nonce: '8' } });
  expect(changed.domainHash).toBe(domainHash);
  expect(changed.messageHash).not.toBe(messageHash);
  expect(changed.digest).not.toBe(digest);
});

test('another desk, no chain and hidden characters are said', () => {
  const message = { ...typedData.message, summary: 'Move\u202eit' };
  const reading = readTypedData({ ...typedData, domain: { name: 'Other' }, message });
  expect(reading.warnings).toHaveLength(3);
  expect(reading.fields[0]!.value).toBe('Move\\u202eit');
  expect(() => readTypedData({ message: {} })).toThrow('Typed data has domain');
});
