import type { ApproveKey } from '../../protocol/commands/actions.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import { letKeyTrade } from './letKeyTrade.ts';
import { judgeMember } from './members.ts';

/** Keys from outside the process: who runs inside it is the desk's. */
const SCHEMES: readonly unknown[] = ['ed25519', 'p256'];

/**
 * Lets a key of a member trade, once the firm's policy has let it.
 *
 * Refusals: member.unknown, member.removed, parameters.invalid, then those of `letKeyTrade`.
 */
export function approveKey(engine: Engine, firm: number, action: ApproveKey): number {
  const { member, scheme, publicKey, accounts, expiresAtMs, markets, notionalPerHourUsd, addresses } = action;
  const code = judgeMember(engine.state, firm, member);
  if (code !== OK) return code;
  if (!SCHEMES.includes(scheme)) return refusal['parameters.invalid'];
  const scope = { markets, notionalPerHourUsd, addresses };
  return letKeyTrade(engine, member, {
    scheme: AgentScheme[scheme],
    publicKey,
    accounts,
    expiresAtMs,
    scope,
  });
}
