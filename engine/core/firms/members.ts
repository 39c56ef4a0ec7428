import { AgentScheme, type Role } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { AgentFacts } from '../accounts/directory.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { cancelOfAgent } from '../orders/cancelOfAgent.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { takeAgentRow } from './agentRows.ts';
import { directoryChanged } from './changeDirectory.ts';

/** A wallet is good for as long as its member: some 285 000 years of milliseconds. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** What is needed to let somebody in. */
export interface NewMember {
  firm: number;
  address: string;
  role: Role;
  label: string;
  /** Accounts it reaches one by one, and parts of the tree; both empty: all of the firm. */
  accounts: number[];
  nodes: number[];
}

/** Whether an address is a wallet of somebody who is there. One address, one member: who works for two firms uses two. */
export function isWalletInUse(state: State, address: string): boolean {
  return walletRow(state, address) !== NONE;
}

/** Row of the agent that a wallet is; NONE where nobody signs with it. */
export function walletRow(state: State, address: string): number {
  const { isRevoked } = state.agents.columns;
  return state.directory.agents.findIndex(
    (agent, row) =>
      agent.scheme === AgentScheme.wallet && agent.publicKey === address && isRevoked[row] === 0,
  );
}

/**
 * Lets a person in with their first wallet. The caller judged the terms and that there is room.
 *
 * @returns the member number
 */
export function openMember(engine: Engine, { address, ...terms }: NewMember): number {
  const { directory } = engine.state;
  const member = directory.members.length;
  directory.members.push({ ...terms, address, isRemoved: false });
  directoryChanged(engine, () => directory.members.pop());
  announce(engine.out, TAG.MemberAdded, member, terms.firm);
  openWallet(engine, member, address);
  return member;
}

/** Lets a wallet sign for a member. The caller judged that it is free and that there is room. */
export function openWallet(engine: Engine, member: number, address: string): void {
  const { agents } = engine.state.directory;
  const isOfAddress = (agent: AgentFacts) =>
    agent.scheme === AgentScheme.wallet && agent.publicKey === address;
  const ended = agents.findIndex(isOfAddress);
  const scheme = AgentScheme.wallet;
  const facts = { member, publicKey: address, scheme, accounts: [], markets: [], addresses: [] };
  const row = ended === NONE ? takeAgentRow(engine, facts, NEVER_MS) : ended;
  if (row === ended) reviveWallet(engine, row, facts);
  announce(engine.out, TAG.WalletLinked, row + 1, member);
}

/** A wallet that comes back while its row is there takes it again: what it signed before is known by its nonces. */
function reviveWallet(engine: Engine, row: number, facts: AgentFacts): void {
  const { state, undo } = engine;
  const { agents } = state.directory;
  const before = agents[row]!;
  putI(undo, state.agents.columns.isRevoked, row, 0);
  putF(undo, state.agents.columns.expiresAtMs, row, NEVER_MS);
  agents[row] = facts;
  directoryChanged(engine, () => {
    agents[row] = before;
  });
}

/** Row of a trading key of the firm, revoked or not; NONE where there is none. */
export function tradingKeyRow(
  { directory: { agents, members } }: State,
  firm: number,
  publicKey: string,
): number {
  return agents.findIndex(
    (agent) =>
      agent.publicKey === publicKey &&
      agent.scheme !== AgentScheme.wallet &&
      members[agent.member]!.firm === firm,
  );
}

/** Ends a key or a wallet, at once, with what it left in the books: whose it was may be why it ends. */
export function endAgent(engine: Engine, row: number): void {
  const { state, undo, out } = engine;
  const { member } = state.directory.agents[row]!;
  const { isRevoked, expiresAtMs } = state.agents.columns;
  putI(undo, isRevoked, row, 1);
  putF(undo, expiresAtMs, row, Math.min(expiresAtMs[row]!, state.globals.columns.timeMs[0]!));
  directoryChanged(engine, () => {});
  announce(out, TAG.AgentRevoked, row + 1, member);
  const { firm } = state.directory.members[member]!;
  cancelOfAgent(engine, row + 1, state.firms.columns.root[firm]!);
}

/** Rows of a member's keys and wallets that still count. */
export function agentsOf(state: State, member: number): number[] {
  const { isRevoked } = state.agents.columns;
  return state.directory.agents.flatMap((agent, row) =>
    agent.member === member && isRevoked[row] === 0 ? [row] : [],
  );
}

/** Whether a number is a member of the firm who has not left. Refusals: member.unknown, member.removed. */
export function judgeMember({ directory }: State, firm: number, member: number): number {
  const isThere =
    isIntegerIn(member, 0, directory.members.length - 1) && directory.members[member]!.firm === firm;
  if (!isThere) return refusal['member.unknown'];
  return directory.members[member]!.isRemoved ? refusal['member.removed'] : OK;
}
