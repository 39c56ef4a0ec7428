import { useEffect, useMemo, useRef, useState } from 'react';
import type { CandleView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { getJson, RequestError } from '../../../../lib/http.ts';
import { isPast } from '../../../../lib/past/asOf.ts';
import { shownMs } from '../../../../lib/past/pastStore.ts';
import { trades as tradeStore } from '../../../../lib/stores/marketStore.ts';
import { firstBarMs, type IntervalLabel, intervalMsOf, tradesAfter, withTrades } from './Chart.state.ts';

export type CandlesState =
  | { state: 'loading'; candles: readonly CandleView[] }
  | { state: 'ready'; candles: readonly CandleView[]; generatedBeforeMs: number }
  | { state: 'failed'; candles: readonly CandleView[]; words: string };

interface Asked {
  key: string;
  /** As the server told them. */
  candles: readonly CandleView[];
  /** Candles that opened before this were made up by the desk's market, for a time in which it did not trade. */
  generatedBeforeMs: number;
  /** Newest trade that is in them already. */
  tradeId: number;
}

const AGAIN_MS = 2_000;
/** Trades in flight while the candles were asked can be counted twice; asking anew now and then corrects it. */
const RENEW_MS = 60_000;
const none: readonly CandleView[] = [];

/** History from the desk, continued by the trades of the stream. */
export function useCandles(
  instrument: number,
  interval: IntervalLabel,
  trades: readonly TradeView[],
): CandlesState {
  const key = `${instrument}/${interval}`;
  const [asked, setAsked] = useState<Asked>();
  const [complaint, setComplaint] = useState<string>();
  useEffect(() => {
    if (instrument < 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const ask = async () => {
      const answer = await askCandles(instrument, interval).catch(complaintOf);
      if (isGone) return;
      if (typeof answer === 'string') {
        setComplaint(answer);
      } else {
        setComplaint(undefined);
        setAsked({ key, ...answer, tradeId: tradeStore.latest(instrument)?.[0]?.tradeId ?? -1 });
      }
      if (isPast && typeof answer !== 'string') return;
      timer = setTimeout(() => void ask(), typeof answer === 'string' ? AGAIN_MS : RENEW_MS);
    };
    void ask();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [key, instrument, interval]);

  const current = asked?.key === key ? asked : undefined;
  const candles = useContinued(current, trades, intervalMsOf(interval));
  return useMemo(() => {
    if (current !== undefined)
      return { state: 'ready', candles, generatedBeforeMs: current.generatedBeforeMs };
    if (complaint !== undefined) return { state: 'failed', candles: none, words: complaint };
    return { state: 'loading', candles: none };
  }, [current, candles, complaint]);
}

async function askCandles(
  instrument: number,
  interval: IntervalLabel,
): Promise<Pick<Asked, 'candles' | 'generatedBeforeMs'>> {
  const from = firstBarMs(shownMs(), intervalMsOf(interval));
  const query = `instrument=${instrument}&interval=${interval}&from=${from}&generated=1`;
  return getJson<Pick<Asked, 'candles' | 'generatedBeforeMs'>>(`/api/v1/candles?${query}`);
}

function complaintOf(error: unknown): string {
  if (error instanceof RequestError) return error.error.message;
  throw error;
}

/** Applies each trade once: the candles so far are the base of the next ones. */
function useContinued(
  asked: Asked | undefined,
  trades: readonly TradeView[],
  intervalMs: number,
): readonly CandleView[] {
  const live = useRef<{ asked: Asked; candles: readonly CandleView[]; tradeId: number }>(undefined);
  return useMemo(() => {
    if (asked === undefined) return none;
    const base =
      live.current?.asked === asked
        ? live.current
        : { asked, candles: asked.candles, tradeId: asked.tradeId };
    const candles = withTrades(base.candles, tradesAfter(trades, base.tradeId), intervalMs);
    live.current = { asked, candles, tradeId: Math.max(base.tradeId, trades[0]?.tradeId ?? -1) };
    return candles;
  }, [asked, trades, intervalMs]);
}
