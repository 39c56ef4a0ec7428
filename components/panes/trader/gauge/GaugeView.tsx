import { useRef } from 'react';
import { formatDistance } from '../../../../lib/format.ts';
import { jointReason } from '../../../../lib/reasons/distance.ts';
import { classes } from '../../../ui/classes.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useSize } from '../../../ui/useSize.ts';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { AgeText } from './AgeText.tsx';
import { depthPicture } from './depthHistory.ts';
import { Foot } from './Foot.tsx';
import styles from './Gauge.module.css';
import { levelWords } from './Gauge.state.ts';
import { pictureWords } from './Gauge.words.ts';
import type { GaugeViewProps } from './gaugeViewProps.ts';
import { plotOf } from './plot.ts';
import { SoundingPicture } from './SoundingPicture.tsx';
import { Ways } from './Ways.tsx';

export function GaugeView(props: GaugeViewProps) {
  const { sounding, margin, source = '', freshness, scope, markets, samples, nowMs, after } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const plot = size && plotOf(size.width, size.height);
  const isHeld = freshness.face !== 'fresh';
  const words = props.isSignedOut === true ? '' : levelWords(sounding);
  const history = depthPicture(
    samples,
    nowMs,
    plot === undefined ? 2 : Math.max(2, Math.floor(plot.divide / 2)),
  );
  return (
    <Pane
      title="Liquidation distance"
      aside={<span>{scope}</span>}
      actions={props.age ?? <AgeText freshness={freshness} />}
    >
      <div className={styles.gauge} data-level={sounding.level}>
        <div className={classes(styles.top, isHeld && styles.old)}>
          <div className={styles.number}>
            <WhySource value={source}>
              <Depth sounding={sounding} margin={margin} />
            </WhySource>
            <span className={styles.state}>{isHeld && sounding.state !== 'unknown' ? 'held' : words}</span>
          </div>
          <WhySource value={source}>
            <Ways sounding={sounding} margin={margin} markets={markets} />
          </WhySource>
        </div>
        <div
          ref={box}
          className={styles.box}
          role="img"
          aria-label={pictureWords({ sounding, after, isHeld, history, time: margin?.time })}
        >
          {plot !== undefined && plot.width > 0 && (
            <SoundingPicture
              plot={plot}
              sounding={sounding}
              history={history}
              after={after}
              isHeld={isHeld}
            />
          )}
        </div>
        <WhySource value={source}>
          <Foot sounding={sounding} margin={margin} />
        </WhySource>
      </div>
      <LiveRegion words={sounding.level === 'safe' ? '' : `Liquidation distance ${words}`} />
    </Pane>
  );
}

function Depth({ sounding, margin }: Pick<GaugeViewProps, 'sounding' | 'margin'>) {
  const { state, sigmas } = sounding;
  if (state === 'unknown' || state === 'noRisk') return <b className={styles.big}>–</b>;
  const depth = (
    <data value={sigmas} className={styles.big} data-long={sigmas >= 10 || undefined}>
      {formatDistance(sigmas)}
      <i>σ</i>
    </data>
  );
  if (margin === undefined) return depth;
  return (
    <Why name="Joint distance" reason={() => jointReason(sounding, margin)} className={styles.ask}>
      {depth}
    </Why>
  );
}
