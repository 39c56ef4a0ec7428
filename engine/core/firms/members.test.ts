// Goal: people, their wallets and their keys come and go as the firm says, and an end is an end at once. How: the
// sandbox's firm, actions of the desk itself.
import { expect, test } from 'vitest';
import { ALTS, BASIS, openDesk, START_MS, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, AdmitMember } from '../../protocol/commands/actions.ts';
import { AgentScheme, Role } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { HOUR_MS } from '../../units/time.ts';
import { directoryOf } from '../views/directory.ts';

const STRANGER = `0x${'c7'.repeat(20)}`;
const KEY = 'ab'.repeat(32);

function codeOf({ desk }: FirmDesk, action: Action, firm = FIRM): string | undefined {
  desk.run({ kind: 'Propose', firm, action });
  return desk.code;
}

/** A trading key of the trader. */
function approveKey({ desk }: FirmDesk, publicKey = KEY): number {
  desk.accept({
    kind: 'ApproveAgent',
    member: addressOf('trader'),
    scheme: AgentScheme.ed25519,
    publicKey,
    accounts: [],
    expiresAtMs: desk.timeMs + HOUR_MS,
    nonce: START_MS,
  });
  return desk.engine.state.directory.agents.length;
}

const admission: AdmitMember = {
  kind: 'AdmitMember',
  address: STRANGER,
  role: Role.risk,
  label: 'Risk 3',
  nodes: [],
};

test('who is removed signs nothing any more, and neither does a key of theirs', () => {
  const firm = new FirmDesk();
  const key = approveKey(firm);
  const member = firm.memberOf('trader');
  expect(codeOf(firm, { kind: 'RemoveMember', member })).toBeUndefined();
  const { desk } = firm;
  desk.run({ kind: 'CancelAll', account: BASIS, instrument: 0 }, key, desk.timeMs);
  expect(desk.code).toBe('actor.revoked');
  const view = directoryOf(desk.engine).members[member]!;
  expect(view).toMatchObject({ isRemoved: true, wallets: [], accounts: [] });
  expect(codeOf(firm, { kind: 'RemoveMember', member })).toBe('member.removed');
  // The person may come back: as another member.
  expect(codeOf(firm, { ...admission, address: addressOf('trader') })).toBeUndefined();
});

test('a member reaches what lies below its nodes, and a change of them holds at once', () => {
  const firm = new FirmDesk();
  const { engine } = firm.desk;
  const member = firm.memberOf('portfolio manager');
  expect(engine.access.accountsOfMember(member)).toEqual([BASIS, ALTS, VOL]);
  const node = engine.state.accounts.columns.node[VOL]!;
  const change: Action = { kind: 'ChangeMember', member, role: Role.portfolioManager, nodes: [node] };
  expect(codeOf(firm, change)).toBeUndefined();
  expect(engine.access.accountsOfMember(member)).toEqual([VOL]);
  firm.desk.accept({ kind: 'OpenPot', account: VOL, underlying: 'ETH', label: 'Ether pot' });
  expect(engine.access.accountsOfMember(member)).toHaveLength(2);
});

test('a second wallet signs for the same person, until it is unlinked; the last one stays', () => {
  const firm = new FirmDesk();
  const member = firm.memberOf('admin');
  expect(codeOf(firm, { kind: 'LinkWallet', member, address: STRANGER })).toBeUndefined();
  expect(directoryOf(firm.desk.engine).members[member]!.wallets).toEqual([addressOf('admin'), STRANGER]);
  expect(codeOf(firm, { ...admission })).toBe('wallet.inUse');
  expect(codeOf(firm, { kind: 'LinkWallet', member, address: STRANGER })).toBe('wallet.inUse');
  expect(codeOf(firm, { kind: 'UnlinkWallet', member, address: addressOf('admin') })).toBeUndefined();
  expect(codeOf(firm, { kind: 'UnlinkWallet', member, address: STRANGER })).toBe('member.lastWallet');
  expect(directoryOf(firm.desk.engine).members[member]!.wallets).toEqual([STRANGER]);
});

test('a wallet gives no orders, and a session key concerns itself with no firm', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  const key = approveKey(firm);
  const wallet = firm.walletOf(addressOf('trader'));
  desk.run({ kind: 'CancelAll', account: BASIS, instrument: 0 }, wallet, desk.timeMs);
  expect(desk.code).toBe('actor.notPermitted');
  desk.run({ kind: 'Propose', firm: FIRM, action: { kind: 'RevokeKey', publicKey: KEY } }, key, desk.timeMs);
  expect(desk.code).toBe('actor.notPermitted');
});

test('everybody ends their own keys; others’ are for those whom the policy names', () => {
  const firm = new FirmDesk();
  approveKey(firm);
  firm.ask('auditor', { kind: 'RevokeKey', publicKey: KEY });
  expect(firm.code).toBe('policy.denied');
  firm.ask('trader', { kind: 'RevokeKey', publicKey: KEY });
  expect(firm.code).toBeUndefined();
  approveKey(firm, 'cd'.repeat(32));
  firm.ask('risk', { kind: 'RevokeKey', publicKey: 'cd'.repeat(32) });
  expect(firm.code).toBeUndefined();
});

test('refusals, each alone', () => {
  const firm = new FirmDesk();
  const member = firm.memberOf('admin');
  const theirs = firm.memberOf('counterparty trader');
  const other = openDesk().engine.state.firms.columns.root[2]!;
  const cases: [string, Action][] = [
    ['label.invalid', { ...admission, label: '' }],
    ['parameters.invalid', { ...admission, address: '0x12' }],
    ['parameters.invalid', { ...admission, role: 10 as never }],
    ['node.unknown', { ...admission, nodes: [other] }],
    ['wallet.inUse', { ...admission, address: addressOf('risk') }],
    ['member.unknown', { kind: 'ChangeMember', member: theirs, role: Role.risk, nodes: [] }],
    ['parameters.invalid', { kind: 'ChangeMember', member, role: 0 as never, nodes: [] }],
    ['node.unknown', { kind: 'ChangeMember', member, role: Role.risk, nodes: [other] }],
    ['member.unknown', { kind: 'RemoveMember', member: -1 }],
    ['member.unknown', { kind: 'LinkWallet', member: theirs, address: STRANGER }],
    ['parameters.invalid', { kind: 'LinkWallet', member, address: STRANGER.toUpperCase() }],
    ['actor.unknown', { kind: 'UnlinkWallet', member, address: addressOf('risk') }],
    ['actor.unknown', { kind: 'RevokeKey', publicKey: KEY }],
    ['actor.unknown', { kind: 'RevokeKey', publicKey: addressOf('risk') }],
    ['parameters.invalid', { kind: 'Dance' } as never],
  ];
  for (const [code, action] of cases) expect([codeOf(firm, action), action]).toEqual([code, action]);
});
