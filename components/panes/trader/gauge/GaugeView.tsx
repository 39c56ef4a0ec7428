import { useRef } from 'react';
import type { TimeView } from '../../../../engine/protocol/views/margin.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatAge, formatMove, formatPercent, formatSigmas } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { classes } from '../../../ui/classes.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { useSize } from '../../../ui/useSize.ts';
import { type DepthSample, depthPicture } from './depthHistory.ts';
import styles from './Gauge.module.css';
import { BEYOND_SIGMAS, lengthText, levelWords, restText, type Sounding } from './Gauge.state.ts';
import { plotOf } from './plot.ts';
import { SoundingPicture } from './SoundingPicture.tsx';
import { Ways } from './Ways.tsx';

export interface GaugeViewProps {
  sounding: Sounding;
  /** How long it lasts at rest; undefined where nobody asks. */
  time?: TimeView | undefined;
  freshness: Freshness;
  /** Label of the account. */
  scope: string;
  markets: readonly MarketView[];
  samples: readonly DepthSample[];
  nowMs: number;
  after: number | undefined;
}

export function GaugeView(props: GaugeViewProps) {
  const { sounding, time, freshness, scope, markets, samples, nowMs, after } = props;
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
        <Foot sounding={sounding} time={time} />
      </div>
      <LiveRegion words={sounding.level === 'safe' ? '' : `Liquidation distance ${words}`} />
    </Pane>
  );
}

function Depth({ sounding: { state, sigmas } }: { sounding: Sounding }) {
  if (state === 'unknown' || state === 'noRisk') return <b className={styles.big}>–</b>;
  return (
    <b className={styles.big}>
      {sigmas > BEYOND_SIGMAS ? `> ${BEYOND_SIGMAS}` : formatSigmas(sigmas)}
      <i>σ</i>
    </b>
  );
}

function Foot({ sounding, time }: Pick<GaugeViewProps, 'sounding' | 'time'>) {
  const { state, sigmas, path, touchPpm, sentence } = sounding;
  const isMeasured = state === 'measured' || state === 'beyond';
  const touch = `${sigmas > BEYOND_SIGMAS ? 'under ' : ''}${formatPercent(touchPpm, 2)}`;
  return (
    <div className={styles.foot}>
      <p>
        Most likely way:{' '}
        <b>
          {path.length === 0
            ? sentence || '–'
            : path
                .slice(0, 3)
                .map(({ underlying, move }) => `${underlying} ${formatMove(move)}`)
                .join(', ')}
        </b>
      </p>
      <p>
        Touch within a day <b>{isMeasured ? touch : '–'}</b>
        <span className={styles.faint}>
          {' '}
          · {time === undefined || !isMeasured ? 'as measured' : restText(time)}
        </span>
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
    .map((ray) => `${ray.label} ${lengthText(ray.sigmas)}`);
  const ticket = after === undefined ? '' : ` After the ticket ${lengthText(after)}.`;
  const held = isHeld ? ' Held: the numbers are old.' : '';
  return `Joint distance ${lengthText(sigmas)}, ${others.join(', ')}.${ticket}${held}`;
}
