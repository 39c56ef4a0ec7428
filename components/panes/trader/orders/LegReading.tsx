import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { groupedDecimal } from '../../../../lib/confirmation/words.ts';
import { contextNow } from '../../../../lib/draftNow.ts';
import { usePacedMark } from '../../../../lib/hooks/market.ts';
import { type AmendDraft, legOfDraft } from './amendment.ts';
import { useAmending } from './amendStore.ts';
import type { WaitingLeg } from './waitingLegs.ts';

interface LegReadingProps {
  leg: WaitingLeg;
  market: MarketView;
  /** While nobody writes it anew. */
  children: string;
}

/** Of an exit that is being written: the other way to say it, the price of a percentage or the percentage of a price. */
export function LegReading({ leg, market, children }: LegReadingProps) {
  const amending = useAmending(leg.entry.orderId);
  return amending === undefined ? children : <Reading leg={leg} market={market} draft={amending.draft} />;
}

function Reading({ leg, market, draft }: { leg: WaitingLeg; market: MarketView; draft: AmendDraft }) {
  const { entry, role, terms } = leg;
  // `mark - 50` is read against the mark of now.
  usePacedMark(market.instrument);
  const reading = legOfDraft(entry, role, draft, contextNow(entry.account, market));
  if (reading.is === 'leg') {
    const { price } = reading.leg;
    if (reading.shown === '') return '';
    // Its field is as narrow as one price: the limit behind the slash is said here.
    return price === undefined ? `= ${reading.shown}` : `${reading.shown} / ${groupedDecimal(price)}`;
  }
  if (reading.is === 'empty') return terms === undefined ? 'none' : 'will be removed';
  return reading.is === 'waiting' ? 'waits for prices' : 'no price';
}
