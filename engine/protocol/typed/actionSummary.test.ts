// Goal: a wallet shows a true sentence. How: one of each action by the names of a small desk, read by a person.
import { expect, test } from 'vitest';
import type { Action } from '../commands/actions.ts';
import { Role } from '../enums.ts';
import { actionSummary, type SummaryNames } from './actionSummary.ts';

const names = {
  nodes: [{ label: 'Fund' }, { label: 'Macro' }],
  accounts: [{ label: 'Basis' }, { label: 'Alts' }],
  members: [{ label: 'Risk 1' }],
  markets: [{ name: 'BTC-PERP', lotsPerUnit: 10_000, ticksPerUsd: 10 }],
  assets: [
    { name: 'USDC', decimals: 6 },
    { name: 'BTC', decimals: 8 },
  ],
} as unknown as SummaryNames;
const address = `0x${'a1'.repeat(20)}`;
const usdc = { from: 0, to: 1, asset: 'USDC', amount: 1_000_500_000 };

const cases: [string, Action][] = [
  [
    'Open the group Rates below Fund (node 0).',
    { kind: 'OpenNode', parent: 0, label: 'Rates', isAccount: false },
  ],
  [
    'Open the subaccount R1 below Macro (node 1).',
    { kind: 'OpenNode', parent: 1, label: 'R1', isAccount: true },
  ],
  ['Rename Macro (node 1) to Rates.', { kind: 'RenameNode', node: 1, label: 'Rates' }],
  ['Move Macro (node 1) below Fund (node 0).', { kind: 'MoveNode', node: 1, parent: 0 }],
  ['Tag Macro (node 1) with basis, carry.', { kind: 'TagNode', node: 1, tags: ['basis', 'carry'] }],
  ['Tag Macro (node 1) with nothing.', { kind: 'TagNode', node: 1, tags: [] }],
  ['Close Macro (node 1) for good, with all below it.', { kind: 'ArchiveNode', node: 1 }],
  ['Freeze Macro (node 1) and all below it.', { kind: 'SetNodeState', node: 1, state: 'frozen' }],
  ['Move 1,000.5 USDC from Basis (0) to Alts (1).', { kind: 'Transfer', ...usdc }],
  [
    'Move 1,000.5 USDC from Basis (0) to Alts (1); 0.00000001 BTC from Alts (1) to ? (7); all or none.',
    { kind: 'TransferMany', transfers: [usdc, { from: 1, to: 7, asset: 'BTC', amount: 1 }] },
  ],
  [
    'Port 0.5 BTC-PERP from Basis (0) to Alts (1) at the mark, without a trade.',
    { kind: 'PortPosition', from: 0, to: 1, instrument: 0, lots: 5_000, priceTicks: 0 },
  ],
  [
    'Port 0.5 BTC-PERP from Basis (0) to Alts (1) at 60000.5 USD, without a trade.',
    { kind: 'PortPosition', from: 0, to: 1, instrument: 0, lots: 5_000, priceTicks: 600_005 },
  ],
  [
    '2 moves as one change, all or none: 1. Move 1,000.5 USDC from Basis (0) to Alts (1); 2. Port 0.5 BTC-PERP from Basis (0) to Alts (1) at the mark, without a trade.',
    {
      kind: 'ChangeSet',
      parts: [
        { kind: 'Transfer', ...usdc },
        { kind: 'PortPosition', from: 0, to: 1, instrument: 0, lots: 5_000, priceTicks: 0 },
      ],
    },
  ],
  [
    'Net BTC-PERP of the subaccounts of Macro (node 1) at the mark.',
    { kind: 'NetPositions', node: 1, instrument: 0 },
  ],
  [
    'Net the subaccounts of Macro (node 1) every 60 minutes from minute 5 of the UTC day.',
    { kind: 'SetNettingWindow', node: 1, everyMinutes: 60, startMinuteUtc: 5 },
  ],
  [
    'End the netting window of Macro (node 1).',
    { kind: 'SetNettingWindow', node: 1, everyMinutes: 0, startMinuteUtc: 0 },
  ],
  ['Cancel all orders of Basis (0) and close its positions in the market.', { kind: 'Unwind', account: 0 }],
  [
    'Cancel all orders of all at or below Macro (node 1) and close their positions in the market.',
    { kind: 'Flatten', node: 1 },
  ],
  [
    'Cancel all orders of all at or below Macro (node 1) and close their positions in the market, no further than 0.75 % from the mark.',
    { kind: 'Flatten', node: 1, distancePpm: 7_500 },
  ],
  [
    `Let ${address} act as portfolio manager Desk 2 on all of the firm.`,
    { kind: 'AdmitMember', address, role: Role.portfolioManager, label: 'Desk 2', nodes: [] },
  ],
  [
    'Make Risk 1 (member 0) ops maker on Fund (node 0), Macro (node 1).',
    { kind: 'ChangeMember', member: 0, role: Role.opsMaker, nodes: [0, 1] },
  ],
  ['End the membership of Risk 1 (member 0) with all wallets and keys.', { kind: 'RemoveMember', member: 0 }],
  [`Let ${address} sign for Risk 1 (member 0).`, { kind: 'LinkWallet', member: 0, address }],
  [`Let ${address} no longer sign for Risk 1 (member 0).`, { kind: 'UnlinkWallet', member: 0, address }],
  [
    'Let the p256 key abababab…abababab trade Alts (1) and their pots for Risk 1 (member 0) in BTC-PERP only, for 5 USD an hour at most until 2026-11-22 03:50 UTC. It can never withdraw.',
    {
      kind: 'ApproveKey',
      member: 0,
      scheme: 'p256',
      publicKey: 'ab'.repeat(32),
      accounts: [1],
      expiresAtMs: Date.UTC(2026, 10, 22, 3, 50),
      markets: ['BTC-PERP'],
      notionalPerHourUsd: 5_000_000,
      addresses: [],
    },
  ],
  [
    `Let withdrawals go to Custodian, ${address}, at most 5,000 USD a day.`,
    { kind: 'ListDestination', to: address, label: 'Custodian', dayUsd: 5_000_000_000 },
  ],
  [`Let no more withdrawals go to ${address}.`, { kind: 'UnlistDestination', to: address }],
  [
    'Limit withdrawals in a day: in all at most 1,000.5 USD a day; to one address without an end of its own.',
    { kind: 'SetWithdrawalLimits', dayUsd: 1_000_500_000, destinationDayUsd: 0 },
  ],
  [
    'Keep Alts (1) apart: nothing moves, is ported or crossed between it and another account.',
    { kind: 'SetSegregation', account: 1, isSegregated: true },
  ],
  ['Keep Alts (1) apart no longer.', { kind: 'SetSegregation', account: 1, isSegregated: false }],
  [
    'Revoke the trading key abababab…abababab and cancel the orders it placed or changed last.',
    { kind: 'RevokeKey', publicKey: 'ab'.repeat(32) },
  ],
  [
    'Let the trading key abababab…abababab trade its accounts in BTC-PERP only, for 1,000.5 USD an hour at most, from 10.0.0.7, ::1 only until 2026-11-22 03:50 UTC.',
    {
      kind: 'ChangeKey',
      publicKey: 'ab'.repeat(32),
      markets: ['BTC-PERP'],
      notionalPerHourUsd: 1_000_500_000,
      addresses: ['10.0.0.7', '::1'],
      expiresAtMs: Date.UTC(2026, 10, 22, 3, 50),
    },
  ],
  [
    'Let the trading key abababab…abababab trade its accounts without further terms until 1970-01-01 00:00 UTC.',
    {
      kind: 'ChangeKey',
      publicKey: 'ab'.repeat(32),
      markets: [],
      notionalPerHourUsd: 0,
      addresses: [],
      expiresAtMs: 0,
    },
  ],
  [
    'Limit Macro (node 1) and all below it: hard gross 5,000,000 USD, net of bitcoin 0.5 USD, gross of ETH 2 USD, one order 100 USD, 5 orders a minute, loss of a day 7,000 USD, gross 2.5 times its worth, one asset at most 25 % over 10 USD, only BTC, ETH, only perpetual; soft none.',
    {
      kind: 'SetLimits',
      node: 1,
      limits: {
        soft: {},
        hard: {
          grossUsd: 5_000_000e6,
          classes: [{ class: 'bitcoin', netUsd: 500_000 }],
          assets: [{ underlying: 'ETH', grossUsd: 2e6 }],
          orderUsd: 100e6,
          ordersPerMinute: 5,
          dayLossUsd: 7e9,
          leveragePpm: 2_500_000,
          concentrationPpm: 250_000,
          concentrationFloorUsd: 10e6,
          underlyings: ['BTC', 'ETH'],
          kinds: ['perpetual'],
        },
      },
    },
  ],
  [
    'Buy 0.5 BTC-PERP for Basis (0) at 60000.5 USD or better, ioc, over its soft limits.',
    {
      kind: 'PlaceOverLimit',
      account: 0,
      instrument: 0,
      side: 'buy',
      priceTicks: 600_005,
      sizeLots: 5_000,
      timeInForce: 'ioc',
    },
  ],
  [
    'Withdraw 1,234.5 USDC from Basis (0) to 0x00000000000000000000000000000000000000aa on the chain.',
    {
      kind: 'Withdraw',
      account: 0,
      asset: 'USDC',
      amount: 1_234_500_000,
      to: '0x00000000000000000000000000000000000000aa',
      deadlineMs: 1,
    },
  ],
  [
    "Replace the firm's policy by these 1 rules: ALL.",
    { kind: 'SetPolicy', rules: [{ id: 'ALL', when: {}, verdict: { is: 'deny' } }] },
  ],
];

test.each(cases)('%s', (sentence, action) => {
  expect(actionSummary(action, names)).toBe(sentence);
});
