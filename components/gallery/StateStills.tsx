import type { ReactNode } from 'react';
import { ChartView } from '../panes/trader/chart/ChartView.tsx';
import { soundingOf } from '../panes/trader/gauge/Gauge.state.ts';
import { GaugeView } from '../panes/trader/gauge/GaugeView.tsx';
import type { GaugeViewProps } from '../panes/trader/gauge/gaugeViewProps.ts';
import { MiniSounding } from '../panes/trader/gauge/MiniSounding.tsx';
import { MarginStripView } from '../panes/trader/marginStrip/MarginStripView.tsx';
import { StatusLineView } from '../panes/trader/statusLine/StatusLineView.tsx';
import { PaneScope } from '../ui/Pane.tsx';
import * as still from './fixtures.ts';
import styles from './Gallery.module.css';
import { ArmedLadder, EmptyTape, StillLadder, StillTape, UnknownLadder } from './LadderStills.tsx';

const nothing = () => undefined;

/** What the live screen cannot show when somebody wants to look: stale, unknown, wrong, near and far. */
export function StateStills() {
  return (
    <div className={styles.states}>
      <Still title="Ladder, armed">
        <ArmedLadder />
      </Still>
      <Still title="Ladder, stale">
        <StillLadder freshness={still.stale} />
      </Still>
      <Still title="Ladder, wrong">
        <StillLadder freshness={still.wrong} />
      </Still>
      <Still title="Ladder, unknown">
        <UnknownLadder />
      </Still>
      <Still title="Tape, stale">
        <StillTape freshness={still.stale} />
      </Still>
      <Still title="Tape, empty">
        <EmptyTape />
      </Still>
      <Still title="Distance, far">
        <Distance sounding={soundingOf(still.distanceAt(3.6))} />
      </Still>
      <Still title="Distance, beyond 4σ">
        <Distance sounding={soundingOf(still.distanceAt(6))} samples={[]} after={undefined} />
      </Still>
      <Still title="Distance, amber">
        <Distance
          sounding={soundingOf(still.distanceAt(1.9))}
          after={2.4}
          samples={still.samples.slice(-40)}
        />
      </Still>
      <Still title="Distance, red">
        <Distance sounding={soundingOf(still.distanceAt(0.82))} after={undefined} />
      </Still>
      <Still title="Distance, held">
        <Distance sounding={soundingOf(still.distance)} freshness={still.stale} after={undefined} />
      </Still>
      <Still title="Distance, no positions">
        <Distance
          sounding={soundingOf({ ...still.distance, state: 'noRisk', rows: [], path: [], sigmas: 0 })}
          after={undefined}
        />
      </Still>
      <Still title="Distance, liquidation">
        <Distance
          sounding={soundingOf({ ...still.distance, state: 'liquidatable', rows: [], path: [], sigmas: 0 })}
          after={undefined}
        />
      </Still>
      <Still title="Distance, unknown">
        <Distance sounding={soundingOf(undefined)} samples={[]} freshness={still.unknown} after={undefined} />
      </Still>
      <Still title="Chart, waiting">
        <ChartView
          market={still.btc}
          marketName="ETH-PERP"
          interval="1h"
          onInterval={nothing}
          candles={{ state: 'loading', candles: [] }}
          fills={[]}
          orders={[]}
          positions={undefined}
          distance={undefined}
          levels={[]}
          draftPrices={[]}
          markTicks={undefined}
          hands={undefined}
          mayTrade={false}
        />
      </Still>
      <Lines />
    </div>
  );
}

function Distance(props: Partial<GaugeViewProps> & Pick<GaugeViewProps, 'sounding'>) {
  return (
    <GaugeView
      freshness={still.fresh}
      scope="BTC-basis"
      markets={still.markets}
      samples={still.samples}
      nowMs={still.NOW_MS}
      after={2.58}
      {...props}
    />
  );
}

/** Strips and lines, which are wide and low. */
function Lines() {
  const { margin } = still;
  const short = {
    ...margin,
    equityUsd: 6_000e6,
    initialUsd: 8_000e6,
    maintenanceUsd: 4_800e6,
    freeUsd: -2_000e6,
  };
  return (
    <div className={styles.lines}>
      <MarginStripView margin={margin} after={undefined} scope="held" freshness={still.stale} />
      <MarginStripView margin={short} after={undefined} scope="not covered" freshness={still.fresh} />
      <MarginStripView margin={undefined} after={undefined} scope="unknown" freshness={still.unknown} />
      <StatusLineView
        {...still.statusLine}
        connection={{ ...still.live, state: 'stale', ageMs: 7_400 }}
        alertCount={2}
        arming={{ isArmed: false, untilMs: 0, note: 'Safe: the feed went stale.' }}
      />
      <StatusLineView
        {...still.statusLine}
        arming={{ isArmed: true, untilMs: still.NOW_MS + 52_000, note: undefined }}
      />
      <StatusLineView
        {...still.statusLine}
        connection={{
          ...still.live,
          state: 'offline',
          ageMs: 12_000,
          attempt: 3,
          retryAtMs: still.NOW_MS + 2_000,
        }}
        hashCheck={undefined}
        rulesVersion={undefined}
      />
      <div className={styles.minis}>
        {[3.6, 2.68, 1.2].map((sigmas) => (
          <MiniSounding
            key={sigmas}
            sounding={soundingOf(still.distanceAt(sigmas))}
            samples={still.samples}
            nowMs={still.NOW_MS}
            isHeld={false}
          />
        ))}
      </div>
    </div>
  );
}

function Still({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.still}>
      <h3>{title}</h3>
      <PaneScope value={title}>
        <div>{children}</div>
      </PaneScope>
    </div>
  );
}
