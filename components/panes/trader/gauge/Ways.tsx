import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatMove, formatPrice, UNKNOWN } from '../../../../lib/format.ts';
import { Num } from '../../../ui/Num.tsx';
import styles from './Gauge.module.css';
import { lengthText, type Sounding, type Way } from './Gauge.state.ts';

const emptyWays = ['joint', 'market', 'asset alone'];

/** Joint, market and the nearest asset alone: how far, where that is, and its length in σ. */
export function Ways({ sounding, markets }: { sounding: Sounding; markets: readonly MarketView[] }) {
  const { ways, otherWays } = sounding;
  return (
    <table className={styles.ways}>
      <caption className="visually-hidden">Ways to liquidation: move, price there, length in sigma</caption>
      <tbody>
        {ways.length === 0
          ? emptyWays.map((label) => <WayRow key={label} label={label} cells={[UNKNOWN, UNKNOWN, UNKNOWN]} />)
          : ways.map((way) => <WayRow key={way.kind} label={way.label} cells={cellsOf(way, markets)} />)}
        {otherWays.map((way) => (
          <WayRow key={`${way.label} ${way.move}`} label={way.label} cells={cellsOf(way, markets)} isHidden />
        ))}
      </tbody>
    </table>
  );
}

function cellsOf(way: Way, markets: readonly MarketView[]): [string, string, string] {
  const move = way.move === undefined ? UNKNOWN : formatMove(way.move);
  return [move, priceOf(way, markets), lengthText(way.sigmas)];
}

/** The price at the tick of the asset's market; a price below zero is not reached, whatever the move. */
function priceOf({ underlying, priceUsd }: Way, markets: readonly MarketView[]): string {
  const market = markets.find((each) => each.underlying === underlying);
  if (market === undefined || priceUsd === undefined || priceUsd <= 0) return UNKNOWN;
  return formatPrice(Math.round((priceUsd / 1e6) * market.ticksPerUsd), market);
}

interface WayRowProps {
  label: string;
  cells: [string, string, string];
  isHidden?: boolean;
}

function WayRow({ label, cells: [move, price, sigmas], isHidden }: WayRowProps) {
  return (
    <tr className={isHidden ? 'visually-hidden' : undefined}>
      <th scope="row">{label}</th>
      <td>
        <Num text={move} significant={1} />
      </td>
      <td>
        <Num text={price} significant={9} />
      </td>
      <td className={styles.length}>{sigmas}</td>
    </tr>
  );
}
