import type { OpenProposalView } from '../../../../engine/protocol/views/firm.ts';
import type { Crossing } from '../../../../lib/firm/crossings.ts';
import { groupWords } from '../../../../lib/firm/words.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import type { SigningState } from '../../../../lib/hooks/signing.ts';
import type { TrialState } from '../../../../lib/stores/proposalTrialStore.ts';

/** Why one may not agree, veto or say something; undefined where one may. */
export interface DecisionBlock {
  agree: string | undefined;
  veto: string | undefined;
  say: string | undefined;
}

/**
 * What the engine would refuse is said before anybody signs, in a sentence.
 *
 * @param words what is written in the field beside it
 * @param trial what it would do now
 */
export function blockOf(
  { entry, firm }: Approvals,
  freshness: Freshness,
  words: string,
  trial: Pick<TrialState, 'look' | 'error'>,
): DecisionBlock {
  if (entry === undefined || entry.closed !== undefined)
    return { agree: 'It is decided.', veto: 'It is decided.', say: 'It is decided.' };
  const { proposal } = entry;
  const self = firm.member;
  const hasAgreed = proposal.approvals.some(({ member }) => member === self);
  const isMaker = proposal.maker === self;
  const mayVeto = proposal.vetoers.includes(self);
  const isConcerned = isMaker || mayVeto || hasAgreed || proposal.approvers.includes(self);
  return {
    agree: agreeBlock(proposal, self, hasAgreed, freshness) ?? effectBlock(proposal, words, trial),
    veto: vetoBlock(isMaker, mayVeto, words),
    say: isConcerned ? (words === '' ? 'Write something first.' : undefined) : 'It does not ask for you.',
  };
}

function agreeBlock(
  proposal: OpenProposalView,
  self: number,
  hasAgreed: boolean,
  { face }: Freshness,
): string | undefined {
  if (proposal.maker === self) return 'Who asks does not agree.';
  if (face !== 'fresh') return 'The desk is not answering: wait for it.';
  if (proposal.approvers.includes(self)) return undefined;
  if (hasAgreed) return 'You have agreed. Others are asked now.';
  const asked = proposal.needs.groups.map(groupWords).join(' + ');
  return `It asks for ${asked === '' ? 'nobody' : asked}; not for you.`;
}

/** What nobody should agree to unread: what is refused, what has just changed, what is passed without a word why. */
function effectBlock(
  { needs }: OpenProposalView,
  words: string,
  { look, error }: Pick<TrialState, 'look' | 'error'>,
): string | undefined {
  // Where the desk cannot try it out, what is agreed to is still what is signed.
  if (look === undefined) return error === undefined ? 'Asking what it would do.' : undefined;
  const { view, crossings, fresh } = look;
  // What is done later may be possible then.
  if (view.refusal !== null && needs.delayMs === 0) return `It would be refused now: ${view.refusal.message}`;
  if (fresh.length > 0) return `It has just changed, read it again: ${wordsOf(fresh)}.`;
  return crossings.length > 0 && words === '' ? `Write why first: ${wordsOf(crossings)}.` : undefined;
}

const wordsOf = (passed: readonly Crossing[]) => passed.map(({ words }) => words).join(', ');

/** Also where the desk is slow to answer: what is seen old may be refused, not agreed to. */
function vetoBlock(isMaker: boolean, mayVeto: boolean, words: string): string | undefined {
  if (isMaker) return 'Withdraw it instead.';
  if (!mayVeto) return 'It does not ask for you.';
  return words === '' ? 'Write why first.' : undefined;
}

const steps = {
  draft: 'The desk drafts what is to be signed.',
  wallet: 'Your wallet asks you. Compare what it shows with the fields above.',
  engine: 'Signed. The engine decides.',
} as const;

/** The one line over the buttons. */
export function noteOf(state: SigningState, block: string | undefined): string {
  switch (state.is) {
    case 'waiting':
      return steps[state.step];
    case 'refused':
    case 'done':
      return state.message;
    case 'idle':
      return block ?? 'Your wallet opens next. Nothing happens before you sign there.';
  }
}
