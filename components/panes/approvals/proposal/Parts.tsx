import type { ChangePart } from '../../../../engine/protocol/commands/actions.ts';
import type { ActionTrialView } from '../../../../engine/protocol/views/firm.ts';
import { notesOf, partName } from '../../../../lib/firm/changeSet.ts';
import { needsWords } from '../../../../lib/firm/words.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import styles from './Proposal.module.css';

interface PartsProps {
  parts: readonly ChangePart[];
  trial: ActionTrialView;
}

/** The parts of a change set in their order: what each does, by which rule it waits for whom, which one is in the way. */
export function Parts({ parts, trial }: PartsProps) {
  const markets = useMarkets();
  const refused = trial.refusal?.part;
  const nodes = useFirm()?.nodes ?? [];
  const nameOf = (part: ChangePart) => partName(part, { markets, nodes });
  return (
    <section aria-label="Parts">
      <h3 className={styles.heading}>
        {parts.length} parts <span>done at once or not at all, margin judged after the last</span>
      </h3>
      <ol className={styles.parts}>
        {trial.parts.map(({ words, rules, needs }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place.
          <li key={at} data-refused={refused === at + 1 || undefined}>
            <span>{words}</span>
            <span>
              {rules.join(', ')}: {needs === null ? 'nobody else' : needsWords(needs)}
              {refused === at + 1 && <b> in the way now</b>}
            </span>
          </li>
        ))}
      </ol>
      {notesOf(parts, nameOf).map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </section>
  );
}
