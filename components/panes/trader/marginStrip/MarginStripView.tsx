import type { MarginView } from '../../../../engine/protocol/views/margin.ts';
import type { PreviewSideView } from '../../../../engine/protocol/views/preview.ts';
import { formatAge, formatUsd } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import {
  addOnsReason,
  freeReason,
  initialReason,
  maintenanceReason,
  scanReason,
  scenarioReason,
  standaloneReason,
} from '../../../../lib/reasons/margin.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { classes } from '../../../ui/classes.ts';
import { Num } from '../../../ui/Num.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { MarginBarPicture } from './MarginBarPicture.tsx';
import styles from './MarginStrip.module.css';
import { addOnsUsd, marginBar, marginState, stateWords } from './MarginStrip.state.ts';

export interface MarginStripViewProps {
  margin: MarginView | undefined;
  /** The requirement after the ticket. */
  after: PreviewSideView | undefined;
  scope: string;
  /** Which state the numbers were read from. */
  source?: string;
  freshness: Freshness;
}

/** Equity against what is required of it, and the sentence that says why. */
export function MarginStripView(props: MarginStripViewProps) {
  const { margin, after, scope, source = '', freshness } = props;
  const state = marginState(margin);
  return (
    <section
      className={classes(styles.strip, freshness.face !== 'fresh' && margin !== undefined && styles.held)}
      aria-label={`Margin ${scope}`.trim()}
      data-state={state}
    >
      <div className={styles.name}>
        <b>Margin</b>
        {freshness.face === 'stale' ? (
          <span className={styles.age}>{formatAge(freshness.ageMs)} old</span>
        ) : (
          <span>{scope}</span>
        )}
      </div>
      <WhySource value={source}>
        <div className={styles.bar}>
          <dl className={styles.labels}>
            <Label
              name="maintenance"
              usd={margin?.maintenanceUsd}
              reason={() => maintenanceReason(margin!)}
            />
            <Label name="initial" usd={margin?.initialUsd} reason={() => initialReason(margin!)} />
            <Label name="free" usd={margin?.freeUsd} reason={() => freeReason(margin!)} />
          </dl>
          <MarginBarPicture bar={margin && marginBar(margin, after)} />
        </div>
        <Sentence margin={margin} words={stateWords[state]} />
      </WhySource>
    </section>
  );
}

interface LabelProps {
  name: string;
  usd: number | undefined;
  /** Asked only where there is a number. */
  reason: () => Reason;
}

function Label({ name, usd, reason }: LabelProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {usd === undefined ? (
          <Num text={undefined} />
        ) : (
          <Why name={`${name} margin`} reason={reason}>
            <Num text={formatUsd(usd, 2)} />
          </Why>
        )}
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
      <div>
        {words !== '' && <strong>{words}. </strong>}
        <span className={styles.faint}>worst case</span>{' '}
        <Why name="Winning scenario" reason={() => scenarioReason(initial)}>
          {initial.sentence}
        </Why>
      </div>
      <div className={styles.faint}>
        scan <Money name="Scan" usd={initial.scanUsd} reason={() => scanReason(initial)} /> + add-ons{' '}
        <Money name="Add-ons" usd={addOnsUsd(initial)} reason={() => addOnsReason(initial)} />
        <span className={styles.alone}>
          {', '}alone{' '}
          <Money name="Legs alone" usd={initial.standaloneUsd} reason={() => standaloneReason(initial)} />
        </span>
        <span className={styles.wide}>
          {', '}maintenance is 60 % of{' '}
          <Money name="Maintenance scan" usd={maintenance.scanUsd} reason={() => scanReason(maintenance)} />
          {addOnsUsd(maintenance) > 0 && (
            <>
              {' '}
              +{' '}
              <Money
                name="Add-ons of maintenance"
                usd={addOnsUsd(maintenance)}
                reason={() => addOnsReason(maintenance)}
              />
            </>
          )}
        </span>
      </div>
    </div>
  );
}

function Money({ name, usd, reason }: { name: string; usd: number; reason: () => Reason }) {
  return (
    <Why name={name} reason={reason}>
      <b>{formatUsd(usd, 2)}</b>
    </Why>
  );
}
