import { expect, test } from 'vitest';
import type { AuditRecord } from '../../engine/protocol/views/audit.ts';
import { type DeedNames, deedWords } from './deedWords.ts';

const names = {
  firm: {
    nodes: [
      { node: 0, firm: 1, parent: null, account: null, label: 'Fund' },
      { node: 3, firm: 1, parent: 0, account: 8, label: 'Basis' },
      { node: 4, firm: 1, parent: 0, account: 9, label: 'Alts' },
    ],
    members: [],
  },
  markets: [{ instrument: 0, name: 'BTC-PERP', lotsPerUnit: 10_000, ticksPerUsd: 10 }],
  assets: [{ name: 'USDC', decimals: 6 }],
} as unknown as DeedNames;

const record = (action: string, params: object) => ({ action, params }) as AuditRecord;

test('what the firm asks for is told as the sentence its wallet showed', () => {
  const transfer = { from: 8, to: 9, asset: 'USDC', amount: 120_000_000_000 };
  expect(deedWords(record('Propose.Transfer', transfer), names)).toBe(
    'Move 120,000 USDC from Basis (8) to Alts (9).',
  );
  expect(deedWords(record('End.Transfer', transfer), names)).toMatch(/^Move 120,000 USDC /);
});

test('a change set is told part by part', () => {
  const move = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 1_000_000 };
  const port = { kind: 'PortPosition', from: 8, to: 9, instrument: 0, lots: 5_000, priceTicks: 0 };
  expect(deedWords(record('Propose.ChangeSet', { parts: [move, port] }), names)).toBe(
    '2 moves as one change, all or none: 1. Move 1 USDC from Basis (8) to Alts (9); 2. Port 0.5 BTC-PERP from Basis (8) to Alts (9) at the mark, without a trade.',
  );
  expect(deedWords(record('Propose.ChangeSet', { part: 1 }), names)).toContain('part');
});

test('an order is told by side, size, price and account', () => {
  const order = {
    account: 8,
    instrument: 0,
    side: 1,
    sizeLots: 20_000,
    priceTicks: 627_506,
    triggerTicks: 0,
  };
  expect(deedWords(record('PlaceOrder', order), names)).toBe('Sell 2.0000 BTC-PERP at 62,750.6, Basis');
  expect(deedWords(record('PlaceOrder', { ...order, side: 0, priceTicks: 0 }), names)).toBe(
    'Buy 2.0000 BTC-PERP at market, Basis',
  );
});

test('a key that is let trade is told with all it is held to', () => {
  const approval = {
    publicKey: 'ab'.repeat(32),
    accounts: [8, 9],
    expiresAtMs: Date.UTC(2026, 10, 22, 3, 50),
    scope: { markets: ['BTC-PERP'], notionalPerHourUsd: 0, addresses: [] },
  };
  expect(deedWords(record('ApproveAgent', approval), names)).toBe(
    'Let the trading key abababab…abababab trade accounts 8, 9 in BTC-PERP only until 2026-11-22 03:50 UTC.',
  );
  const { scope: _, ...unscoped } = { ...approval, accounts: [] };
  expect(deedWords(record('ApproveAgent', unscoped), names)).toBe(
    'Let the trading key abababab…abababab trade every account of its member until 2026-11-22 03:50 UTC.',
  );
});

test('signing in and out is told by wallet, browser and why', () => {
  const wallet = `0x${'a1'.repeat(20)}`;
  const words = (action: string, params: object) => deedWords(record(action, params), names);
  const browser = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0.0.0 Safari/537.36';
  expect(words('SignIn', { wallet, browser })).toBe('Sign in as 0xa1a1…a1a1 with Chrome 143, Linux');
  expect(words('SignIn', { wallet: '' })).toBe('Sign in as a wallet that it does not name');
  expect(words('SignOut', { wallet, why: 'signedOut' })).toBe('Sign out of 0xa1a1…a1a1');
  expect(words('EndSession', { wallet, why: 'lostStanding' })).toBe(
    'The session of 0xa1a1…a1a1 ended: its wallet is no longer what it was of the firm',
  );
  expect(words('SignInsRefused', { count: 7, codes: ['session.nonceInvalid'] })).toBe(
    '7 more sign-ins from there within the minute: session.nonceInvalid',
  );
});

test('a decision and a comment are told by the number they speak of and their words', () => {
  const words = (action: string, params: object) =>
    deedWords(record(action, { proposal: 4, ...params }), names);
  const hashes = { actionHash: `0x${'8f'.repeat(32)}`, policyHash: `0x${'bc'.repeat(32)}`, seqMin: 1 };
  expect(words('Decide.Transfer', { ...hashes, decision: 'veto', reason: 'Not today.' })).toBe(
    'Veto #4: “Not today.”',
  );
  expect(words('Decide.Transfer', { ...hashes, decision: 'approve', reason: '' })).toBe('Agree to #4');
  expect(words('CommentProposal.Transfer', { isQuestion: true, text: 'Why?' })).toBe('Ask about #4: “Why?”');
  expect(words('CommentProposal.Transfer', { isQuestion: false, text: 'So.' })).toBe('Comment on #4: “So.”');
  // A decision that is none is told by what was sent.
  expect(words('Decide.Transfer', { decision: 'maybe' })).toBe('proposal 4 · decision maybe');
});

test('what has no sentence, or not the shape of one, is told by its parameters', () => {
  expect(deedWords(record('ListInstrument', { name: 'X', lots: 1 }), names)).toBe('name X · lots 1');
  expect(deedWords(record('Propose.SetLimits', { node: 3 }), names)).toBe('node 3');
  expect(deedWords(record('Propose.Nothing', { node: 3 }), names)).toBe('node 3');
});
