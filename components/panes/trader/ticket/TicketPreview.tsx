import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import {
  formatAge,
  formatAverage,
  formatCount,
  formatPoints,
  formatPrice,
  formatRatio,
  formatSigmas,
  formatSignedUsd,
  formatSize,
  formatUsd,
  UNKNOWN,
} from '../../../../lib/format.ts';
import { STALE_AFTER_MS } from '../../../../lib/freshness.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Ticket.module.css';

/** What the engine's copy says the order would do, with the sequence it was asked at. */
export function TicketPreview({ market }: { market: MarketView | undefined }) {
  const state = usePreview();
  const nowMs = useNow(250);
  const known = state.state === 'known' ? state : undefined;
  const ageMs = known === undefined ? 0 : Math.max(0, nowMs - known.receivedMs);
  const isHeld = known !== undefined && (!known.isCurrent || ageMs > STALE_AFTER_MS);
  return (
    <section className={styles.preview} aria-label="Preview">
      <h3 className={styles.previewHead}>
        <b>Preview</b>
        <span className={classes(ageMs > STALE_AFTER_MS && styles.warn)}>
          {headOf(state.state, known?.preview.seq, ageMs)}
        </span>
      </h3>
      <div className={classes(isHeld && styles.held)} data-seq={known?.preview.seq}>
        <Fills preview={known?.preview} market={market} />
        <Effects preview={known?.preview} />
      </div>
    </section>
  );
}

function headOf(state: string, seq: number | undefined, ageMs: number): string {
  if (seq === undefined) return state === 'asking' ? 'asking' : 'nothing to preview yet';
  const held = ageMs > STALE_AFTER_MS ? 'held at' : 'engine fork at';
  return `${held} seq ${formatCount(seq)} · ${formatAge(ageMs)} ago`;
}

function Fills({ preview, market }: { preview: PreviewView | undefined; market: MarketView | undefined }) {
  const known = preview !== undefined && market !== undefined;
  const size = (lots: number) => (known ? formatSize(lots, market) : UNKNOWN);
  const filled = preview?.filledLots ?? 0;
  return (
    <dl className={styles.facts}>
      <Fact name="fills now" value={preview?.filledLots} text={size(filled)} />
      <Fact name="rests" value={preview?.restingLots} text={size(preview?.restingLots ?? 0)} />
      <Fact
        name="average"
        value={preview?.filledNotionalUsd}
        text={known ? formatAverage(preview.filledNotionalUsd, filled, market) : UNKNOWN}
      />
      <Fact
        name="fee"
        value={preview?.feeUsd}
        text={preview === undefined ? UNKNOWN : formatUsd(preview.feeUsd, 2)}
      />
      <Fact
        name="worst"
        value={preview?.worstPriceTicks}
        text={known && filled > 0 ? formatPrice(preview.worstPriceTicks, market) : UNKNOWN}
      />
      <Fact
        name="realized"
        value={preview?.realizedPnlUsd}
        text={preview === undefined ? UNKNOWN : formatSignedUsd(preview.realizedPnlUsd, 2)}
      />
    </dl>
  );
}

/** `value` carries the last unit: the text is rounded for the eye. */
function Fact({ name, value, text }: { name: string; value: number | undefined; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <data value={value ?? ''}>{text}</data>
      </dd>
    </div>
  );
}

/** Beyond this the distance is only known to be large. */
const SIGMAS_SHOWN = 4;

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

function Effects({ preview }: { preview: PreviewView | undefined }) {
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
