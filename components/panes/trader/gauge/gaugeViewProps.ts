import type { ReactNode } from 'react';
import type { MarginView } from '../../../../engine/protocol/views/margin.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import type { DepthSample } from './depthHistory.ts';
import type { Sounding } from './Gauge.state.ts';

export interface GaugeViewProps {
  sounding: Sounding;
  /** What the distance is measured between, and how long it lasts at rest; undefined where nobody asks. */
  margin?: Pick<MarginView, 'equityUsd' | 'maintenanceUsd' | 'time'> | undefined;
  /** Which state the numbers were read from. */
  source?: string;
  freshness: Freshness;
  /** Its age as it ticks, without drawing the rest again; without it, that of `freshness`. */
  age?: ReactNode;
  /** Label of the account. */
  scope: string;
  markets: readonly MarketView[];
  samples: readonly DepthSample[];
  nowMs: number;
  after: number | undefined;
  /** Nobody's distance is waited for. */
  isSignedOut?: boolean;
}
