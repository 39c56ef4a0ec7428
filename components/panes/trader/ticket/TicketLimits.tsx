import { classes } from '../../../ui/classes.ts';
import { Why } from '../../../ui/Why.tsx';
import { LimitBar } from './LimitBar.tsx';
import { limitReason } from './limitReason.ts';
import type { LimitReading } from './Ticket.limits.ts';
import styles from './TicketLimits.module.css';

/** Every limit at a glance: how many pass, and the nearest ones with how much of them is used. */
export function TicketLimits({ readings }: { readings: readonly LimitReading[] }) {
  const passing = readings.filter(({ state }) => state !== 'fail').length;
  const isFailing = passing < readings.length;
  return (
    <section className={styles.limits} aria-label="Limits">
      <h3 className={styles.head}>
        <b>Limits</b>
        <span className={classes(isFailing && styles.failing)}>
          {readings.length === 0 ? 'known with the preview' : `${passing} of ${readings.length} pass`}
          <span className={styles.nearest}>{readings.length > 3 ? ' · nearest first' : ''}</span>
        </span>
      </h3>
      <ul>
        {readings.map((reading) => (
          <li key={reading.name} className={styles.row} data-state={reading.state}>
            <span>{reading.name}</span>
            <LimitBar reading={reading} />
            <span className={styles.text}>
              {reading.state === 'fail' && <b>over: </b>}
              <Why name={`Limit: ${reading.name}`} reason={() => limitReason(reading)}>
                {reading.text}
              </Why>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
