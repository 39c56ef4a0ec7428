import type { ChangeKey } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS } from '../../units/time.ts';
import { isOrdering } from '../accounts/access.ts';
import { isNarrower, judgeAgentScope, marketsOf, putAgentScope } from '../accounts/agentScope.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { directoryChanged } from './changeDirectory.ts';
import { AGENT_DAYS_MAX } from './letKeyTrade.ts';
import { tradingKeyRow } from './members.ts';

/**
 * Holds a trading key of a member of the firm to other terms. One that has ended stays ended: its owner's wallet
 * approves another.
 *
 * Refusals: actor.unknown, actor.revoked, actor.expired of the key and of its new end, parameters.invalid,
 * instrument.unknown, actor.notPermitted of more room for a key whose owner may have none any more.
 */
export function changeKey(
  engine: Engine,
  firm: number,
  { publicKey, expiresAtMs, ...terms }: ChangeKey,
): number {
  const { state, undo, out } = engine;
  const row = tradingKeyRow(state, firm, publicKey);
  if (row === NONE) return refusal['actor.unknown'];
  const { isRevoked, expiresAtMs: ends } = state.agents.columns;
  const now = state.globals.columns.timeMs[0]!;
  if (isRevoked[row] !== 0) return refusal['actor.revoked'];
  const isGood = ends[row]! > now && isIntegerIn(expiresAtMs, now + 1, now + AGENT_DAYS_MAX * DAY_MS);
  if (!isGood) return refusal['actor.expired'];
  const code = judgeAgentScope(state, terms);
  if (code !== OK) return code;
  const { agents, members } = state.directory;
  const before = agents[row]!;
  const mayHaveMore = isOrdering(members[before.member]!.role);
  if (!mayHaveMore && !isNarrower(state, row, terms, expiresAtMs)) return refusal['actor.notPermitted'];
  const markets = marketsOf(state, terms);
  putAgentScope(engine, row, terms);
  putF(undo, ends, row, expiresAtMs);
  agents[row] = { ...before, markets, addresses: terms.addresses };
  directoryChanged(engine, () => {
    agents[row] = before;
  });
  announce(out, TAG.AgentChanged, row + 1, before.member, expiresAtMs);
  return OK;
}
