import { useEffect, useRef } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPercent, formatPrice, UNKNOWN } from '../../../../lib/format.ts';
import { PACE_MS, subscribeClock } from '../../../../lib/hooks/now.ts';
import { putText } from '../../../ui/putText.ts';
import { bidShareOf, spreadOf } from './Book.state.ts';
import styles from './LadderBand.module.css';
import type { LadderFeed } from './ladderFeed.ts';

/**
 * Spread, and how the ten best levels of both sides lean: the bar is the bids' share of their lots. The spread is of the
 * ladder under it and changes with it, written past React as it is; how the book leans is read, not traded on, and keeps
 * the page's rhythm.
 */
export function TopOfBookBand({ feed, market }: { feed: LadderFeed; market: MarketView | undefined }) {
  const spread = useRef<HTMLElement>(null);
  const share = useRef<HTMLElement>(null);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const write = () => {
      const book = feed.book();
      if (book === undefined || market === undefined) return;
      const spreadTicks = spreadOf(book);
      putText(spread.current, spreadTicks === undefined ? UNKNOWN : formatPrice(spreadTicks, market));
    };
    write();
    return feed.subscribe(write);
  }, [feed, market]);
  useEffect(() => {
    const write = () => {
      const book = feed.book();
      const bidShare = book && bidShareOf(book);
      const percent = bidShare === undefined ? undefined : Math.round(bidShare * 100);
      const text = percent === undefined ? UNKNOWN : formatPercent(percent * 10_000, 0);
      if (!putText(share.current, text)) return;
      const [bids, asks] = percent === undefined ? [0, 0] : [percent, 100 - percent];
      bar.current?.style.setProperty('background-size', `${bids}% 100%, ${asks}% 100%`);
    };
    write();
    return subscribeClock(PACE_MS, write);
  }, [feed]);
  return (
    <p className={styles.band}>
      <span>
        spread <b ref={spread}>{UNKNOWN}</b>
      </span>
      <span
        className={styles.leaning}
        title="Share of the bids in the lots of the ten best levels of both sides"
      >
        bids <b ref={share}>{UNKNOWN}</b>
        <i ref={bar} className={styles.leaningBar} aria-hidden="true" />
      </span>
    </p>
  );
}
