import { standardPolicy } from '../../core/policy/standardPolicy.ts';
import type { Action, CollateralTransfer, Transfer } from '../../protocol/commands/actions.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { Role } from '../../protocol/enums.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import { addressOf } from '../../sandbox/people.ts';
import { HOUR_MS } from '../../units/time.ts';
import { ALTS, BASIS, BTC, VOL } from '../fixtures/desk.ts';
import type { CaseName, Column } from './actionMatrix.ts';
import { byDesk, limitAction, limitOf, MACRO, PAYOUT_DAY, type Stage, windowOf } from './stage.ts';

/** One action of each kind and direction, as somebody of a column asks for it. */
export interface ActionCase {
  action(stage: Stage, maker: Column): Action;
  /** What the desk does before anybody asks. */
  before?(stage: Stage, maker: Column): Command[];
  /** What the desk does to have it back as it was, once it was done. */
  after?(stage: Stage): Command[];
  /** Refusal of the action itself where somebody else has done all there was to do: the policy let it pass. */
  isDone?: ErrorCode;
  /** Refusal of the action itself, which no stage gives anything to do: that it answers says that the policy let it pass. */
  isPassed?: ErrorCode;
}

const SMALL = 1_000_000;
const LARGE = 300_000_000_000;

const between = (amount: number, from = BASIS, to = ALTS): CollateralTransfer => ({
  from,
  to,
  asset: 'USDC',
  amount,
});
const back = () => [byDesk({ kind: 'Transfer', ...between(SMALL, ALTS, BASIS) })];

const oneBack: Transfer = { kind: 'Transfer', ...between(1, ALTS, BASIS) };

export const actionCases: Record<CaseName, ActionCase> = {
  transferSmall: { action: () => ({ kind: 'Transfer', ...between(SMALL) }), after: back },
  transferManySmall: {
    action: () => ({ kind: 'TransferMany', transfers: [between(SMALL)] }),
    after: back,
  },
  transferLarge: { action: () => ({ kind: 'Transfer', ...between(LARGE) }) },
  transferManyLarge: {
    action: () => ({ kind: 'TransferMany', transfers: [between(LARGE / 2), between(LARGE / 2)] }),
  },
  transferOut: { action: ({ theirs }) => ({ kind: 'Transfer', ...between(SMALL, BASIS, theirs) }) },
  changeSetSmall: {
    action: () => ({ kind: 'ChangeSet', parts: [{ kind: 'Transfer', ...between(SMALL) }, oneBack] }),
    after: () => [byDesk({ kind: 'Transfer', ...between(SMALL - 1, ALTS, BASIS) })],
  },
  changeSetMove: {
    action: (stage) => ({
      kind: 'ChangeSet',
      parts: [
        { kind: 'MoveNode', node: stage.node('Empty'), parent: MACRO },
        { kind: 'Transfer', ...between(SMALL) },
      ],
    }),
  },
  changeSetLarge: {
    action: () => ({
      kind: 'ChangeSet',
      parts: [
        { kind: 'Transfer', ...between(LARGE / 2) },
        { kind: 'Transfer', ...between(LARGE / 2) },
      ],
    }),
  },
  changeSetPort: {
    action: () => ({
      kind: 'ChangeSet',
      parts: [
        { kind: 'Transfer', ...between(LARGE) },
        { kind: 'PortPosition', from: BASIS, to: ALTS, instrument: BTC, lots: 10, priceTicks: 0 },
      ],
    }),
  },
  withdrawSmall: { action: (stage) => payout(stage, SMALL) },
  withdrawMid: { action: (stage) => payout(stage, LARGE) },
  withdrawLarge: { action: (stage) => payout(stage, 5 * LARGE) },
  bookAdd: {
    action: (stage) => ({ kind: 'ListDestination', to: stage.newWallet(), label: 'Custodian', dayUsd: 0 }),
  },
  bookRemove: {
    action: (stage) => ({ kind: 'UnlistDestination', to: stage.newWallet() }),
    // The desk itself lists none: that it is not there says that the policy let it pass.
    isPassed: 'destination.unknown',
  },
  payoutLimitsLoosen: {
    action: () => ({ kind: 'SetWithdrawalLimits', dayUsd: 0, destinationDayUsd: 0 }),
  },
  payoutLimitsTighten: {
    action: () => ({
      kind: 'SetWithdrawalLimits',
      dayUsd: PAYOUT_DAY / 2,
      destinationDayUsd: PAYOUT_DAY / 2,
    }),
    after: () => [byDesk({ kind: 'SetWithdrawalLimits', dayUsd: PAYOUT_DAY, destinationDayUsd: PAYOUT_DAY })],
  },
  segregate: {
    action: () => ({ kind: 'SetSegregation', account: VOL, isSegregated: true }),
    after: () => [byDesk({ kind: 'SetSegregation', account: VOL, isSegregated: false })],
  },
  segregateEnd: {
    action: () => ({ kind: 'SetSegregation', account: VOL, isSegregated: false }),
  },
  limitsLoosen: { action: (stage) => limitAction(stage, 3e12) },
  limitsTighten: { action: (stage) => limitAction(stage, 1e12), after: (stage) => [limitOf(stage)] },
  callsTighten: {
    action: (stage) => callsAt(stage, 600_000),
    after: (stage) => [byDesk(callsAt(stage, 700_000))],
  },
  callsLoosen: { action: (stage) => callsAt(stage, 800_000) },
  callTaken: {
    action: (stage, maker) => ({ kind: 'AcknowledgeMarginCall', call: 0, member: stage.memberOf(maker) }),
    isPassed: 'call.unknown',
  },
  callTakenForAnother: {
    action: (stage) => ({
      kind: 'AcknowledgeMarginCall',
      call: 0,
      member: stage.memberOf('second portfolio manager'),
    }),
  },
  port: {
    action: () => ({ kind: 'PortPosition', from: BASIS, to: ALTS, instrument: BTC, lots: 10, priceTicks: 0 }),
  },
  placeOverLimit: {
    action: ({ prices }) => ({
      kind: 'PlaceOverLimit',
      account: BASIS,
      instrument: BTC,
      side: 'buy',
      priceTicks: prices.buyTicks,
      sizeLots: 100,
      timeInForce: 'gtc',
    }),
  },
  approveKey: { action: (stage, maker) => stage.longKeyOf(maker, { notionalPerHourUsd: SMALL }) },
  approveKeyPastSoft: { action: (stage, maker) => stage.longKeyOf(maker, {}) },
  approveKeyForAnother: {
    action: (stage) => stage.longKeyOf('second portfolio manager', { notionalPerHourUsd: SMALL }),
  },
  revokeOwnKey: {
    before: (stage, maker) => [stage.newKeyOf(isTrading(maker) ? maker : 'risk')],
    action: ({ key }) => ({ kind: 'RevokeKey', publicKey: key }),
  },
  revokeKey: {
    before: (stage) => [stage.newKeyOf('second portfolio manager')],
    action: ({ key }) => ({ kind: 'RevokeKey', publicKey: key }),
  },
  changeOwnKeyTighten: {
    before: (stage, maker) => [stage.newKeyOf(isTrading(maker) ? maker : 'risk')],
    action: (stage) => stage.changeOfKey({ markets: ['BTC-PERP'] }),
  },
  changeOwnKeyLoosen: {
    before: (stage, maker) => [stage.newKeyOf(isTrading(maker) ? maker : 'risk')],
    action: (stage) =>
      stage.changeOfKey({ expiresAtMs: stage.nowMs() + 2 * HOUR_MS, notionalPerHourUsd: SMALL }),
  },
  changeOwnKeyPastSoft: {
    before: (stage, maker) => [stage.newKeyOf(isTrading(maker) ? maker : 'risk')],
    action: (stage) => stage.changeOfKey({ expiresAtMs: stage.nowMs() + 2 * HOUR_MS }),
  },
  changeKeyTighten: {
    before: (stage) => [stage.newKeyOf('second portfolio manager')],
    action: (stage) => stage.changeOfKey({ notionalPerHourUsd: SMALL }),
  },
  changeKeyLoosen: {
    before: (stage) => [stage.newKeyOf('second portfolio manager')],
    action: (stage) => stage.changeOfKey({ expiresAtMs: stage.nowMs() + 2 * HOUR_MS }),
  },
  unlinkOwnWallet: {
    before: (stage, maker) => [stage.newWalletOf(maker)],
    action: (stage, maker) => ({
      kind: 'UnlinkWallet',
      member: stage.memberOf(maker),
      address: stage.wallet,
    }),
  },
  unlinkWallet: {
    before: (stage) => [stage.newWalletOf('second risk')],
    action: (stage) => ({
      kind: 'UnlinkWallet',
      member: stage.memberOf('second risk'),
      address: stage.wallet,
    }),
  },
  admit: {
    action: (stage) => ({
      kind: 'AdmitMember',
      address: stage.newWallet(),
      role: Role.risk,
      label: 'Risk 3',
      nodes: [],
    }),
  },
  changeMember: {
    action: (stage) => ({
      kind: 'ChangeMember',
      member: stage.memberOf('second ops-approver'),
      role: Role.risk,
      nodes: [],
    }),
  },
  linkWallet: {
    action: (stage) => ({
      kind: 'LinkWallet',
      member: stage.memberOf('second risk'),
      address: stage.newWallet(),
    }),
  },
  setPolicy: { action: () => ({ kind: 'SetPolicy', rules: standardPolicy.rules }) },
  removeMember: {
    action: (stage) => ({ kind: 'RemoveMember', member: stage.memberOf('second treasury signer') }),
  },
  stop: {
    action: (stage) => ({ kind: 'SetNodeState', node: stage.node('Empty'), state: 'frozen' }),
    after: (stage) => [byDesk({ kind: 'SetNodeState', node: stage.node('Empty'), state: 'normal' })],
  },
  resume: {
    action: (stage) => ({ kind: 'SetNodeState', node: stage.node('Frozen'), state: 'normal' }),
  },
  unwind: { action: () => ({ kind: 'Unwind', account: ALTS }) },
  flatten: { action: () => ({ kind: 'Flatten', node: MACRO }) },
  openNode: {
    action: () => ({ kind: 'OpenNode', parent: MACRO, label: 'New', isAccount: false }),
  },
  renameNode: {
    action: (stage) => ({ kind: 'RenameNode', node: stage.node('Empty'), label: 'Empty' }),
  },
  tagNode: { action: (stage) => ({ kind: 'TagNode', node: stage.node('Empty'), tags: ['none'] }) },
  moveNode: { action: (stage) => ({ kind: 'MoveNode', node: stage.node('Empty'), parent: MACRO }) },
  archiveNode: { action: (stage) => ({ kind: 'ArchiveNode', node: stage.node('Empty') }) },
  net: {
    action: () => ({ kind: 'NetPositions', node: MACRO, instrument: BTC }),
    isDone: 'netting.nothingToCross',
  },
  windowOpen: {
    action: () => ({ kind: 'SetNettingWindow', node: MACRO, everyMinutes: 60, startMinuteUtc: 0 }),
  },
  windowEnd: {
    action: (stage) => ({
      kind: 'SetNettingWindow',
      node: stage.node('Windowed'),
      everyMinutes: 0,
      startMinuteUtc: 0,
    }),
    after: (stage) => [windowOf(stage, 60)],
  },
};

/** @param lifeMs longer than any delay of the policy */
export function payout(stage: Stage, amount: number, lifeMs = 5 * HOUR_MS): Action {
  const deadlineMs = stage.nowMs() + lifeMs;
  return { kind: 'Withdraw', account: BASIS, asset: 'USDC', amount, to: addressOf('firm owner'), deadlineMs };
}

function callsAt(stage: Stage, ratioPpm: number): Action {
  const levels = [{ ratioPpm, roles: [Role.trader], prepare: 'nothing' as const }];
  return { kind: 'SetMarginCalls', node: stage.node('Called'), levels };
}

/** Who may have a key that orders. */
export function isTrading(column: Column): boolean {
  return column === 'trader' || column === 'portfolio manager' || column === 'risk';
}
