'use client';

import { useEffect, useMemo } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { useAccount, useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { useAccountAge, useAccountFreshness } from '../../../../lib/hooks/freshness.ts';
import { useGaugeReading } from '../../../../lib/hooks/gauge.ts';
import { useKeyed } from '../../../../lib/hooks/keyed.ts';
import { useMarginHistories } from '../../../../lib/hooks/marginHistory.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { AgeText } from './AgeText.tsx';
import { addDeskDepths, type DepthSample, depthHistories, recordDepth } from './depthHistory.ts';
import { afterTicket, soundingOf } from './Gauge.state.ts';
import { GaugeView } from './GaugeView.tsx';
import { MiniSounding } from './MiniSounding.tsx';

const noSamples: readonly DepthSample[] = [];
const SECOND_MS = 1_000;

/** The sounding of the selected account, computed in the page at the newest marks. */
export function Gauge() {
  const { sounding, reading, samples, freshness, nowMs } = useSounding();
  const account = useAccount();
  const isSignedOut = useSession().state === 'signedOut';
  const scope = useSelectedAccount()?.label ?? (isSignedOut ? 'sign in to see yours' : '');
  const markets = useMarkets();
  const after = afterTicket(usePreview());
  return (
    <GaugeView
      sounding={sounding}
      margin={account && { ...account.margin, ...reading }}
      source={account === undefined ? '' : sourceOf(account, reading !== undefined)}
      freshness={freshness}
      age={<Age />}
      scope={scope}
      markets={markets}
      samples={samples}
      nowMs={nowMs}
      after={after}
      isSignedOut={isSignedOut}
    />
  );
}

function Age() {
  return <AgeText freshness={useAccountAge()} />;
}

function sourceOf({ seq, timeMs }: AccountView, isComputedHere: boolean): string {
  const read = sourceText(seq, timeMs);
  return isComputedHere ? `${read}; computed in this page, at the marks since` : read;
}

/** The same in 64×18 px, for the top bar. */
export function GaugeMini() {
  const { sounding, samples, freshness, nowMs } = useSounding();
  useDeskDepths();
  return (
    <MiniSounding sounding={sounding} samples={samples} nowMs={nowMs} isHeld={freshness.face !== 'fresh'} />
  );
}

/** The picture in the top bar is on every page: it asks for all of them. */
function useDeskDepths(): void {
  const account = useSelectedAccount()?.account;
  const wanted = useMemo(() => (account === undefined ? [] : [account]), [account]);
  const histories = useMarginHistories(wanted);
  useEffect(() => {
    for (const { account, samples } of histories) addDeskDepths(account, samples);
  }, [histories]);
}

function useSounding() {
  const account = useAccount();
  const reading = useGaugeReading();
  const freshness = useAccountFreshness();
  const nowMs = useNow(SECOND_MS);
  const samples = useKeyed(depthHistories, account?.account ?? -1) ?? noSamples;
  useEffect(() => {
    if (account !== undefined) recordDepth(account.account, Date.now(), account.distance);
  }, [account]);
  const distance = reading?.distance ?? account?.distance;
  return { sounding: soundingOf(distance), reading, samples, freshness, nowMs };
}
