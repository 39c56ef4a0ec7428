import type { LimitReading } from '../panes/trader/ticket/Ticket.limits.ts';
import { TicketLimits } from '../panes/trader/ticket/TicketLimits.tsx';
import styles from './Gallery.module.css';

const margin: LimitReading = {
  name: 'initial margin',
  share: 0.701,
  before: 0.687,
  text: '70.1% of equity',
  state: 'pass',
};
const bids: LimitReading = {
  name: 'position + bids',
  share: 0.937,
  before: 0.915,
  text: '106.4m of 113.5m',
  state: 'near',
};
const open: LimitReading = {
  name: 'open interest',
  share: 0.391,
  before: 0.39,
  text: '1.52bn of 3.90bn',
  state: 'pass',
};
const band: LimitReading = {
  name: 'price band',
  share: 0.02,
  before: undefined,
  text: '0.01% of 5%',
  state: 'pass',
};

const stills: { title: string; readings: LimitReading[] }[] = [
  { title: 'Limits, unknown', readings: [] },
  { title: 'Limits, all pass', readings: [margin, open, band] },
  { title: 'Limits, one near', readings: [bids, margin, open, band] },
  {
    title: 'Limits, one over',
    readings: [{ ...bids, share: 1.026, text: '116.5m of 113.5m', state: 'fail' }, margin, band],
  },
];

/** What the ticket's limits look like at each distance. */
export function TicketStills() {
  return (
    <div className={styles.states}>
      {stills.map(({ title, readings }) => (
        <div key={title} className={styles.still}>
          <h3>{title}</h3>
          <div>
            <TicketLimits readings={readings} />
          </div>
        </div>
      ))}
    </div>
  );
}
