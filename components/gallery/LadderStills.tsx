import { defaultSettings } from '../../lib/settings/settings.ts';
import { BookView, type BookViewProps } from '../panes/trader/book/BookView.tsx';
import { TapeView, type TapeViewProps } from '../panes/trader/tape/TapeView.tsx';
import * as still from './fixtures.ts';

const nothing = () => undefined;
const silent = () => nothing;
const { guards, ladder: choices, tape } = defaultSettings(false);

const bookFeed = { book: () => still.book, lastTicks: () => still.LAST_TICKS, subscribe: silent };
const noBook = { book: nothing, lastTicks: nothing, subscribe: silent };
const tapeFeed = { trades: () => still.trades, subscribe: silent };
const noTrades = { trades: () => [], subscribe: silent };

const ladder: BookViewProps = {
  market: still.btc,
  feed: bookFeed,
  freshness: still.fresh,
  orders: still.orders,
  sent: [],
  taking: undefined,
  levels: [],
  choices,
  guards,
  armed: undefined,
  actions: { write: nothing, place: nothing, move: nothing, cancel: nothing, watch: nothing },
};

/** The ladder of one still book; what differs is said. */
export function StillLadder(props: Partial<BookViewProps>) {
  return <BookView {...ladder} {...props} />;
}

/** Nothing is known yet: labels at once, numbers when known. */
export function UnknownLadder() {
  return <StillLadder market={undefined} feed={noBook} orders={[]} freshness={still.unknown} />;
}

/** Under everything at once: own, several, sent, watched. */
export function ArmedLadder() {
  return (
    <StillLadder
      armed={<span>0:52</span>}
      orders={[...still.orders, { ...still.orders[0]!, orderId: 9, openLots: 150_000 }]}
      sent={[{ side: 'sell', priceTicks: 631_100, lots: 50_000 }]}
      levels={[630_900]}
    />
  );
}

export function StillTape(props: Partial<TapeViewProps>) {
  return (
    <TapeView
      market={still.btc}
      feed={tapeFeed}
      ownIds={new Set([891])}
      choices={tape}
      freshness={still.fresh}
      {...props}
    />
  );
}

export function EmptyTape() {
  return <StillTape feed={noTrades} />;
}
