import type { VenueComparisonView } from '../../../../engine/protocol/views/venues.ts';
import styles from './Venues.module.css';
import { placeText } from './Venues.state.ts';

/** The rule behind one venue's numbers, where each leg ends there, and what cannot be compared, in words. */
export function VenueFacts({ venue }: { venue: VenueComparisonView }) {
  const { name, rule, source, asOf, legs, remarks } = venue;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <section className={styles.facts} aria-label={`${name} in words`} tabIndex={0}>
      <p>
        <b>{name}.</b> {rule}
      </p>
      {legs.length > 0 && (
        <dl className={styles.legs}>
          {legs.map(({ instrument, underlying, liquidationPriceUsd, move }) => (
            <div key={instrument}>
              <dt>{instrument} liquidated at</dt>
              <dd>
                {liquidationPriceUsd === null || move === null
                  ? `no price of ${underlying} alone`
                  : placeText(underlying, liquidationPriceUsd, move)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ul className={styles.remarks}>
        {remarks.length === 0 && <li>Nothing known that does not compare.</li>}
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
      <p className={styles.source}>
        Published rules, our copy of {asOf}: {source}
      </p>
    </section>
  );
}
