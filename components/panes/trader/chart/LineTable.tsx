import type { ReactNode } from 'react';
import type { FillMark } from '../../../charts/chartMarks.ts';
import type { ChartLine } from './chartLines.ts';

/** Of the newest candles with own fills; the fills pane has them all. */
const MARKS_TOLD = 5;

interface LineTableProps {
  lines: readonly ChartLine[];
  /** Own fills as they are marked on the candles. */
  fills: readonly FillMark[];
  /** Liquidation, where it is known: its words say what they assume. */
  bandWords: string | undefined;
}

/** The lines and the marks of the picture as a table, for whoever reads instead of looking. */
export function LineTable({ lines, fills, bandWords }: LineTableProps) {
  const newest = [...fills].sort((a, b) => b.openMs - a.openMs).slice(0, MARKS_TOLD);
  const inOrder = [...lines].sort((a, b) => b.priceTicks - a.priceTicks);
  return (
    <div className="visually-hidden">
      <table>
        <caption>Prices on the chart, the highest first</caption>
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col">price</th>
          </tr>
        </thead>
        <tbody>
          {inOrder.map(({ key, name, axisText }) => (
            <Line key={key} what={name} price={axisText} />
          ))}
          {newest.map(({ openMs, side, words }) => (
            <Line key={`${openMs} ${side}`} what="Own fills" price={words.join('; ')} />
          ))}
          {bandWords !== undefined && <Line what="Liquidation" price={bandWords} />}
        </tbody>
      </table>
    </div>
  );
}

function Line({ what, price }: { what: string; price: ReactNode }) {
  return (
    <tr>
      <th scope="row">{what}</th>
      <td>{price}</td>
    </tr>
  );
}
