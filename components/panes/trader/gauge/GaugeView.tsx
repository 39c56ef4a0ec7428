import { useRef } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatAge, formatMove, formatPercent, formatSigmas } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { classes } from '../../../ui/classes.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useSize } from '../../../ui/useSize.ts';
import { type DepthSample, depthPicture } from './depthHistory.ts';
import styles from './Gauge.module.css';
import { levelWords, type Sounding } from './Gauge.state.ts';
import { plotOf } from './plot.ts';
import { SoundingPicture } from './SoundingPicture.tsx';
import { Ways } from './Ways.tsx';

export interface GaugeViewProps {
  sounding: Sounding;
  freshness: Freshness;
  /** Label of the account. */
  scope: string;
  markets: readonly MarketView[];
  samples: readonly DepthSample[];
  nowMs: number;
  after: number | undefined;
}

export function GaugeView(props: GaugeViewProps) {
  const { sounding, freshness, scope, markets, samples, nowMs, after } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const plot = size && plotOf(size.width, size.height);
  const isHeld = freshness.face !== 'fresh';
  const words = levelWords(sounding);
  return (
    <Pane
      title="Liquidation distance"
      aside={<span>{scope}</span>}
      actions={
        <span className={isHeld ? styles.held : undefined}>
          {'ageMs' in freshness ? `${isHeld ? 'held, ' : ''}${formatAge(freshness.ageMs)}` : ''}
        </span>
      }
    >
      <div className={styles.gauge} data-level={sounding.level}>
        <div className={classes(styles.top, isHeld && styles.old)}>
          <p className={styles.number}>
            <Depth sounding={sounding} />
            <span className={styles.state}>{words}</span>
          </p>
          <Ways sounding={sounding} markets={markets} />
        </div>
        <div ref={box} className={styles.box} role="img" aria-label={pictureWords(sounding, after, isHeld)}>
          {plot !== undefined && plot.width > 0 && (
            <SoundingPicture
              plot={plot}
              sounding={sounding}
              history={depthPicture(samples, nowMs, Math.max(2, Math.floor(plot.divide / 2)))}
              after={after}
              isHeld={isHeld}
            />
          )}
        </div>
        <Foot sounding={sounding} />
      </div>
      <LiveRegion words={sounding.level === 'safe' ? '' : `Liquidation distance ${words}`} />
    </Pane>
  );
}

function Depth({ sounding: { state, sigmas } }: { sounding: Sounding }) {
  if (state === 'unknown' || state === 'noRisk') return <b className={styles.big}>–</b>;
  return (
    <b className={styles.big}>
      {state === 'beyond' ? '> 4' : formatSigmas(sigmas)}
      <i>σ</i>
    </b>
  );
}

function Foot({ sounding: { state, path, touchPpm } }: { sounding: Sounding }) {
  const isMeasured = state === 'measured' || state === 'beyond';
  return (
    <div className={styles.foot}>
      <p>
        Most likely way:{' '}
        <b>
          {isMeasured
            ? path.slice(0, 3).map(({ underlying, move }, index) => (
                <span key={underlying}>
                  {index > 0 && ', '}
                  {underlying} {formatMove(move)}
                </span>
              ))
            : '–'}
        </b>
      </p>
      <p>
        Touch within a day <b>{isMeasured ? formatPercent(touchPpm, 2) : '–'}</b>
        <span className={styles.faint}> · as measured, not a promise</span>
      </p>
    </div>
  );
}

/** The picture in a sentence, for whoever does not see it. */
function pictureWords(sounding: Sounding, after: number | undefined, isHeld: boolean): string {
  const { state, sigmas, rays } = sounding;
  if (state === 'unknown') return 'Liquidation distance is not known yet.';
  if (state === 'noRisk') return 'No positions, no liquidation distance.';
  if (state === 'liquidatable') return 'Maintenance margin is not covered: liquidation.';
  const others = rays
    .filter((ray) => ray.kind !== 'joint')
    .map((ray) => `${ray.label} ${formatSigmas(ray.sigmas)} sigma`);
  const ticket = after === undefined ? '' : ` After the ticket ${formatSigmas(after)} sigma.`;
  const held = isHeld ? ' Held: the numbers are old.' : '';
  return `Joint distance ${state === 'beyond' ? 'over 4' : formatSigmas(sigmas)} sigma, ${others.join(', ')}.${ticket}${held}`;
}
