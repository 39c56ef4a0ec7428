import type { VenueComparisonView } from '../../../../engine/protocol/views/venues.ts';
import { Why } from '../../../ui/Why.tsx';
import styles from './Venues.module.css';
import { legReason, placeText } from './Venues.state.ts';

/** The rule behind one venue's numbers, and where each leg ends there, in words. */
export function VenueFacts({ venue }: { venue: VenueComparisonView }) {
  const { name, rule, source, asOf, legs } = venue;
  return (
    <section className={styles.facts} aria-label={`${name} in words`}>
      <p>
        <b>{name}.</b> {rule}
      </p>
      {legs.length > 0 && (
        <dl className={styles.legs}>
          {legs.map((leg) => (
            <div key={leg.instrument}>
              <dt>{leg.instrument} liquidated at</dt>
              <dd>
                {leg.liquidationPriceUsd === null || leg.move === null ? (
                  `no price of ${leg.underlying} alone`
                ) : (
                  <Why name={`${leg.instrument} liquidated on ${name}`} reason={() => legReason(venue, leg)}>
                    {placeText(leg.underlying, leg.liquidationPriceUsd, leg.move)}
                  </Why>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles.source}>
        Published rules, our copy of {asOf}: {source}
      </p>
    </section>
  );
}
