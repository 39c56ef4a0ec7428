import { groupWords } from '../../../../lib/firm/words.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import type { SigningState } from '../../../../lib/hooks/signing.ts';

/** Why one may not agree or veto; undefined where one may. */
export interface DecisionBlock {
  agree: string | undefined;
  veto: string | undefined;
}

/** What the engine would refuse is said before anybody signs, in a sentence. */
export function blockOf({ entry, firm }: Approvals, freshness: Freshness): DecisionBlock {
  if (entry === undefined || entry.closed !== undefined)
    return { agree: 'It is decided.', veto: 'It is decided.' };
  const { proposal } = entry;
  const self = firm.member;
  if (proposal.maker === self) return { agree: 'Who asks does not agree.', veto: 'Withdraw it instead.' };
  if (freshness.face !== 'fresh')
    return { agree: 'The desk is not answering: wait for it.', veto: undefined };
  const veto = proposal.vetoers.includes(self) ? undefined : 'It does not ask for you.';
  if (proposal.approvers.includes(self)) return { agree: undefined, veto };
  if (proposal.approvals.some(({ member }) => member === self))
    return { agree: 'You have agreed. Others are asked now.', veto };
  const asked = proposal.needs.groups.map(groupWords).join(' + ');
  return { agree: `It asks for ${asked === '' ? 'nobody' : asked}; not for you.`, veto };
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
