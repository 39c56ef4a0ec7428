import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS } from '../../units/time.ts';
import { isOrdering } from '../accounts/access.ts';
import { judgeAgentScope, marketsOf, putAgentScope } from '../accounts/agentScope.ts';
import { NONCE_LIFE_MS } from '../accounts/nonces.ts';
import { isIntegerIn, isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { hasAgentRoom, takeAgentRow } from './agentRows.ts';

/** An agent key lives at most this long. */
export const AGENT_DAYS_MAX = 90;

/** Keys of one member that count at a time: one for each browser and program of theirs. */
export const LIVE_KEYS_MAX = 20;

/** The same with those that ended so lately that they are still told apart from new ones: three days of sign-ins. */
export const KEYS_MAX = 64;

export interface KeyTerms {
  scheme: AgentScheme;
  publicKey: string;
  /** Empty: all its member may trade. */
  accounts: number[];
  expiresAtMs: number;
  scope: AgentScope;
}

/**
 * Lets a key order for a member who is there. Whether the member may have it was judged before.
 *
 * Refusals: actor.notPermitted, parameters.invalid, actor.expired, account.unknown, agent.exists, instrument.unknown,
 * agent.tooMany, agent.tooManyOfLate, engine.full.
 */
export function letKeyTrade(engine: Engine, member: number, terms: KeyTerms): number {
  const { state, out } = engine;
  const code =
    judgeTerms(engine, member, terms) ||
    judgeAgentScope(state, terms.scope) ||
    judgeCount(state, member, terms);
  if (code !== OK) return code;
  if (!hasAgentRoom(state)) return refusal['engine.full'];
  const { publicKey, scheme, accounts, scope, expiresAtMs } = terms;
  const markets = marketsOf(state, scope);
  const facts = { member, publicKey, scheme, accounts, markets, addresses: scope.addresses };
  const row = takeAgentRow(engine, facts, expiresAtMs);
  putAgentScope(engine, row, scope);
  announce(out, TAG.AgentApproved, row + 1, member, expiresAtMs);
  return OK;
}

/** Nobody fills the table with keys. Agents of this process are the desk's own to count. */
function judgeCount({ agents, directory, globals }: State, member: number, { scheme }: KeyTerms): number {
  if (scheme === AgentScheme.local) return OK;
  const { expiresAtMs } = agents.columns;
  const now = globals.columns.timeMs[0]!;
  let [live, ofLate] = [0, 0];
  for (const [row, agent] of directory.agents.entries()) {
    if (agent.member !== member || agent.scheme === AgentScheme.wallet) continue;
    if (expiresAtMs[row]! > now) live++;
    if (expiresAtMs[row]! > now - NONCE_LIFE_MS) ofLate++;
  }
  if (live >= LIVE_KEYS_MAX) return refusal['agent.tooMany'];
  return ofLate >= KEYS_MAX ? refusal['agent.tooManyOfLate'] : OK;
}

function judgeTerms({ state, access }: Engine, member: number, terms: KeyTerms): number {
  const { scheme, publicKey, accounts, expiresAtMs } = terms;
  const now = state.globals.columns.timeMs[0]!;
  const isLocal = scheme === AgentScheme.local;
  if (!isOrdering(state.directory.members[member]!.role)) return refusal['actor.notPermitted'];
  const isKey = isLocal ? isLabelValid(publicKey) : /^[0-9a-f]{64,130}$/.test(publicKey);
  if (!isKey || !isIntegerIn(scheme, 0, 2) || !Array.isArray(accounts)) return refusal['parameters.invalid'];
  const endMs = isLocal ? Number.MAX_SAFE_INTEGER : now + AGENT_DAYS_MAX * DAY_MS;
  if (!isIntegerIn(expiresAtMs, now + 1, endMs)) return refusal['actor.expired'];
  const visible = access.accountsOfMember(member);
  if (!accounts.every((account) => visible.includes(account))) return refusal['account.unknown'];
  const isKnown = state.directory.agents.some((agent) => agent.publicKey === publicKey);
  return isKnown ? refusal['agent.exists'] : OK;
}
