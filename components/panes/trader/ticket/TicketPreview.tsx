import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import type { PlacedOperation } from '../../../../lib/draftOrder.ts';
import type { BookFrame } from '../../../../lib/feed/bookFrame.ts';
import {
  formatAge,
  formatAverage,
  formatCount,
  formatPercent,
  formatPrice,
  formatSignedUsd,
  formatSize,
  formatUsd,
  UNKNOWN,
} from '../../../../lib/format.ts';
import { STALE_AFTER_MS } from '../../../../lib/freshness.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { latestStats } from '../../../../lib/hooks/market.ts';
import { PACE_MS, useNow } from '../../../../lib/hooks/now.ts';
import { ticksOf } from '../../../../lib/numberInput.ts';
import { participationPpm, participationText } from '../../../../lib/participation.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { previewReason } from '../../../../lib/reasons/preview.ts';
import { books, marks } from '../../../../lib/stores/marketStore.ts';
import { bindsNoMargin, NO_MARGIN_WORDS } from '../../../../lib/waitingMargin.ts';
import { type WorstLimit, worstLimitOf } from '../../../../lib/worstPrice.ts';
import { classes } from '../../../ui/classes.ts';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { EffectsTable } from '../EffectsTable.tsx';
import styles from './Ticket.module.css';

/** What the engine's copy says the order would do, with the sequence it was asked at. */
export function TicketPreview({
  market,
  operation,
}: {
  market: MarketView | undefined;
  operation: PlacedOperation | undefined;
}) {
  const state = usePreview();
  const nowMs = useNow(PACE_MS);
  const known = state.state === 'known' ? state : undefined;
  const ageMs = known === undefined ? 0 : Math.max(0, nowMs - known.receivedMs);
  const isHeld = known !== undefined && (!known.isCurrent || ageMs > STALE_AFTER_MS);
  return (
    <section className={styles.preview} aria-label="Preview">
      <h3 className={styles.previewHead}>
        <b>Preview</b>
        <span className={classes(ageMs > STALE_AFTER_MS && styles.warn)}>
          {known === undefined || market === undefined ? (
            headOf(state.state, known?.preview.seq, ageMs)
          ) : (
            <WhySource value={sourceText(known.preview.seq, known.preview.timeMs)}>
              <Why name="Preview" reason={() => previewReason(known.preview, market)} className={styles.ask}>
                {headOf(state.state, known.preview.seq, ageMs)}
              </Why>
            </WhySource>
          )}
        </span>
      </h3>
      <div className={classes(isHeld && styles.held)} data-seq={known?.preview.seq}>
        {/* What is refused fills nothing: its place is for the reason. */}
        {known?.preview.refusal === undefined && (
          <Fills preview={known?.preview} market={market} worst={worstLimitOf(operation)} />
        )}
        {bindsNoMargin(operation) && <p className={styles.waits}>{NO_MARGIN_WORDS}</p>}
        <div className={styles.effects}>
          <EffectsTable preview={known?.preview} />
        </div>
      </div>
    </section>
  );
}

function headOf(state: string, seq: number | undefined, ageMs: number): string {
  if (seq === undefined) return state === 'asking' ? 'asking' : 'nothing to preview yet';
  const held = ageMs > STALE_AFTER_MS ? 'held at' : 'engine fork at';
  return `${held} seq ${formatCount(seq)} · ${formatAge(ageMs)} ago`;
}

interface FillsProps {
  preview: PreviewView | undefined;
  market: MarketView | undefined;
  worst: WorstLimit | undefined;
}

function Fills({ preview, market, worst }: FillsProps) {
  const known = preview !== undefined && market !== undefined;
  const size = (lots: number) => (known ? formatSize(lots, market) : UNKNOWN);
  const filled = preview?.filledLots ?? 0;
  const slippage = preview && market && slippageOf(preview, market, books.get(market.instrument));
  return (
    <dl className={styles.facts}>
      <Fact name="fills now" value={preview?.filledLots} text={size(filled)} />
      <Fact
        name="average"
        value={preview?.filledNotionalUsd}
        text={known ? formatAverage(preview.filledNotionalUsd, filled, market) : UNKNOWN}
      />
      {/* What cannot rest says how far it may go instead, and what waits for its trigger fills nothing yet. */}
      {worst?.isWaiting === false ? (
        <WorstFact worst={worst} market={market} />
      ) : (
        <Fact name="rests" value={preview?.restingLots} text={size(preview?.restingLots ?? 0)} />
      )}
      {worst?.isWaiting === true ? (
        <WorstFact worst={worst} market={market} />
      ) : (
        <Fact
          name="worst"
          value={preview?.worstPriceTicks}
          text={known && filled > 0 ? formatPrice(preview.worstPriceTicks, market) : UNKNOWN}
        />
      )}
      <Fact
        name="slippage"
        value={slippage?.usd}
        text={
          slippage === undefined ? UNKNOWN : `${formatUsd(slippage.usd, 2)} · ${slippage.bp.toFixed(2)} bp`
        }
      />
      <Fact
        name="fee"
        value={preview?.feeUsd}
        text={preview === undefined ? UNKNOWN : formatUsd(preview.feeUsd, 2)}
      />
      <Participation preview={preview} market={market} />
      {(preview?.cancelledLots ?? 0) > 0 && (
        <Fact
          name="is cancelled"
          value={preview?.cancelledLots}
          text={size(preview?.cancelledLots ?? 0)}
          isNotable={(preview?.cancelledLots ?? 0) > 0}
        />
      )}
      {(preview?.realizedPnlUsd ?? 0) !== 0 && (
        <Fact
          name="realized"
          value={preview?.realizedPnlUsd}
          text={preview === undefined ? UNKNOWN : formatSignedUsd(preview.realizedPnlUsd, 2)}
        />
      )}
    </dl>
  );
}

/** What of a minute's and of a day's volume all of the order is at the mark, whatever of it fills now. */
function Participation({ preview, market }: Pick<FillsProps, 'preview' | 'market'>) {
  const stats = market && latestStats(market.instrument);
  const mark = market && marks.get(market.instrument);
  const lots = preview && preview.filledLots + preview.restingLots;
  const valueUsd =
    lots === undefined || lots === 0 || mark === undefined ? undefined : lots * mark.markUsdPerLot;
  const share = (name: string, volumeUsd: number | undefined) => {
    const ppm = participationPpm(valueUsd, volumeUsd);
    const text = ppm === undefined ? UNKNOWN : participationText(ppm);
    return <Fact name={name} value={ppm} text={text} className={styles.share} />;
  };
  return (
    <>
      {share('of 1 min', stats?.volumeMinuteUsd)}
      {share('of 24 h', stats?.volume24hUsd)}
    </>
  );
}

function WorstFact({ worst: { price }, market }: { worst: WorstLimit; market: MarketView | undefined }) {
  const ticks = price === undefined || market === undefined ? undefined : ticksOf(price, market);
  if (market === undefined) return <Fact name="no worse than" value={undefined} text={UNKNOWN} />;
  const text = ticks === undefined ? `band ${formatPercent(market.bandPpm, 0)}` : formatPrice(ticks, market);
  return <Fact name="no worse than" value={ticks} text={text} />;
}

/** What the fills cost against the middle of the book as it stands; always against the account. */
function slippageOf(
  { filledLots, filledNotionalUsd }: PreviewView,
  { usdPerTickLot }: MarketView,
  book: BookFrame | undefined,
): { usd: number; bp: number } | undefined {
  const bid = book?.bids[0]?.[0];
  const ask = book?.asks[0]?.[0];
  if (filledLots === 0 || bid === undefined || ask === undefined) return undefined;
  const atMidUsd = (filledLots * usdPerTickLot * (bid + ask)) / 2;
  const usd = Math.round(Math.abs(Math.abs(filledNotionalUsd) - atMidUsd));
  return { usd, bp: (usd / atMidUsd) * 10_000 };
}

interface FactProps {
  name: string;
  value: number | undefined;
  text: string;
  isNotable?: boolean;
  className?: string | undefined;
}

/** `value` carries the last unit: the text is rounded for the eye. */
function Fact({ name, value, text, isNotable = false, className }: FactProps) {
  return (
    <div className={classes(isNotable && styles.warn, className)}>
      <dt>{name}</dt>
      <dd>
        <data value={value ?? ''}>{text}</data>
      </dd>
    </div>
  );
}
