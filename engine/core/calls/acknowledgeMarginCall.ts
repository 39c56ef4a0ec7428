import type { AcknowledgeMarginCall } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { putCall } from './putCall.ts';

/**
 * Says that a member has taken an open call on. At a worse level it is asked for again.
 *
 * Refusals: call.unknown, call.taken.
 */
export function acknowledgeMarginCall(
  engine: Engine,
  firm: number,
  { call: number, member }: AcknowledgeMarginCall,
): number {
  const { state, out } = engine;
  const { calls, members } = state.directory;
  const call = calls.find((each) => each.call === number);
  if (call === undefined || state.accounts.columns.firm[call.account] !== firm)
    return refusal['call.unknown'];
  if (members[member]?.firm !== firm) return refusal['member.unknown'];
  if (call.acknowledgedBy !== NONE) return refusal['call.taken'];
  const acknowledgedMs = state.globals.columns.timeMs[0]!;
  putCall(engine, { ...call, acknowledgedBy: member, acknowledgedMs });
  announce(out, TAG.MarginCallAcknowledged, number, call.account, member);
  return OK;
}
