import { judgeAction } from '../../core/policy/judgeAction.ts';
import { membersOf, policyHashOf, policyOf } from '../../core/policy/policyOf.ts';
import type { State } from '../../core/state.ts';
import { actionFacets } from '../../core/views/actionFacets.ts';
import { actionNumbers } from '../../protocol/commands/actionNumbers.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { type Envelope, isOfWallet, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Role } from '../../protocol/enums.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';

/** What a record tells of the state a command found. */
export type Before = BeforeTick | BeforeCommand;

export interface BeforeTick {
  readonly kind: 'tick';
  /** Open ones, with what those that are due would change. */
  readonly proposals: readonly { proposal: ProposalView; facets: Record<string, string> }[];
}

export interface BeforeCommand {
  readonly kind: 'command';
  readonly envelope: Envelope;
  /** Whose affair it is; 0: the desk's. */
  readonly firm: number;
  /** Of who asked, as it was then. */
  readonly member: Asker | undefined;
  /** What is asked for or agreed to; undefined for what is no matter of a policy. */
  readonly action: Action | undefined;
  /** The one that is decided. */
  readonly proposal: ProposalView | undefined;
  readonly policyHash: string;
  readonly rules: readonly string[];
  readonly facets: Record<string, string>;
}

/** @returns undefined when nothing waits that time could bring to an end */
export function beforeTick(state: State): BeforeTick | undefined {
  const { proposals } = state.directory;
  if (proposals.length === 0) return undefined;
  return {
    kind: 'tick',
    proposals: proposals.map((proposal) => ({
      proposal: { ...proposal },
      facets: proposal.dueAtMs === 0 ? {} : actionFacets(state, proposal.firm, proposal.action),
    })),
  };
}

export function beforeCommand(state: State | undefined, timeMs: number, envelope: Envelope): BeforeCommand {
  const { command } = envelope;
  const member = state && memberOf(state, envelope);
  const isAsked = command.kind === 'Propose' && Object.hasOwn(actionNumbers, command.action.kind);
  const number = 'proposal' in command ? command.proposal : 0;
  const found = state?.directory.proposals.find(({ proposal }) => proposal === number);
  const proposal = found && { ...found, approvals: [...found.approvals] };
  const firm = proposal?.firm ?? (state === undefined ? 0 : firmOf(state, envelope, member?.firm));
  const action = isAsked ? command.action : proposal?.action;
  const isOfFirm = state !== undefined && state.directory.firms[firm] !== undefined;
  const rules =
    isAsked && isOfFirm && member?.firm === firm
      ? rulesFor(state, firm, member, command.action, timeMs)
      : undefined;
  return {
    kind: 'command',
    envelope,
    firm,
    member,
    action,
    proposal,
    policyHash: proposal?.policyHash ?? (rules === undefined ? '' : policyHashOf(state!, firm)),
    rules: proposal?.rules ?? rules ?? [],
    facets: isOfFirm && action !== undefined ? actionFacets(state, firm, action) : {},
  };
}

interface Asker {
  readonly member: number;
  readonly firm: number;
  readonly role: Role;
  /** Of the wallet that signed, or of the member whose key it was. */
  readonly address: string;
}

/** Who asked; for a key that is approved, the member whose wallet did it. */
function memberOf(state: State, { actor, command, proof }: Envelope): Asker | undefined {
  const { agents, members } = state.directory;
  const wallet = proof !== undefined && isOfWallet(proof) ? proof.key : undefined;
  const agent =
    actor === SYSTEM_ACTOR ? agents.find(({ publicKey }) => publicKey === wallet) : agents[actor - 1];
  if (agent === undefined || (actor === SYSTEM_ACTOR && command.kind !== 'ApproveAgent')) return undefined;
  const { firm, role, address } = members[agent.member]!;
  return { member: agent.member, firm, role, address: wallet ?? address };
}

function firmOf({ directory }: State, { command }: Envelope, ofMember: number | undefined): number {
  if ('firm' in command && typeof command.firm === 'number') return command.firm;
  if ('account' in command) return directory.accounts[command.account]?.firm ?? ofMember ?? 0;
  return ofMember ?? 0;
}

/** Rules that match, whatever came of them. */
function rulesFor(
  state: State,
  firm: number,
  { member, role }: Asker,
  action: Action,
  timeMs: number,
): string[] {
  const asker = { firm, member, role, timeMs, count: membersOf(state, firm).length };
  return judgeAction(state, policyOf(state, firm), asker, action).rules;
}
