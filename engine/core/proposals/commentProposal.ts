import { COMMENT_LENGTH_MAX, type CommentProposal } from '../../protocol/commands/firm.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import { isTextValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { TAG } from '../out.ts';
import { mayApprove, mayVeto } from '../policy/quorum.ts';
import { askedNow } from './askedNow.ts';
import { findProposal } from './endProposal.ts';

/** So that what is read with every proposal stays small. */
const COMMENTS_MAX = 50;

/**
 * Somebody whom an open proposal concerns says something about it. Nothing waits for an answer.
 *
 * Refusals: actor.notPermitted of the desk itself, proposal.unknown, comment.notConcerned, comment.invalid,
 * parameters.invalid of who would question themselves, comment.tooMany.
 */
export function commentProposal(engine: Engine, actor: number, command: CommentProposal): number {
  const { state, out } = engine;
  const agent = state.directory.agents[actor - 1];
  if (agent === undefined) return refusal['actor.notPermitted'];
  const proposal = findProposal(state, command.proposal);
  if (proposal === undefined) return refusal['proposal.unknown'];
  const { member } = agent;
  const { text, isQuestion } = command;
  if (!isConcerned(engine, proposal, member)) return refusal['comment.notConcerned'];
  if (!isTextValid(text, COMMENT_LENGTH_MAX)) return refusal['comment.invalid'];
  if (typeof isQuestion !== 'boolean' || (isQuestion && member === proposal.maker))
    return refusal['parameters.invalid'];
  if (proposal.comments.length >= COMMENTS_MAX) return refusal['comment.tooMany'];
  addComment(engine, proposal, member, text, isQuestion);
  announce(out, TAG.ProposalCommented, proposal.proposal, member, isQuestion ? 1 : 0);
  return OK;
}

/** Writes down what somebody said. */
export function addComment(
  engine: Engine,
  proposal: ProposalView,
  member: number,
  text: string,
  isQuestion: boolean,
): void {
  const { comments } = proposal;
  comments.push({ member, timeMs: engine.state.globals.columns.timeMs[0]!, text, isQuestion });
  directoryChanged(engine, () => comments.pop());
}

function isConcerned({ state }: Engine, proposal: ProposalView, member: number): boolean {
  const asked = askedNow(state, proposal);
  return member === proposal.maker || mayApprove(state, asked, member) || mayVeto(state, asked, member);
}
