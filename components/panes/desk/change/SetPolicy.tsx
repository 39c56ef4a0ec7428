import { useStore } from 'zustand';
import type { ChangePart } from '../../../../engine/protocol/commands/actions.ts';
import type { PartTrialView } from '../../../../engine/protocol/views/firm.ts';
import { notesOf, partName, type ReadSet } from '../../../../lib/firm/changeSet.ts';
import { signingSentence } from '../../../../lib/firm/signingSentence.ts';
import { needsWords } from '../../../../lib/firm/words.ts';
import { formatCount } from '../../../../lib/format.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import type { Signing } from '../../../../lib/hooks/signing.ts';
import type { Trial } from '../../../../lib/hooks/trial.ts';
import { changeSetStore } from '../../../../lib/stores/changeSetStore.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Verdict } from './ChangeEffect.tsx';
import styles from './ChangeSetTray.module.css';

export interface SetPolicyProps {
  read: ReadSet;
  trial: Trial;
  signing: Signing;
  /** Whether it is known whose firm it is. */
  isReady: boolean;
  onPropose: () => Promise<void>;
}

/** Whom each part asks and by which rule, what a person should look at twice, and the wallet that asks for all of it. */
export function SetPolicy({ read, trial, signing, isReady, onPropose }: SetPolicyProps) {
  const said = useStore(changeSetStore, (store) => store.said);
  const { state } = signing;
  const isKnown = trial.state === 'known' && 'action' in read;
  const mayPropose = isKnown && trial.view.refusal === null && isReady;
  return (
    <section className={styles.policy} aria-label="Who must agree">
      <div className={styles.rules}>
        {isKnown && <Verdict view={trial.view} />}
        {trial.state === 'failed' && <p className={styles.refused}>{trial.error.message}</p>}
        {isKnown && (
          <ol>
            {trial.view.parts.map((part, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place.
              <li key={at}>{partWords(part)}</li>
            ))}
          </ol>
        )}
        <Notes read={read} />
        {isKnown && <p className={styles.source}>engine at seq {formatCount(trial.view.seq)}</p>}
      </div>
      <p role="status" data-signing={state.is} className={styles.said}>
        {state.is === 'idle' ? said : signingSentence(state)}
      </p>
      <div className={styles.asking}>
        {state.is === 'done' && <PageLink href="/approvals">Approvals</PageLink>}
        <Button
          isFilled
          isBlocked={!mayPropose}
          isPending={state.is === 'waiting'}
          title={mayPropose ? undefined : blockedBy(read, trial)}
          onClick={() => mayPropose && void onPropose()}
        >
          {isKnown && trial.view.needs === null ? 'Sign and do it' : 'Sign and propose'}
        </Button>
      </div>
    </section>
  );
}

/** Why it cannot be asked for as it stands. */
function blockedBy(read: ReadSet, trial: Trial): string {
  if ('missing' in read) return read.missing;
  if (trial.state === 'failed') return trial.error.message;
  return (trial.state === 'known' && trial.view.refusal?.message) || 'The engine is being asked.';
}

function partWords({ verdict, rules, needs }: PartTrialView): string {
  const by = rules.length === 0 ? 'no rule' : rules.join(', ');
  if (verdict === 'deny') return `${by}: refused`;
  return needs === null ? `${by}: nobody else` : `${by}: ${needsWords(needs)}`;
}

function Notes({ read }: { read: ReadSet }) {
  const markets = useMarkets();
  const nodes = useFirm()?.nodes ?? [];
  if (!('action' in read) || read.action.kind !== 'ChangeSet') return null;
  const nameOf = (part: ChangePart) => partName(part, { markets, nodes });
  return notesOf(read.action.parts, nameOf).map((note) => (
    <p key={note}>
      <Badge tone="warn">look twice</Badge> {note}
    </p>
  ));
}
