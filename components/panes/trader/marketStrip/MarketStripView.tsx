import type { ReactNode } from 'react';
import type {
  IsolationView,
  MarketStatsView,
  MarketView,
  MarkView,
} from '../../../../engine/protocol/views/market.ts';
import {
  decimalsFor,
  formatCountdown,
  formatDateTime,
  formatMark,
  formatPercent,
  formatPrice,
  formatSignedPercent,
  formatSize,
  formatUsdShort,
} from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { isolationText } from '../../../../lib/isolation.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import {
  fundingReason,
  indexReason,
  markReason,
  openInterestReason,
  volumeReason,
} from '../../../../lib/reasons/market.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';
import { classes } from '../../../ui/classes.ts';
import { Num } from '../../../ui/Num.tsx';
import { fitNumber, toneOf } from '../../../ui/numberText.ts';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './MarketStrip.module.css';
import { dayChangePpm, fundingEightHoursPpm } from './MarketStrip.state.ts';

export interface MarketStripViewProps {
  market: MarketView | undefined;
  stats: MarketStatsView | undefined;
  mark: MarkView | undefined;
  markFreshness: Freshness;
  feedFreshness: Freshness;
  direction: 'up' | 'down' | undefined;
  ownSharePpm: number | undefined;
  /** Engine time, for the countdown. */
  engineMs: number | undefined;
  /** Which state the statistics were read from. */
  source?: string;
  /** The picker's button, at the left edge of what it controls. */
  picker: ReactNode;
  /** Other markets, at the right edge. */
  others: ReactNode;
}

export function MarketStripView(props: MarketStripViewProps) {
  const { market, stats, mark, markFreshness, feedFreshness, direction, engineMs, picker, others } = props;
  const known = market !== undefined && stats !== undefined;
  const leftMs = stats && engineMs !== undefined ? stats.nextFundingMs - engineMs : undefined;
  const own = props.ownSharePpm;
  const marked = market && mark && { market, mark };
  // Mark and index are one digit finer than an order can be.
  const tickDigits = market && decimalsFor(market.ticksPerUsd);
  return (
    <section className={styles.strip} aria-label="Market">
      <div className={styles.lead}>
        {picker}
        <LastPrice market={market} stats={stats} direction={direction} freshness={feedFreshness} />
      </div>
      <dl className={styles.entries}>
        <WhySource value={mark === undefined ? '' : sourceText(mark.seq, mark.timeMs)}>
          <Entry name="mark" reason={marked && (() => markReason(marked.market, marked.mark))}>
            <Num
              text={marked && formatMark(marked.mark.markUsdPerLot, marked.market)}
              significant={tickDigits}
              {...markFreshness}
            />
          </Entry>
          <Entry
            name={market !== undefined && market.expiryMs > 0 ? 'forward' : 'index'}
            reason={marked && (() => indexReason(marked.market, marked.mark))}
          >
            <Num
              text={marked && formatMark(marked.mark.indexUsdPerLot, marked.market)}
              significant={tickDigits}
              {...markFreshness}
            />
          </Entry>
        </WhySource>
        <WhySource value={props.source ?? ''}>
          {market !== undefined && market.kind !== 'perpetual' ? (
            <Entry name="settles">
              {market.expiryMs === 0 ? 'at once' : formatDateTime(market.expiryMs)}
            </Entry>
          ) : (
            <Entry
              name="funding 8 h"
              isWide
              reason={stats && (() => fundingReason(fundingEightHoursPpm(stats.fundingRatePpb), leftMs))}
              beside={
                leftMs !== undefined && <span className={styles.faint}> in {formatCountdown(leftMs)}</span>
              }
            >
              <Num text={stats && fundingText(stats)} significant={4} isSigned {...feedFreshness} />
            </Entry>
          )}
          <Entry name="volume 24 h" reason={known ? () => volumeReason(market, stats) : undefined}>
            <Num text={stats && formatUsdShort(stats.volume24hUsd)} significant={2} {...feedFreshness} />
          </Entry>
          <Entry
            name="open interest"
            reason={known ? () => openInterestReason(market, stats, own) : undefined}
            beside={own !== undefined && <span className={styles.faint}>, you {formatPercent(own)}</span>}
          >
            <Num
              text={known ? fitNumber(formatSize(stats.openInterestLots, market), 7) : undefined}
              unit={known ? market.underlying : undefined}
              {...feedFreshness}
            />
          </Entry>
        </WhySource>
      </dl>
      {market !== undefined && mark?.isolation ? (
        <Isolated underlying={market.underlying} isolation={mark.isolation} />
      ) : (
        others
      )}
    </section>
  );
}

/** In the place of other markets: what is true of this one now matters more than the way to another. */
function Isolated({ underlying, isolation }: { underlying: string; isolation: IsolationView }) {
  const text = isolationText(underlying, isolation);
  return (
    <p className={styles.isolated} role="status" title={text}>
      {text}
    </p>
  );
}

function fundingText(stats: MarketStatsView): string {
  return formatSignedPercent(fundingEightHoursPpm(stats.fundingRatePpb), 4);
}

interface EntryProps {
  name: string;
  children: ReactNode;
  /** Undefined where there is no number to ask about. */
  reason?: (() => Reason) | undefined;
  /** Belongs to the number and is not asked about. */
  beside?: ReactNode;
  /** It has room for what stands beside it before that is known. */
  isWide?: boolean;
}

function Entry({ name, reason, beside, isWide, children }: EntryProps) {
  return (
    <div className={styles.entry} data-wide={isWide || undefined}>
      <dt>{name}</dt>
      <dd>
        {reason === undefined ? (
          children
        ) : (
          <Why name={name} reason={reason}>
            {children}
          </Why>
        )}
        {beside}
      </dd>
    </div>
  );
}

interface LastPriceProps {
  market: MarketView | undefined;
  stats: MarketStatsView | undefined;
  direction: 'up' | 'down' | undefined;
  freshness: Freshness;
}

const arrows = { up: '▲', down: '▼' };

function LastPrice({ market, stats, direction, freshness }: LastPriceProps) {
  const isKnown = market !== undefined && stats !== undefined && stats.lastTicks > 0;
  const isLive = freshness.face === 'fresh';
  const change = stats && dayChangePpm(stats);
  const changeText = change === undefined ? undefined : formatSignedPercent(change);
  const tone = isLive ? direction : undefined;
  return (
    <p className={styles.last}>
      <span className="visually-hidden">last price</span>
      <span className={classes(styles.arrow, tone && styles[tone])}>
        {direction === undefined ? '' : arrows[direction]}
      </span>
      <span className={classes(styles.price, tone && styles[tone], !isLive && styles.old)}>
        <Num text={isKnown ? formatPrice(stats.lastTicks, market) : undefined} significant={9} />
      </span>
      <span className={styles.change}>
        <Num
          text={changeText && `${changeText}`}
          significant={2}
          isSigned={changeText !== undefined && toneOf(changeText) !== undefined}
          {...freshness}
        />
        <span className={styles.faint}> 24 h</span>
      </span>
    </p>
  );
}
