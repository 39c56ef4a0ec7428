import { sha256 } from '../../audit/chain.ts';
import { cleaned } from '../../audit/cleaned.ts';
import type { State } from '../../core/state.ts';
import { actionFacets } from '../../core/views/actionFacets.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Envelope, Proof } from '../../protocol/commands/envelope.ts';
import { nameOf, ProposalEnd, Role } from '../../protocol/enums.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { AuditActor, AuditApproval, AuditChange, AuditEntry } from '../../protocol/views/audit.ts';
import { type Canonical, canonicalJson } from '../../units/canonicalJson.ts';
import { typedDataDigest } from '../signatures/walletSignatures.ts';
import type { BeforeCommand, BeforeTick } from './auditMoment.ts';

/** The entry of one command. */
export function entryOf(
  state: State,
  seq: number,
  before: BeforeCommand,
  events: readonly EngineEvent[],
): AuditEntry {
  const { envelope, action, proposal, firm, policyHash, rules } = before;
  const { kind, ...params } = envelope.command;
  const opened = eventIn(events, 'ProposalOpened')?.proposal ?? 0;
  const result = resultOf(envelope, events);
  return {
    ...entryBase(
      seq,
      state.globals.columns.timeMs[0]!,
      paramsOf(kind === 'Propose' ? action : undefined, params),
    ),
    firm,
    actor: actorOf(before),
    action: action === undefined ? kind : `${kind}.${action.kind}`,
    proposal: proposal?.proposal ?? opened,
    policyHash,
    rule: [...rules],
    approvals: approvalIn(before, result),
    ...signedIn(envelope),
    result,
    changes: [
      ...changesOf(state, firm, action, before.facets),
      ...refusedOperations(events, result),
      ...refusedPart(events),
    ],
  };
}

/** The entries of proposals that time has brought to an end, or to their deed. */
export function endEntries(
  state: State,
  seq: number,
  { proposals }: BeforeTick,
  events: readonly EngineEvent[],
): AuditEntry[] {
  return events.flatMap((event) => {
    if (event.kind !== 'ProposalEnded') return [];
    const found = proposals.find(({ proposal }) => proposal.proposal === event.proposal);
    if (found === undefined) return [];
    const { firm, action, policyHash, rules } = found.proposal;
    const changes = changesOf(state, firm, action, found.facets);
    return {
      ...entryBase(seq, event.timeMs, paramsOf(action, {})),
      firm,
      actor: ENGINE,
      action: `End.${action.kind}`,
      proposal: event.proposal,
      policyHash,
      rule: [...rules],
      approvals: [],
      result: endWord(event.end),
      changes: [...changes, ...failure(event.code), ...refusedPart(events)],
    };
  });
}

/** Commands that nobody has any more, and whose entries are missing: said, never guessed. */
export function gapEntry(afterSeq: number, { seq, timeMs }: { seq: number; timeMs: number }): AuditEntry {
  return {
    ...entryBase(seq, timeMs, { fromSeq: afterSeq + 1, toSeq: seq }),
    firm: 0,
    actor: ENGINE,
    action: 'Gap',
    proposal: 0,
    policyHash: '',
    rule: [],
    approvals: [],
    result: 'applied',
    changes: [],
  };
}

/** Who acts when time does. */
const ENGINE: AuditActor = { address: 'engine', role: '', session: '', ipHash: '' };

type EntryBase = Pick<AuditEntry, 'engineSeq' | 'time' | 'params' | 'paramsHash'>;

function entryBase(engineSeq: number, timeMs: number, params: Canonical): EntryBase {
  return {
    engineSeq,
    time: new Date(timeMs).toISOString(),
    params,
    paramsHash: sha256(canonicalJson(params)),
  };
}

/** Of a proposal the fields of its action; else what the command says. */
function paramsOf(action: Action | undefined, params: object): Canonical {
  if (action === undefined) return cleaned(params);
  const { kind: _, ...fields } = action;
  return cleaned(fields);
}

function actorOf({ member, envelope }: BeforeCommand): AuditActor {
  const nobody = { session: '', ipHash: '' };
  if (member === undefined) return { address: envelope.proof?.key ?? 'desk', role: '', ...nobody };
  return { address: member.address, role: nameOf(Role, member.role), ...nobody };
}

/** What became of it, in a word; a refusal by its code. */
function resultOf({ command }: Envelope, events: readonly EngineEvent[]): string {
  const code = eventIn(events, 'CommandApplied')?.code ?? 0;
  if (code !== 0) return codeWord(code);
  const ended = eventIn(events, 'ProposalEnded');
  if (ended !== undefined) return endWord(ended.end);
  if (eventIn(events, 'ProposalOpened') !== undefined) return 'waiting';
  if (eventIn(events, 'ProposalAgreed') !== undefined) return 'agreed';
  if (eventIn(events, 'ProposalApproved') !== undefined) return 'approved';
  const refused = rejections(events);
  const count = command.kind === 'Batch' ? command.operations.length : 1;
  return refused.length >= count ? codeWord(refused[0]!.code) : 'applied';
}

/** Of a batch that was done in part: what was not. */
function refusedOperations(events: readonly EngineEvent[], result: string): AuditChange[] {
  const ended = eventIn(events, 'ProposalEnded');
  if (ended !== undefined) return failure(ended.code);
  if (result.includes('.')) return [];
  return rejections(events).map(({ op, code }) => ({
    what: `operation ${op + 1}`,
    before: '',
    after: codeWord(code),
  }));
}

function failure(code: number): AuditChange[] {
  return code === 0 ? [] : [{ what: 'refusal', before: '', after: codeWord(code) }];
}

/** Of a change set: which of its parts stood in the way, and of which account. */
function refusedPart(events: readonly EngineEvent[]): AuditChange[] {
  const refused = eventIn(events, 'ChangeSetRefused');
  if (refused === undefined) return [];
  const { part, account } = refused;
  const of = account < 0 ? [] : [{ what: 'refused of account', before: '', after: String(account) }];
  return [{ what: 'refused part', before: '', after: String(part) }, ...of];
}

/** Of what was asked for; an order that the engine itself had placed has no place in a request. */
function rejections(events: readonly EngineEvent[]): { op: number; code: number }[] {
  return events.flatMap((event) => {
    const isRejection =
      event.kind === 'OrderRejected' || event.kind === 'AmendRejected' || event.kind === 'CancelRejected';
    return isRejection && event.op >= 0 ? [{ op: event.op, code: event.code }] : [];
  });
}

function changesOf(
  state: State,
  firm: number,
  action: Action | undefined,
  before: Readonly<Record<string, string>>,
): AuditChange[] {
  if (action === undefined || state.directory.firms[firm] === undefined) return [];
  const after = actionFacets(state, firm, action);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((what) => before[what] !== after[what])
    .map((what) => ({
      what,
      before: cleaned(before[what] ?? '') as string,
      after: cleaned(after[what] ?? '') as string,
    }));
}

/** The agreement this command was, if it was one. */
function approvalIn({ envelope, member }: BeforeCommand, result: string): AuditApproval[] {
  const { command, proof } = envelope;
  const isApproval = command.kind === 'Decide' && command.decision === 'approve' && !result.includes('.');
  if (!isApproval || member === undefined) return [];
  const approval = { approver: member.address, sigHash: proof === undefined ? '' : sha256(proof.signature) };
  return [proof?.block === undefined ? approval : { ...approval, contract: contractOf(proof, proof.block) }];
}

/** What a wallet's key signed, so that an auditor finds the wallet without the desk. */
function signedIn({ proof }: Envelope): Pick<AuditEntry, 'signed'> {
  if (proof?.scheme !== 'eip712') return {};
  return { signed: { text: inAscii(proof.signedText), signature: proof.signature } };
}

/** JSON that says the same in visible ASCII: nothing that was signed can make a line of the log look like another. */
function inAscii(json: string): string {
  return json.replace(
    /[^\u0020-\u007e]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What it takes to ask the chain again, for an approver whose wallet is a contract. */
function contractOf(
  { signature, signedText }: Proof,
  block: NonNullable<Proof['block']>,
): NonNullable<AuditApproval['contract']> {
  const typedData = JSON.parse(signedText) as TypedData;
  return {
    chainId: typedData.domain.chainId,
    blockNumber: block.number,
    blockHash: block.hash,
    digest: typedDataDigest(typedData),
    signature,
  };
}

function endWord(end: number): string {
  const word = nameOf(ProposalEnd, end);
  return word === 'done' ? 'applied' : word;
}

function codeWord(code: number): string {
  return errorCodeOf(code) ?? `code.${code}`;
}

function eventIn<K extends EngineEvent['kind']>(
  events: readonly EngineEvent[],
  kind: K,
): Extract<EngineEvent, { kind: K }> | undefined {
  return events.find((event): event is Extract<EngineEvent, { kind: K }> => event.kind === kind);
}
