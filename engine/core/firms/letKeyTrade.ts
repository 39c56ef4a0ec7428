import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS } from '../../units/time.ts';
import { isOrdering } from '../accounts/access.ts';
import { judgeAgentScope, putAgentScope } from '../accounts/agentScope.ts';
import { isIntegerIn, isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { hasRoom, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { directoryChanged } from './changeDirectory.ts';

/** An agent key lives at most this long. */
export const AGENT_DAYS_MAX = 90;

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
 * engine.full.
 */
export function letKeyTrade(engine: Engine, member: number, terms: KeyTerms): number {
  const { state, undo, out } = engine;
  const code = judgeTerms(engine, member, terms) || judgeAgentScope(state, terms.scope);
  if (code !== OK) return code;
  if (!hasRoom(state.agents, 1)) return refusal['engine.full'];
  const { publicKey, scheme, accounts, scope, expiresAtMs } = terms;
  const { agents } = state.directory;
  const row = takeRow(undo, state.agents);
  putI(undo, state.agents.columns.scheme, row, scheme);
  putF(undo, state.agents.columns.expiresAtMs, row, expiresAtMs);
  const markets = putAgentScope(engine, row, scope);
  agents.push({ member, publicKey, scheme, accounts, markets, addresses: scope.addresses });
  directoryChanged(engine, () => agents.pop());
  announce(out, TAG.AgentApproved, row + 1, member, expiresAtMs);
  return OK;
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
