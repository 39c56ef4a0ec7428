import { useEffect, useState } from 'react';
import type { Gauge, GaugeReading, PricesNow } from '../preview.ts';
import { accounts } from '../stores/accountStore.ts';
import { listing, marks } from '../stores/marketStore.ts';
import type { AccountState } from '../stores/mergeAccount.ts';
import { useSelectedAccount } from './account.ts';
import { useKeyed } from './keyed.ts';
import { PACE_MS, useTicked } from './now.ts';

// The margin model is 20 kB that the first paint does without: until it is here the view's own distance stands.
let loading: Promise<Gauge> | undefined;
export const loadGauge = () => {
  loading ??= import('../preview.ts').then(({ createGauge }) => createGauge());
  return loading;
};

/**
 * Equity, maintenance margin and distance of the selected account, computed in this page at the newest marks.
 * Undefined while the model is on its way, or where only the engine can say.
 */
export function useGaugeReading(): GaugeReading | undefined {
  const [gauge, setGauge] = useState<{ read: Gauge }>();
  useEffect(() => {
    let isOpen = true;
    void loadGauge().then((read) => {
      if (isOpen) setGauge({ read });
    });
    return () => {
      isOpen = false;
    };
  }, []);
  const state = useKeyed(accounts, useSelectedAccount()?.account ?? -1);
  const look = (nowMs: number) =>
    gauge === undefined || state === undefined ? undefined : readOnce(gauge.read, state, nowMs);
  return useTicked(PACE_MS, look, undefined);
}

let last: { state: AccountState; atMs: number; reading: GaugeReading | undefined } | undefined;

/** Younger than this a reading stands at a strike of the clock, which comes a frame early or late. */
const YOUNG_MS = PACE_MS * 0.8;

/**
 * Panes and the top bar ask for the same account: it is computed once for all of them, and not again at a strike of
 * the clock when a view has just come and was the reason.
 */
function readOnce(read: Gauge, state: AccountState, nowMs: number): GaugeReading | undefined {
  const isNew = last?.state !== state;
  if (last === undefined || isNew || nowMs - last.atMs >= YOUNG_MS)
    last = { state, atMs: isNew ? Date.now() : nowMs, reading: readNow(read, state) };
  return last.reading;
}

function readNow(read: Gauge, { view, book }: AccountState): GaugeReading | undefined {
  const markets = listing.get('listing')?.markets ?? [];
  return read({ account: view, book, markets }, pricesSince(view.seq));
}

/** What the feed knows better than a view that is some sequences old. */
export function pricesSince(seq: number): PricesNow {
  const now = { marks: new Map<number, number>(), indexes: new Map<number, number>() };
  for (const { instrument, kind, underlyingId, lotsPerUnit } of listing.get('listing')?.markets ?? []) {
    const mark = marks.get(instrument);
    if (mark === undefined || mark.seq <= seq) continue;
    now.marks.set(instrument, mark.markUsdPerLot);
    // A dated contract is marked around its forward.
    if (kind === 'perpetual') now.indexes.set(underlyingId, mark.indexUsdPerLot * lotsPerUnit);
  }
  return now;
}
