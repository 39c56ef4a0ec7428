'use client';

import { useEffect } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { useAccount, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useFeedFreshness } from '../../../../lib/hooks/connection.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { useGaugeReading } from '../../../../lib/hooks/gauge.ts';
import { useKeyed } from '../../../../lib/hooks/keyed.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { type DepthSample, depthHistories, recordDepth } from './depthHistory.ts';
import { afterTicket, soundingOf } from './Gauge.state.ts';
import { GaugeView } from './GaugeView.tsx';
import { MiniSounding } from './MiniSounding.tsx';

const noSamples: readonly DepthSample[] = [];
const SECOND_MS = 1_000;

/** The sounding of the selected account, computed in the page at the newest marks. */
export function Gauge() {
  const { sounding, reading, samples, freshness, nowMs } = useSounding();
  const account = useAccount();
  const scope = useSelectedAccount()?.label ?? '';
  const markets = useMarkets();
  const after = afterTicket(usePreview());
  return (
    <GaugeView
      sounding={sounding}
      margin={account && { ...account.margin, ...reading }}
      source={account === undefined ? '' : sourceOf(account, reading !== undefined)}
      freshness={freshness}
      scope={scope}
      markets={markets}
      samples={samples}
      nowMs={nowMs}
      after={after}
    />
  );
}

function sourceOf({ seq, timeMs }: AccountView, isComputedHere: boolean): string {
  const read = sourceText(seq, timeMs);
  return isComputedHere ? `${read}; computed in this page, at the marks since` : read;
}

/** The same in 64×18 px, for the top bar. */
export function GaugeMini() {
  const { sounding, samples, freshness, nowMs } = useSounding();
  return (
    <MiniSounding sounding={sounding} samples={samples} nowMs={nowMs} isHeld={freshness.face !== 'fresh'} />
  );
}

function useSounding() {
  const account = useAccount();
  const reading = useGaugeReading();
  const freshness = useFeedFreshness();
  const nowMs = useNow(SECOND_MS);
  const samples = useKeyed(depthHistories, account?.account ?? -1) ?? noSamples;
  useEffect(() => {
    if (account !== undefined) recordDepth(account.account, Date.now(), account.distance);
  }, [account]);
  const distance = reading?.distance ?? account?.distance;
  return { sounding: soundingOf(distance), reading, samples, freshness, nowMs };
}
