import { useCallback, useRef, useState } from 'react';
import { formatPrice } from '../../../../lib/format.ts';
import { usePastBlock } from '../../../../lib/hooks/past.ts';
import { useChord } from '../../../../lib/keys/bindings.ts';
import { keycapsOf } from '../../../../lib/keys/chord.ts';
import { CandleChart } from '../../../charts/CandleChart.tsx';
import type { HoveredFill } from '../../../charts/chartMarks.ts';
import type { PriceSpace } from '../../../charts/priceSpace.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { useAction } from '../../../ui/useAction.ts';
import styles from './Chart.module.css';
import { ChartPills } from './ChartPills.tsx';
import type { ChartPictureProps } from './chartViewProps.ts';
import type { EffectWords } from './dragEffect.ts';
import { FillTip } from './FillTip.tsx';
import { LineTable } from './LineTable.tsx';
import { chartSummary } from './marks.ts';
import { PriceMenu } from './PriceMenu.tsx';
import { useChartMarks } from './useChartMarks.ts';
import { usePriceMenu } from './usePriceMenu.ts';

/** The candles with everything of one's own on them, and the hand that works there. */
export function ChartPicture(props: ChartPictureProps) {
  const { market, marketName, interval, candles, hands, onHover } = props;
  const formatTicks = useCallback((ticks: number) => formatPrice(ticks, market), [market]);
  const { lines, marks, drag, effect } = useChartMarks(props, formatTicks);
  const [isOver, setOver] = useState(false);
  const [hoveredFill, setHoveredFill] = useState<HoveredFill>();
  const space = useRef<PriceSpace>(undefined);
  const menu = usePriceMenu(space, props.markTicks);
  const block = usePastBlock();
  const placeKeys = keycapsOf(useChord('chart.place')).join(' ');
  useAction('chart.place', () => menu.openAt(undefined));
  const last = candles.candles.at(-1);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu is also on a button, on a key, and on the keys of every pill.
    <div className={styles.picture} onContextMenu={menu.onContextMenu} ref={menu.box}>
      <CandleChart
        key={`${market.instrument}/${interval}`}
        candles={candles.candles}
        generatedBeforeMs={candles.generatedBeforeMs}
        marks={marks}
        ticksPerUsd={market.ticksPerUsd}
        formatTicks={formatTicks}
        summary={chartSummary(marketName, interval, last && formatTicks(last.close), lines, marks.band)}
        isHeld={isOver || drag.drag.tag === 'carried' || menu.asked !== undefined}
        onHover={onHover}
        onHoverFill={setHoveredFill}
      >
        {(now) => {
          space.current = now;
          return (
            <>
              <ChartPills
                market={market}
                space={now}
                lines={lines}
                drag={drag}
                effect={effect}
                formatTicks={formatTicks}
                hands={hands}
                onHold={setOver}
                onMenu={menu.openAt}
              />
              {hoveredFill !== undefined && <FillTip hovered={hoveredFill} space={now} />}
            </>
          );
        }}
      </CandleChart>
      <button
        type="button"
        className={styles.start}
        disabled={block !== undefined}
        title={block ?? `Place an order or a level at a price (${placeKeys})`}
        onClick={() => menu.openAt(undefined)}
      >
        + price
      </button>
      <LineTable lines={lines} fills={marks.fills} bandWords={marks.band?.awayWords[0]} />
      <LiveRegion words={[drag.words, ...spoken(effect)].join(' ')} />
      {menu.asked !== undefined && <PriceMenu {...props} asked={menu.asked} onClose={menu.close} />}
    </div>
  );
}

/** What the hand would do, behind what it did. */
function spoken(effect: EffectWords | undefined): string[] {
  const { refusal, distance = '', margin = '' } = effect ?? {};
  return refusal === undefined ? [distance, margin] : [refusal];
}
