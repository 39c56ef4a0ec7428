import { ProposalEnd } from '../../protocol/enums.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type { Engine } from '../engine.ts';
import { carryOut, endProposal, isExpired, isPolicyCurrent } from './endProposal.ts';

/** Ended in a tick at most, over all firms: as many as one firm has. */
const ENDED_MAX = 64;

/**
 * Lets the time of proposals pass. Those that nobody can agree to any more are ended, the oldest first; of those that
 * were agreed to and whose delay is over one a tick is carried out, so that a day on which many fall due takes nobody's
 * turn. A decision looks at the time itself: what waits here to be ended is agreed to by nobody.
 */
export function passProposals(engine: Engine): void {
  const { directory, globals } = engine.state;
  if (directory.proposals.length === 0) return;
  const timeMs = globals.columns.timeMs[0]!;
  const isOver = (each: ProposalView) => isExpired(each, timeMs) || !isPolicyCurrent(engine.state, each);
  for (const over of directory.proposals.filter(isOver).slice(0, ENDED_MAX)) {
    const isCurrent = isPolicyCurrent(engine.state, over);
    endProposal(engine, over, isCurrent ? ProposalEnd.expired : ProposalEnd.policyChanged);
  }
  const due = directory.proposals.find(
    (each) => each.dueAtMs !== 0 && timeMs >= each.dueAtMs && isPolicyCurrent(engine.state, each),
  );
  if (due !== undefined) carryOut(engine, due);
}
