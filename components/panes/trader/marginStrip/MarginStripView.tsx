import type { MarginView } from '../../../../engine/protocol/views/margin.ts';
import type { PreviewSideView } from '../../../../engine/protocol/views/preview.ts';
import { formatUsd } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { classes } from '../../../ui/classes.ts';
import { Num } from '../../../ui/Num.tsx';
import { MarginBarPicture } from './MarginBarPicture.tsx';
import styles from './MarginStrip.module.css';
import { addOnsUsd, marginBar, marginState, stateWords } from './MarginStrip.state.ts';

export interface MarginStripViewProps {
  margin: MarginView | undefined;
  /** The requirement after the ticket. */
  after: PreviewSideView | undefined;
  scope: string;
  freshness: Freshness;
}

/** Equity against what is required of it, and the sentence that says why. */
export function MarginStripView({ margin, after, scope, freshness }: MarginStripViewProps) {
  const state = marginState(margin);
  return (
    <section
      className={classes(styles.strip, freshness.face !== 'fresh' && margin !== undefined && styles.held)}
      aria-label={`Margin ${scope}`.trim()}
      data-state={state}
    >
      <div className={styles.name}>
        <b>Margin</b>
        <span>{scope}</span>
      </div>
      <div className={styles.bar}>
        <dl className={styles.labels}>
          <Label name="maintenance" usd={margin?.maintenanceUsd} />
          <Label name="initial" usd={margin?.initialUsd} />
          <Label name="free" usd={margin?.freeUsd} />
        </dl>
        <MarginBarPicture bar={margin && marginBar(margin, after)} />
      </div>
      <Sentence margin={margin} words={stateWords[state]} />
    </section>
  );
}

function Label({ name, usd }: { name: string; usd: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Num text={usd === undefined ? undefined : formatUsd(usd, 2)} />
      </dd>
    </div>
  );
}

/** Worst scenario first, then the numbers it comes from; a state that forbids something takes the first line. */
function Sentence({ margin, words }: { margin: MarginView | undefined; words: string }) {
  if (margin === undefined) return <p className={styles.sentence}>worst case –</p>;
  const { initial, maintenance } = margin;
  return (
    <div className={styles.sentence}>
      <p>
        {words !== '' && <strong>{words}. </strong>}
        <span className={styles.faint}>worst case</span> {initial.sentence}
      </p>
      <p className={styles.faint}>
        scan <Money usd={initial.scanUsd} /> + add-ons <Money usd={addOnsUsd(initial)} />
        {', '}alone <Money usd={initial.standaloneUsd} />
        <span className={styles.wide}>
          {', '}maintenance is 60 % of <Money usd={maintenance.scanUsd} />
          {addOnsUsd(maintenance) > 0 && (
            <>
              {' '}
              + <Money usd={addOnsUsd(maintenance)} />
            </>
          )}
        </span>
      </p>
    </div>
  );
}

function Money({ usd }: { usd: number }) {
  return <b>{formatUsd(usd, 2)}</b>;
}
