import type { Canonical } from '../../units/canonicalJson.ts';
import type { ActionKind } from '../commands/actionNumbers.ts';
import type { Action, ChangePart } from '../commands/actions.ts';
import type { Rule } from '../commands/policy.ts';
import { canonicalHash, type Structs, structHash, type TypedField } from './structHash.ts';

const text = (name: string): TypedField => ({ name, type: 'string' });
const integer = (name: string): TypedField => ({ name, type: 'int64' });
const integers = (name: string): TypedField => ({ name, type: 'int64[]' });
const texts = (name: string): TypedField => ({ name, type: 'string[]' });
const address = (name: string): TypedField => ({ name, type: 'address' });
const list = (name: string, type: TypedField['type']): TypedField => ({ name, type });
const flag = (name: string): TypedField => ({ name, type: 'bool' });

/** The struct of each action as a wallet shows it: every field of the action, under its own name. */
export const actionFields: Readonly<Record<ActionKind, readonly TypedField[]>> = {
  OpenNode: [integer('parent'), text('label'), flag('isAccount')],
  RenameNode: [integer('node'), text('label')],
  MoveNode: [integer('node'), integer('parent')],
  TagNode: [integer('node'), texts('tags')],
  ArchiveNode: [integer('node')],
  SetNodeState: [integer('node'), text('state')],
  SetLimits: [integer('node'), text('limits')],
  SetMarginCalls: [integer('node'), text('levels')],
  AcknowledgeMarginCall: [integer('call'), integer('member')],
  NetPositions: [integer('node'), integer('instrument')],
  SetNettingWindow: [integer('node'), integer('everyMinutes'), integer('startMinuteUtc')],
  Unwind: [integer('account'), integer('distancePpm')],
  Flatten: [integer('node'), integer('distancePpm')],
  PlaceOverLimit: [
    integer('account'),
    integer('instrument'),
    text('side'),
    integer('priceTicks'),
    integer('sizeLots'),
    text('timeInForce'),
  ],
  Withdraw: [integer('account'), text('asset'), integer('amount'), address('to'), integer('deadlineMs')],
  ListDestination: [address('to'), text('label'), integer('dayUsd')],
  UnlistDestination: [address('to')],
  SetWithdrawalLimits: [integer('dayUsd'), integer('destinationDayUsd')],
  SetSegregation: [integer('account'), flag('isSegregated')],
  AdmitMember: [address('address'), integer('role'), text('label'), integers('nodes')],
  ChangeMember: [integer('member'), integer('role'), integers('nodes')],
  RemoveMember: [integer('member')],
  LinkWallet: [integer('member'), address('address')],
  UnlinkWallet: [integer('member'), address('address')],
  ApproveKey: [
    integer('member'),
    text('scheme'),
    text('publicKey'),
    integers('accounts'),
    integer('expiresAtMs'),
    texts('markets'),
    integer('notionalPerHourUsd'),
    texts('addresses'),
  ],
  RevokeKey: [text('publicKey')],
  ChangeKey: [
    text('publicKey'),
    texts('markets'),
    integer('notionalPerHourUsd'),
    texts('addresses'),
    integer('expiresAtMs'),
  ],
  SetPolicy: [text('rules')],
  Transfer: [integer('from'), integer('to'), text('asset'), integer('amount')],
  TransferMany: [text('transfers')],
  PortPosition: [
    integer('from'),
    integer('to'),
    integer('instrument'),
    integer('lots'),
    integer('priceTicks'),
  ],
  ChangeSet: [list('parts', 'ChangePart[]')],
};

/**
 * Types inside those of actions. A part of a change set is one move or another, in the very type in which it is
 * signed alone: of the three lists one has an item, so that a wallet shows each field under its own name and no empty one.
 */
export const actionStructs: Structs = {
  ChangePart: [
    integer('part'),
    list('transfer', 'Transfer[]'),
    list('port', 'PortPosition[]'),
    list('move', 'MoveNode[]'),
  ],
  Transfer: actionFields.Transfer,
  PortPosition: actionFields.PortPosition,
  MoveNode: actionFields.MoveNode,
};

/** What an approval is bound to: the EIP-712 struct hash of the action in its own type. */
export function actionHash(action: Action): string {
  const { kind } = action;
  return structHash(kind, actionFields[kind], signedForm(action), actionStructs);
}

/** An action's values by the names of its typed fields. */
export function signedForm(action: Action): Record<string, unknown> {
  if (action.kind === 'ChangeSet') return { parts: action.parts.map(partForm) };
  const { kind: _, ...values } = action;
  return values;
}

function partForm({ kind, ...fields }: ChangePart, at: number): Record<string, unknown> {
  const isOf = (of: ChangePart['kind']) => (kind === of ? [fields] : []);
  return {
    part: at + 1,
    transfer: isOf('Transfer'),
    port: isOf('PortPosition'),
    move: isOf('MoveNode'),
  };
}

/** What names a policy: two that read the same have the same. */
export function policyHash(rules: readonly Rule[]): string {
  return canonicalHash(rules as unknown as Canonical);
}
