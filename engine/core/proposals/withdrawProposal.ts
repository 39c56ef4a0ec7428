import type { WithdrawProposal } from '../../protocol/commands/firm.ts';
import { ProposalEnd } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import { endProposal, findProposal } from './endProposal.ts';

/** Refusals: proposal.unknown, proposal.notMaker. */
export function withdrawProposal(engine: Engine, actor: number, { proposal }: WithdrawProposal): number {
  const { state } = engine;
  const open = findProposal(state, proposal);
  if (open === undefined) return refusal['proposal.unknown'];
  const member = state.directory.agents[actor - 1]?.member;
  if (member !== open.maker) return refusal['proposal.notMaker'];
  endProposal(engine, open, ProposalEnd.withdrawn, OK, member);
  return OK;
}
