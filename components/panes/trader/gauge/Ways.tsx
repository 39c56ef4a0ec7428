import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatMove, formatPrice, UNKNOWN } from '../../../../lib/format.ts';
import { wayReason } from '../../../../lib/reasons/distance.ts';
import { Num } from '../../../ui/Num.tsx';
import { Why } from '../../../ui/Why.tsx';
import styles from './Gauge.module.css';
import { lengthText, type Way } from './Gauge.state.ts';
import type { GaugeViewProps } from './gaugeViewProps.ts';

const emptyWays = ['joint', 'market', 'asset alone'];

type WaysProps = Pick<GaugeViewProps, 'sounding' | 'margin' | 'markets'>;

/** Joint, market and the nearest asset alone: how far, where that is, and its length in σ. */
export function Ways({ sounding, margin, markets }: WaysProps) {
  const { ways, otherWays } = sounding;
  return (
    <table className={styles.ways}>
      <caption className="visually-hidden">Ways to liquidation: move, price there, length in sigma</caption>
      <tbody>
        {ways.length === 0
          ? emptyWays.map((label) => <EmptyRow key={label} label={label} />)
          : ways.map((way) => <WayRow key={way.kind} way={way} margin={margin} markets={markets} />)}
        {otherWays.map((way) => (
          <WayRow key={`${way.label} ${way.move}`} way={way} margin={undefined} markets={markets} isHidden />
        ))}
      </tbody>
    </table>
  );
}

function EmptyRow({ label }: { label: string }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{UNKNOWN}</td>
      <td>{UNKNOWN}</td>
      <td className={styles.length}>{UNKNOWN}</td>
    </tr>
  );
}

interface WayRowProps extends Omit<WaysProps, 'sounding'> {
  way: Way;
  isHidden?: boolean;
}

function WayRow({ way, margin, markets, isHidden }: WayRowProps) {
  const { kind, label, move, priceUsd, sigmas } = way;
  const row = move === undefined ? undefined : { move, priceUsd: priceUsd ?? 0, sigmas };
  const cells = [
    { name: 'move', number: <Num text={move === undefined ? UNKNOWN : formatMove(move)} significant={1} /> },
    { name: 'price', number: <Num text={priceOf(way, markets)} significant={9} /> },
    { name: 'length', number: <data value={sigmas}>{lengthText(sigmas)}</data> },
  ];
  return (
    <tr className={isHidden ? 'visually-hidden' : undefined}>
      <th scope="row">{label}</th>
      {cells.map(({ name, number }) => (
        <td key={name} className={name === 'length' ? styles.length : undefined}>
          {margin === undefined ? (
            number
          ) : (
            <Why name={`${label}, ${name}`} reason={() => wayReason(kind, row, margin)}>
              {number}
            </Why>
          )}
        </td>
      ))}
    </tr>
  );
}

/** The price at the tick of the asset's market; a price below zero is not reached, whatever the move. */
function priceOf({ underlying, priceUsd }: Way, markets: readonly MarketView[]): string {
  const market = markets.find((each) => each.underlying === underlying);
  if (market === undefined || priceUsd === undefined || priceUsd <= 0) return UNKNOWN;
  return formatPrice(Math.round((priceUsd / 1e6) * market.ticksPerUsd), market);
}
