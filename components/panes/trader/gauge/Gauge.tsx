'use client';

import { useEffect } from 'react';
import { useAccount, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useFeedFreshness } from '../../../../lib/hooks/connection.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { useKeyed } from '../../../../lib/hooks/keyed.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { type DepthSample, depthHistories, recordDepth } from './depthHistory.ts';
import { afterTicket, soundingOf } from './Gauge.state.ts';
import { GaugeView } from './GaugeView.tsx';
import { MiniSounding } from './MiniSounding.tsx';

const noSamples: readonly DepthSample[] = [];
const SECOND_MS = 1_000;

/** The sounding of the selected account, live. */
export function Gauge() {
  const { sounding, samples, freshness, nowMs } = useSounding();
  const time = useAccount()?.margin.time;
  const scope = useSelectedAccount()?.label ?? '';
  const markets = useMarkets();
  const after = afterTicket(usePreview());
  return (
    <GaugeView
      sounding={sounding}
      time={time}
      freshness={freshness}
      scope={scope}
      markets={markets}
      samples={samples}
      nowMs={nowMs}
      after={after}
    />
  );
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
  const freshness = useFeedFreshness();
  const nowMs = useNow(SECOND_MS);
  const samples = useKeyed(depthHistories, account?.account ?? -1) ?? noSamples;
  useEffect(() => {
    if (account !== undefined) recordDepth(account.account, Date.now(), account.distance);
  }, [account]);
  return { sounding: soundingOf(account?.distance), samples, freshness, nowMs };
}
