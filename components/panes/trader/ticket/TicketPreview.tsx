import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import {
  formatAge,
  formatAverage,
  formatCount,
  formatPrice,
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
import { TicketEffects } from './TicketEffects.tsx';

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
        <TicketEffects preview={known?.preview} />
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
      <Fact
        name="average"
        value={preview?.filledNotionalUsd}
        text={known ? formatAverage(preview.filledNotionalUsd, filled, market) : UNKNOWN}
      />
      <Fact name="rests" value={preview?.restingLots} text={size(preview?.restingLots ?? 0)} />
      <Fact
        name="worst"
        value={preview?.worstPriceTicks}
        text={known && filled > 0 ? formatPrice(preview.worstPriceTicks, market) : UNKNOWN}
      />
      <Fact
        name="is cancelled"
        value={preview?.cancelledLots}
        text={size(preview?.cancelledLots ?? 0)}
        isNotable={(preview?.cancelledLots ?? 0) > 0}
      />
      <Fact
        name="fee"
        value={preview?.feeUsd}
        text={preview === undefined ? UNKNOWN : formatUsd(preview.feeUsd, 2)}
      />
      <Fact
        name="realized"
        value={preview?.realizedPnlUsd}
        text={preview === undefined ? UNKNOWN : formatSignedUsd(preview.realizedPnlUsd, 2)}
      />
    </dl>
  );
}

interface FactProps {
  name: string;
  value: number | undefined;
  text: string;
  isNotable?: boolean;
}

/** `value` carries the last unit: the text is rounded for the eye. */
function Fact({ name, value, text, isNotable = false }: FactProps) {
  return (
    <div className={classes(isNotable && styles.warn)}>
      <dt>{name}</dt>
      <dd>
        <data value={value ?? ''}>{text}</data>
      </dd>
    </div>
  );
}
