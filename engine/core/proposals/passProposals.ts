import { ProposalEnd } from '../../protocol/enums.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type { Engine } from '../engine.ts';
import { carryOut, endProposal, isPolicyCurrent } from './endProposal.ts';

/**
 * Lets the time of proposals pass: the oldest that has something to come to is ended or carried out. One a tick, so
 * that a day on which many fall due takes nobody's turn.
 */
export function passProposals(engine: Engine): void {
  const { proposals } = engine.state.directory;
  if (proposals.length === 0) return;
  const timeMs = engine.state.globals.columns.timeMs[0]!;
  const proposal = proposals.find((each) => isDue(each, timeMs) || !isPolicyCurrent(engine.state, each));
  if (proposal === undefined) return;
  if (!isPolicyCurrent(engine.state, proposal)) endProposal(engine, proposal, ProposalEnd.policyChanged);
  else if (proposal.dueAtMs !== 0) carryOut(engine, proposal);
  else endProposal(engine, proposal, ProposalEnd.expired);
}

function isDue({ dueAtMs, expiresAtMs }: ProposalView, timeMs: number): boolean {
  return dueAtMs === 0 ? timeMs >= expiresAtMs : timeMs >= dueAtMs;
}
