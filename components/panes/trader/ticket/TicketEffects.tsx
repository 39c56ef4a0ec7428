import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import {
  formatPoints,
  formatRatio,
  formatSigmas,
  formatSignedUsd,
  formatUsd,
  UNKNOWN,
} from '../../../../lib/format.ts';
import styles from './Ticket.module.css';

/** Beyond this the distance is only known to be large. */
const SIGMAS_SHOWN = 99;

const effects: {
  name: string;
  of: (side: PreviewSideView) => number;
  text: (value: number) => string;
  change: (before: number, after: number) => string;
}[] = [
  { name: 'initial', of: (side) => side.initialUsd, text: formatUsd, change: usdChange },
  { name: 'maintenance', of: (side) => side.maintenanceUsd, text: formatUsd, change: usdChange },
  {
    name: 'MM of equity',
    of: (side) => side.ratioPpm,
    text: (ppm) => formatRatio(ppm, 2),
    change: (before, after) => (before < 0 || after < 0 ? UNKNOWN : formatPoints(after - before)),
  },
  { name: 'free', of: (side) => side.freeUsd, text: formatUsd, change: usdChange },
  { name: 'distance', of: (side) => side.distanceSigmas, text: distanceText, change: distanceChange },
];

/** The account's margin before and after the order, and the change. */
export function TicketEffects({ preview }: { preview: PreviewView | undefined }) {
  return (
    <table className={styles.effects}>
      <caption className="visually-hidden">Margin before and after the order</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">measure</span>
          </th>
          <th scope="col">before</th>
          <th scope="col">after</th>
          <th scope="col">change</th>
        </tr>
      </thead>
      <tbody>
        {effects.map(({ name, of, text, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <data value={preview ? of(preview.before) : ''}>
                {preview ? text(of(preview.before)) : UNKNOWN}
              </data>
            </td>
            <td className={styles.after}>
              <data value={preview ? of(preview.after) : ''}>
                {preview ? text(of(preview.after)) : UNKNOWN}
              </data>
            </td>
            <td>{preview ? change(of(preview.before), of(preview.after)) : UNKNOWN}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function usdChange(before: number, after: number): string {
  return formatSignedUsd(after - before);
}

function distanceText(sigmas: number): string {
  if (sigmas < 0) return 'no risk';
  return sigmas > SIGMAS_SHOWN ? `> ${SIGMAS_SHOWN}σ` : `${formatSigmas(sigmas)}σ`;
}

/** Nothing can be subtracted from a distance that does not exist or is only known to be large. */
function distanceChange(before: number, after: number): string {
  const isMeasured = (sigmas: number) => sigmas >= 0 && sigmas <= SIGMAS_SHOWN;
  if (!isMeasured(before) || !isMeasured(after)) return UNKNOWN;
  return `${after > before ? '+' : ''}${formatSigmas(after - before)}σ`;
}
