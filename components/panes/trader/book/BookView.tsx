import { memo, type ReactNode, useId, useMemo, useRef } from 'react';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { type ClickSizes, keepClickSizes, useClickSizes } from '../../../../lib/hooks/clickSizes.ts';
import type { Settings } from '../../../../lib/settings/settings.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Pane } from '../../../ui/Pane.tsx';
import styles from './Book.module.css';
import type { Taking } from './Book.state.ts';
import { ArmedBand, ArmedFoot } from './LadderBand.tsx';
import { LadderGrid } from './LadderGrid.tsx';
import { ColumnHeads, LadderAction, StepPicker } from './LadderHead.tsx';
import { LadderMenu } from './LadderMenu.tsx';
import type { LadderActions } from './ladderActions.ts';
import type { LadderFeed } from './ladderFeed.ts';
import { bucketOf, outside } from './ladderWindow.ts';
import { ownSizes, type SentOrder } from './ownSizes.ts';
import { TopOfBookBand } from './TopOfBookBand.tsx';
import { useCarried } from './useCarried.ts';
import {
  useFeedFact,
  useFirstPrice,
  useFollow,
  useGroup,
  usePainted,
  useRowCount,
  useWindow,
} from './useLadder.ts';
import { useLadderKeys } from './useLadderKeys.ts';
import { useLadderPointer } from './useLadderPointer.ts';
import { usePresses } from './usePresses.ts';
import { useSaid } from './useSaid.ts';

export interface BookViewProps {
  market: MarketView | undefined;
  feed: LadderFeed;
  freshness: Freshness;
  /** Own open orders of this market. */
  orders: readonly OrderView[];
  sent: readonly SentOrder[];
  /** The part of the ticket that would trade at once; undefined when there is none. */
  taking: Taking | undefined;
  /** Prices somebody watches, in ticks. */
  levels: readonly number[];
  choices: Settings['ladder'];
  guards: Settings['guards'];
  /** What is left of the minute in which one click sends; undefined while safe. */
  armed: ReactNode | undefined;
  actions: LadderActions;
}

const ROW_PX = 20;

/** The ladder: prices stand still, sizes change beside them, and a press on a cell means what the head says. */
export const BookView = memo(function BookView(props: BookViewProps) {
  const { market, feed, freshness, orders, sent, taking, levels, choices, actions } = props;
  const isArmed = props.armed !== undefined;
  const unit = market?.underlying ?? '';
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const { said, say, read } = useSaid();
  const rows = useRowCount(body);
  const firstPrice = useFirstPrice(feed);
  const sizes = useClickSizes(market, firstPrice);
  const { groupTicks, chooseGroup, stepGroup } = useGroup(feed, firstPrice);
  const { window, centre, scroll } = useWindow(feed, firstPrice !== undefined, rows, groupTicks);
  const hold = useFollow(feed, window, choices.isFollowing, centre);
  const own = useMemo(() => ownSizes(orders, sent, groupTicks ?? 1), [orders, sent, groupTicks]);
  const watched = useMemo(() => bucketsOf(levels, groupTicks ?? 1), [levels, groupTicks]);
  const carrying = useCarried(orders);
  const painted = usePainted(body, rows, feed, () => {
    if (market === undefined || window === undefined) return undefined;
    const { isCumulative } = choices;
    return { market, window, own, taking, levels: watched, isCumulative, drop: carrying.drop() };
  });
  const presses = usePresses({ market, painted, carrying, sizes, isArmed, freshness, actions, say, read });
  const keys = useLadderKeys({
    ...presses,
    id,
    grid: body,
    rows,
    onCentre: centre,
    onScroll: scroll,
    onStep: stepGroup,
  });
  const pointer = useLadderPointer({ ...presses, isArmed, onActivate: keys.activate });
  const gone = useFeedFact(feed, () => {
    const book = feed.book();
    return book && window && outside(book, window);
  });
  const isHeld = freshness.face === 'stale' || freshness.face === 'wrong';
  const onSizes = (next: ClickSizes) => market && keepClickSizes(market, next);
  return (
    <div className={classes(styles.frame, isArmed && styles.armed)}>
      <Pane
        title="Ladder"
        className={classes(styles.pane, isHeld && styles.held)}
        aside={
          <>
            <StepPicker
              market={market}
              priceTicks={firstPrice}
              groupTicks={groupTicks}
              onChoose={chooseGroup}
            />
            <LadderMenu choices={choices} unit={unit} sizes={sizes} onSizes={onSizes} />
          </>
        }
        actions={
          <LadderAction
            freshness={freshness}
            armedSize={isArmed ? sizes?.first : undefined}
            onCentre={centre}
          />
        }
      >
        <div className={styles.body}>
          {isArmed ? (
            <ArmedBand unit={unit} sizes={sizes} onSizes={onSizes} countdown={props.armed} />
          ) : (
            <TopOfBookBand feed={feed} market={market} />
          )}
          {freshness.face === 'wrong' && <p className={styles.reason}>{freshness.reason}</p>}
          <table
            className={classes(styles.grid, carrying.carried() && styles.carrying)}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA allows grid on a table; the keys below make it one.
            role="grid"
            aria-label={`Ladder ${market?.name ?? ''}`}
            aria-rowcount={rows + 1}
            aria-colcount={5}
            aria-activedescendant={keys.activeId}
            tabIndex={0}
            onKeyDown={keys.onKeyDown}
            onFocus={keys.onFocus}
            onBlur={keys.onBlur}
            {...pointer}
            onPointerEnter={() => {
              hold.current = true;
            }}
            onPointerLeave={() => {
              hold.current = keys.activeId !== undefined;
            }}
            onWheel={(event) => scroll(-event.deltaY / ROW_PX)}
          >
            <ColumnHeads unit={unit} isCumulative={choices.isCumulative} />
            <LadderGrid ref={body} rows={rows} id={id} />
          </table>
          {isArmed && <ArmedFoot market={market} guards={props.guards} />}
        </div>
        {gone !== undefined && (
          <div className={classes(styles.outside, styles[gone])}>
            <Button tone="warn" isLook onClick={centre}>
              {gone === 'above' ? '▲' : '▼'} market is {gone}, centre
            </Button>
          </div>
        )}
        <p className={said.isShown ? styles.said : 'visually-hidden'} role="status">
          {said.text}
        </p>
      </Pane>
    </div>
  );
});

function bucketsOf(levels: readonly number[], groupTicks: number): ReadonlySet<number> {
  return new Set(levels.map((ticks) => bucketOf(ticks, 'buy', groupTicks)));
}
