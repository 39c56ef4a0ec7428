import { formatCount, formatMoment, formatMs, formatTime } from '../../../../lib/format.ts';
import { useAcknowledgements } from '../../../../lib/hooks/account.ts';
import { ZoneText } from '../../../grid/ZoneText.tsx';
import { classes } from '../../../ui/classes.ts';
import plain from '../PlainTable.module.css';
import styles from './Ticket.module.css';

/** The last orders of this browser and how fast the engine answered; only where the screen has room. */
export function TicketLog() {
  const entries = useAcknowledgements();
  return (
    <section className={styles.log} aria-label="Acknowledged orders">
      <h3 className={styles.previewHead}>
        <b>Acknowledged</b>
        <span>{entries.length === 0 ? 'none from this browser yet' : 'last 10'}</span>
      </h3>
      <div className={styles.effects}>
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">
                sent <ZoneText />
              </th>
              <th scope="col">order</th>
              <th scope="col">seq</th>
              <th scope="col">round trip</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ order, sentMs, seq, ackMs, isRefused }) => (
              <tr key={sentMs} className={classes(isRefused && styles.warn)}>
                <th scope="row" title={formatMoment(sentMs)}>
                  {formatTime(sentMs)}
                </th>
                <td>
                  {order.side === 'buy' ? '▲ buy' : '▼ sell'} {order.size}
                  {isRefused && ' refused'}
                </td>
                <td>{formatCount(seq)}</td>
                <td>{formatMs(ackMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
