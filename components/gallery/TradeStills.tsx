import { useState } from 'react';
import type { IntervalLabel } from '../panes/trader/chart/Chart.state.ts';
import { ChartView } from '../panes/trader/chart/ChartView.tsx';
import { soundingOf } from '../panes/trader/gauge/Gauge.state.ts';
import { GaugeView } from '../panes/trader/gauge/GaugeView.tsx';
import { MarginStripView } from '../panes/trader/marginStrip/MarginStripView.tsx';
import { MarketPicker } from '../panes/trader/marketStrip/MarketPicker.tsx';
import { MarketStripView } from '../panes/trader/marketStrip/MarketStripView.tsx';
import { OtherMarkets } from '../panes/trader/marketStrip/OtherMarkets.tsx';
import { StatusLineView } from '../panes/trader/statusLine/StatusLineView.tsx';
import * as still from './fixtures.ts';
import styles from './Gallery.module.css';
import { StillLadder, StillTape } from './LadderStills.tsx';

const nothing = () => undefined;

/** The panes of the trade screen at their measures, as one still moment. */
export function TradeStills() {
  const [interval, setInterval] = useState<IntervalLabel>('4h');
  return (
    <div className={styles.trade}>
      <div className={styles.strip}>
        <MarketStripView
          market={still.btc}
          stats={still.stats}
          mark={still.mark}
          markFreshness={still.fresh}
          feedFreshness={still.fresh}
          direction="up"
          ownSharePpm={67_000}
          engineMs={still.NOW_MS}
          picker={<MarketPicker marketName="BTC-PERP" markets={still.markets} onPick={nothing} />}
          others={
            <OtherMarkets others={still.markets.slice(1).map((market) => ({ market, isHeld: true }))} />
          }
        />
      </div>
      <div className={styles.chart}>
        <ChartView
          market={still.btc}
          marketName="BTC-PERP"
          interval={interval}
          onInterval={setInterval}
          candles={{ state: 'ready', candles: interval === '4h' ? still.candles : [], generatedBeforeMs: 0 }}
          fills={still.fills}
          orders={still.orders}
          positions={still.positions}
          distance={still.distance}
          levels={[]}
          draftPrices={[]}
          markTicks={still.LAST_TICKS}
          hands={undefined}
          mayTrade={false}
        />
      </div>
      <div className={styles.ladder}>
        <StillLadder taking={{ side: 'buy', lots: 400_000, limitTicks: 631_040 }} />
      </div>
      <div className={styles.tape}>
        <StillTape />
      </div>
      <div className={styles.gauge}>
        <GaugeView
          sounding={soundingOf(still.distance)}
          freshness={still.fresh}
          scope="BTC-basis"
          markets={still.markets}
          samples={still.samples}
          nowMs={still.NOW_MS}
          after={2.58}
        />
      </div>
      <div className={styles.margin}>
        <MarginStripView
          margin={still.margin}
          after={still.afterTicket}
          scope="BTC-basis"
          freshness={still.fresh}
        />
      </div>
      <div className={styles.foot}>
        <StatusLineView {...still.statusLine} />
      </div>
    </div>
  );
}
