import type { MarketView } from '../../engine/protocol/views/market.ts';
import { formatCount, formatSignedSize } from '../../lib/format.ts';
import { breakWords, type KillReport } from '../../lib/killSwitch.ts';
import styles from './KillSwitch.module.css';

/** What the kill switch did, as the account stands behind it. */
export function KillDone({ report, markets }: { report: KillReport; markets: readonly MarketView[] }) {
  const { seq, ordersLeft, positionsLeft, refusals, isSeen, broken } = report;
  const marketOf = (instrument: number) => markets.find((each) => each.instrument === instrument);
  return (
    <>
      <p>
        <b>
          {endsText(report)}, {ordersLeft.length} {ordersLeft.length === 1 ? 'order' : 'orders'} left,{' '}
          {positionsLeft.length} {positionsLeft.length === 1 ? 'position' : 'positions'} left.
        </b>{' '}
        Done at seq {formatCount(seq)}.
      </p>
      {broken !== undefined && <p className={styles.wrong}>{breakWords(broken)}</p>}
      {!isSeen && (
        <p className={styles.wrong}>The account was not heard of since: it may have changed more.</p>
      )}
      {positionsLeft.length > 0 && (
        <ul className={styles.left} aria-label="Positions left">
          {positionsLeft.map(({ instrument, lots }) => {
            const market = marketOf(instrument);
            return (
              <li key={instrument}>
                {lots > 0 ? '▲' : '▼'} {market?.name ?? `instrument ${instrument}`}{' '}
                {market && formatSignedSize(lots, market)}
              </li>
            );
          })}
        </ul>
      )}
      {refusals.map(({ code, message }) => (
        <p key={code} className={styles.wrong}>
          Refused: {message}
        </p>
      ))}
    </>
  );
}

/** `3 cancelled (1 filled in part before), 1 filled before it could be`. */
function endsText({ cancelledCount, filledCount, partFilledCount, unknownCount }: KillReport): string {
  const part = partFilledCount > 0 ? ` (${partFilledCount} filled in part before)` : '';
  const filled = filledCount > 0 && `${filledCount} filled before it could be`;
  const unknown = unknownCount > 0 && `${unknownCount} gone, how is not known`;
  return [`${cancelledCount} cancelled${part}`, filled, unknown].filter((each) => each !== false).join(', ');
}
