import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import { actionSummary, type SummaryNames } from '../../../../engine/protocol/typed/actionSummary.ts';
import { needsWords } from '../../../../lib/firm/words.ts';
import { useTrial } from '../../../../lib/hooks/trial.ts';
import { Button } from '../../../ui/Button.tsx';

export interface PreparedProps {
  action: Action;
  names: SummaryNames;
  isPending: boolean;
  onAsk: () => void;
}

/** What lies ready, if who looks may ask for it: the desk is asked what would come of it first. */
export function Prepared({ action, names, isPending, onAsk }: PreparedProps) {
  const trial = useTrial(action);
  if (trial.state !== 'known' || trial.view.verdict === 'deny') return null;
  const { refusal, needs } = trial.view;
  return (
    <>
      <Button
        tone={action.kind === 'Unwind' ? 'danger' : 'plain'}
        isPending={isPending}
        isBlocked={refusal !== null}
        onClick={onAsk}
      >
        {actionSummary(action, names)}
      </Button>
      <p>{refusal?.message ?? (needs === null ? 'Done at once.' : `Must agree: ${needsWords(needs)}`)}</p>
    </>
  );
}
