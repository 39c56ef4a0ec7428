import { memo, useRef } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSignedPercent } from '../../../../lib/format.ts';
import { useStats } from '../../../../lib/hooks/market.ts';
import { Num } from '../../../ui/Num.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { useSize } from '../../../ui/useSize.ts';
import styles from './MarketStrip.module.css';
import { dayChangePpm } from './MarketStrip.state.ts';

/** As narrow as one gets: `min-width` of `.other`. */
const NARROWEST_PX = 124;
/** Until its width is known. */
const USUAL_PX = 4 * NARROWEST_PX;

/**
 * One press from the market on screen to those that matter beside it; a square marks what is held. As many as fit: one
 * out of sight would be drawn anew with every price of its own, and Tab would lead there.
 */
export function OtherMarkets({ others }: { others: readonly { market: MarketView; isHeld: boolean }[] }) {
  const nav = useRef<HTMLElement>(null);
  const { width } = useSize(nav) ?? { width: USUAL_PX };
  return (
    <nav ref={nav} className={styles.others} aria-label="Other markets">
      {others.slice(0, Math.floor(width / NARROWEST_PX)).map(({ market, isHeld }) => (
        <OtherMarket key={market.instrument} market={market} isHeld={isHeld} />
      ))}
    </nav>
  );
}

/** The strip renders with every price: the way to another market only when it is another one. */
const OtherMarket = memo(function OtherMarket({ market, isHeld }: { market: MarketView; isHeld: boolean }) {
  return (
    <PageLink href={`/trade/${market.name}`} className={styles.other}>
      <b>
        {isHeld && (
          <>
            <i className={styles.held} aria-hidden="true" />
            <span className="visually-hidden">held: </span>
          </>
        )}
        {market.name}
      </b>
      <LastAndChange market={market} />
    </PageLink>
  );
});

function LastAndChange({ market }: { market: MarketView }) {
  const stats = useStats(market.instrument);
  const change = stats && dayChangePpm(stats);
  return (
    <span>
      <Num
        text={stats && stats.lastTicks > 0 ? formatPrice(stats.lastTicks, market) : undefined}
        significant={9}
      />{' '}
      <Num text={change === undefined ? undefined : formatSignedPercent(change)} isSigned significant={2} />
    </span>
  );
}
