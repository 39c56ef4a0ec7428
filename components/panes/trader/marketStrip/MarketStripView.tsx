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
import { classes } from '../../../ui/classes.ts';
import { Num } from '../../../ui/Num.tsx';
import { fitNumber, toneOf } from '../../../ui/numberText.ts';
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
  // Mark and index are one digit finer than an order can be.
  const tickDigits = market && decimalsFor(market.ticksPerUsd);
  return (
    <section className={styles.strip} aria-label="Market">
      <div className={styles.lead}>
        {picker}
        <LastPrice market={market} stats={stats} direction={direction} freshness={feedFreshness} />
      </div>
      <dl className={styles.entries}>
        <Entry name="mark">
          <Num
            text={market && mark && formatMark(mark.markUsdPerLot, market)}
            significant={tickDigits}
            {...markFreshness}
          />
        </Entry>
        <Entry name={market !== undefined && market.expiryMs > 0 ? 'forward' : 'index'}>
          <Num
            text={market && mark && formatMark(mark.indexUsdPerLot, market)}
            significant={tickDigits}
            {...markFreshness}
          />
        </Entry>
        {market !== undefined && market.kind !== 'perpetual' ? (
          <Entry name="settles">{market.expiryMs === 0 ? 'at once' : formatDateTime(market.expiryMs)}</Entry>
        ) : (
          <Entry name="funding 8 h">
            <Num text={stats && fundingText(stats)} significant={4} isSigned {...feedFreshness} />
            {leftMs !== undefined && <span className={styles.faint}> in {formatCountdown(leftMs)}</span>}
          </Entry>
        )}
        <Entry name="volume 24 h">
          <Num text={stats && formatUsdShort(stats.volume24hUsd)} significant={2} {...feedFreshness} />
        </Entry>
        <Entry name="open interest">
          <Num
            text={known ? fitNumber(formatSize(stats.openInterestLots, market), 7) : undefined}
            unit={known ? market.underlying : undefined}
            {...feedFreshness}
          />
          {own !== undefined && <span className={styles.faint}>, you {formatPercent(own)}</span>}
        </Entry>
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

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.entry}>
      <dt>{name}</dt>
      <dd>{children}</dd>
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
