import { COMMENT_LENGTH_MAX } from '../../../../engine/protocol/commands/firm.ts';
import { comment, decide, type SeenProposal, withdraw } from '../../../../lib/firm/decide.ts';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import { useFirmFreshness } from '../../../../lib/hooks/firm.ts';
import { useProposalTrial } from '../../../../lib/hooks/proposalTrial.ts';
import type { Signing } from '../../../../lib/hooks/signing.ts';
import type { ActionId } from '../../../../lib/keys/keymap.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import { useAction } from '../../../ui/useAction.ts';
import styles from './Sign.module.css';
import { blockOf, noteOf } from './Sign.state.ts';
import { useReason } from './useReason.ts';

interface DecisionProps {
  approvals: Approvals;
  seen: SeenProposal;
  signing: Signing;
  isMaker: boolean;
  /** Of a comment, or why somebody decides as they do. */
  words: string;
  putWords(words: string): void;
}

/** The words one may say about a proposal, and what one may do with it. */
export function Decision({ approvals, seen, signing, isMaker, words, putWords }: DecisionProps) {
  const freshness = useFirmFreshness();
  const reason = words.trim();
  const trial = useProposalTrial(seen.proposal.proposal);
  const block = blockOf(approvals, freshness, reason, trial);
  const isReasonDue = (trial.look?.crossings ?? []).length > 0;
  const isWaiting = signing.state.is === 'waiting';
  const number = seen.proposal.proposal;
  const agree = () =>
    signing.run(async (signatory) => {
      await decide(signatory, seen, { decision: 'approve', reason });
      putWords('');
      return `You agreed to #${number}.`;
    });
  const veto = () =>
    signing.run(async (signatory) => {
      await decide(signatory, seen, { decision: 'veto', reason });
      putWords('');
      return `You vetoed #${number}.`;
    });
  const say = (isQuestion: boolean) =>
    signing.run(async (signatory) => {
      await comment(signatory, number, { text: reason, isQuestion });
      putWords('');
      return isQuestion
        ? 'Your question stands with the proposal.'
        : 'Your comment stands with the proposal.';
    });
  const takeBack = () =>
    signing.run(async (signatory) => {
      await withdraw(signatory, number);
      return `You withdrew #${number}.`;
    });
  const field = useReason(approvals);
  /** What its button does; where that waits for words, it goes to them. */
  const pressed = (blocked: string | undefined, run: () => Promise<void>) => () => {
    if (isWaiting) return;
    if (blocked === undefined) void run();
    else field.current?.focus();
  };
  useAction('approvals.agree', pressed(block.agree, agree), !isMaker);
  useAction('approvals.sign', pressed(block.agree, agree), !isMaker);
  useAction('approvals.veto', pressed(block.veto, veto), !isMaker);
  useAction(
    'approvals.ask',
    pressed(block.say, () => say(true)),
    !isMaker,
  );
  return (
    <footer className={styles.decision}>
      <p className={styles.note} role="status" data-is={signing.state.is}>
        {noteOf(signing.state, block.agree)}
      </p>
      <Field
        ref={field}
        label={isMaker ? 'Comment' : 'Comment, or why'}
        hint={isMaker ? undefined : isReasonDue ? 'required: something is passed' : 'a veto says why'}
        className={styles.words}
        value={words}
        maxLength={COMMENT_LENGTH_MAX}
        readOnly={isWaiting}
        onChange={({ target }) => putWords(target.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
      />
      <div className={styles.buttons}>
        <Button
          isBlocked={block.say !== undefined}
          title={block.say}
          isPending={isWaiting}
          onClick={() => void say(false)}
        >
          Comment
        </Button>
        {!isMaker && (
          <Button isBlocked={block.say !== undefined} isPending={isWaiting} onClick={() => void say(true)}>
            Ask <Keys id="approvals.ask" />
          </Button>
        )}
        {isMaker ? (
          <Button isPending={isWaiting} onClick={() => void takeBack()}>
            Withdraw #{number}
          </Button>
        ) : (
          <>
            <Button
              tone="danger"
              isBlocked={block.veto !== undefined}
              title={block.veto}
              isPending={isWaiting}
              onClick={() => void veto()}
            >
              Veto #{number} <Keys id="approvals.veto" />
            </Button>
            <Button
              isFilled
              isBlocked={block.agree !== undefined}
              title={block.agree}
              isPending={isWaiting}
              onClick={() => void agree()}
            >
              Agree to #{number} <Keys id="approvals.sign" />
            </Button>
          </>
        )}
      </div>
    </footer>
  );
}

/** The key beside the words of a button; what it is called stays the words. */
function Keys({ id }: { id: ActionId }) {
  return (
    <span aria-hidden="true">
      <ActionKeys id={id} />
    </span>
  );
}
