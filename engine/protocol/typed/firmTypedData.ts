import { canonicalJson } from '../../units/canonicalJson.ts';
import type { ActionKind } from '../commands/actionNumbers.ts';
import type { Action } from '../commands/actions.ts';
import type {
  CommentProposal,
  Decide,
  FirmCommand,
  SignedPropose,
  WithdrawProposal,
} from '../commands/firm.ts';
import { commandKinds, isFirmKind } from '../commands/kinds.ts';
import type { Command } from '../commands/types.ts';
import type { DirectoryView, ProposalView } from '../views/directory.ts';
import { actionFields, actionStructs, signedForm } from './actionHash.ts';
import { actionSummary, type SummaryNames } from './actionSummary.ts';
import { structsWithin, type TypedField } from './structHash.ts';
import { domainOf, type TypedData } from './typedData.ts';

/** The desk a text is signed for. */
type Domain = Pick<DirectoryView, 'chainId' | 'vault'>;

/** What of a directory the texts are made from. */
type Names = SummaryNames & Domain & Pick<DirectoryView, 'proposals'>;

/** Who signed with what nonce. */
export interface Signer {
  wallet: string;
  nonce: number;
}

/** What a wallet signs to ask for an action: the request, and the action's own fields inside it. */
export function proposeTypes(kind: ActionKind): TypedData['types'] {
  return {
    Propose: [
      { name: 'summary', type: 'string' },
      { name: 'action', type: kind },
      { name: 'firm', type: 'int64' },
      { name: 'policyHash', type: 'bytes32' },
      { name: 'proposer', type: 'address' },
      { name: 'minSeq', type: 'uint64' },
      { name: 'deadline', type: 'uint64' },
      { name: 'nonce', type: 'uint64' },
    ],
    [kind]: actionFields[kind],
    ...structsWithin(actionFields[kind], actionStructs),
  };
}

export const approvalTypes = {
  Approval: [
    { name: 'requestId', type: 'bytes32' },
    { name: 'action', type: 'string' },
    { name: 'actionHash', type: 'bytes32' },
    { name: 'summary', type: 'string' },
    { name: 'policyHash', type: 'bytes32' },
    { name: 'approver', type: 'address' },
    { name: 'decision', type: 'string' },
    { name: 'reason', type: 'string' },
    { name: 'minSeq', type: 'uint64' },
    { name: 'deadline', type: 'uint64' },
    { name: 'nonce', type: 'uint64' },
  ],
} as const;

export const withdrawTypes = {
  WithdrawProposal: [
    { name: 'requestId', type: 'bytes32' },
    { name: 'proposer', type: 'address' },
    { name: 'nonce', type: 'uint64' },
  ],
} as const;

export const commentTypes = {
  CommentProposal: [
    { name: 'requestId', type: 'bytes32' },
    { name: 'text', type: 'string' },
    { name: 'isQuestion', type: 'bool' },
    { name: 'author', type: 'address' },
    { name: 'nonce', type: 'uint64' },
  ],
} as const;

/**
 * What a wallet signs to ask for an action: all its fields under their own names, inside the request.
 *
 * @param summary the sentence as the desk makes it; the fields say the same without names
 */
export function proposeTypedData(
  desk: Domain,
  { firm, action, terms }: SignedPropose,
  summary: string,
  signer: Signer,
): TypedData {
  const { kind } = action;
  return {
    domain: domainOf(desk),
    primaryType: 'Propose',
    types: proposeTypes(kind),
    message: {
      summary,
      action: actionValues(action),
      firm: String(firm),
      policyHash: terms.policyHash,
      proposer: signer.wallet,
      minSeq: String(terms.seqMin),
      deadline: String(terms.deadlineMs),
      nonce: String(signer.nonce),
    },
  };
}

/**
 * What a wallet signs to agree or object. The decision is inside the signed text, so an approval cannot be made into
 * something else.
 *
 * @param proposal as the desk has it: its sentence was made when it was opened, so later names change nothing
 */
export function decideTypedData(
  desk: Domain,
  decide: Decide,
  proposal: Pick<ProposalView, 'action' | 'summary'>,
  signer: Signer,
): TypedData {
  return {
    domain: domainOf(desk),
    primaryType: 'Approval',
    types: approvalTypes,
    message: {
      requestId: requestId(decide.proposal),
      action: proposal.action.kind,
      actionHash: decide.actionHash,
      summary: proposal.summary,
      policyHash: decide.policyHash,
      approver: signer.wallet,
      decision: decide.decision,
      reason: decide.reason,
      minSeq: String(decide.seqMin),
      deadline: String(decide.deadlineMs),
      nonce: String(signer.nonce),
    },
  };
}

/** What a wallet signs to take its own proposal back. */
export function withdrawTypedData(desk: Domain, { proposal }: WithdrawProposal, signer: Signer): TypedData {
  return {
    domain: domainOf(desk),
    primaryType: 'WithdrawProposal',
    types: withdrawTypes,
    message: { requestId: requestId(proposal), proposer: signer.wallet, nonce: String(signer.nonce) },
  };
}

/** What a wallet signs to say something: the words themselves, so nobody can be made to have said others. */
export function commentTypedData(desk: Domain, comment: CommentProposal, signer: Signer): TypedData {
  return {
    domain: domainOf(desk),
    primaryType: 'CommentProposal',
    types: commentTypes,
    message: {
      requestId: requestId(comment.proposal),
      text: comment.text,
      isQuestion: comment.isQuestion,
      author: signer.wallet,
      nonce: String(signer.nonce),
    },
  };
}

/** What a wallet signed for a command; undefined where it is about a proposal that is not there, or asks on no terms. */
export function firmTypedData(view: Names, command: FirmCommand, signer: Signer): TypedData | undefined {
  if (command.kind === 'Propose') {
    const { terms, action } = command;
    return terms && proposeTypedData(view, { ...command, terms }, actionSummary(action, view), signer);
  }
  if (command.kind === 'WithdrawProposal') return withdrawTypedData(view, command, signer);
  if (command.kind === 'CommentProposal') return commentTypedData(view, command, signer);
  const proposal = view.proposals.find((each) => each.proposal === command.proposal);
  return proposal && decideTypedData(view, command, proposal, signer);
}

export function isFirmCommand(command: Command): command is FirmCommand {
  return isFirmKind(commandKinds[command.kind]);
}

/** A proposal's number as 32 bytes. */
function requestId(proposal: number): string {
  return `0x${proposal.toString(16).padStart(64, '0')}`;
}

/** Fields of an action as a wallet takes them: integers as decimal text (0 where one is left out), what is no atom as canonical JSON. */
export function actionValues(action: Action): Record<string, unknown> {
  return walletValues(actionFields[action.kind], signedForm(action));
}

function walletValues(
  fields: readonly TypedField[],
  given: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, type }) => [name, walletValue(type, given[name])]));
}

function walletValue(type: TypedField['type'], value: unknown): unknown {
  if (type === 'int64') return String(value ?? 0);
  if (type === 'int64[]') return (value as number[]).map(String);
  const inner = type.endsWith('[]') ? actionStructs[type.slice(0, -2)] : undefined;
  if (inner !== undefined)
    return (value as Record<string, unknown>[]).map((item) => walletValues(inner, item));
  return type === 'string' && typeof value !== 'string' ? canonicalJson(value as never) : value;
}
