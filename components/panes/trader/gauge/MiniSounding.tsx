import { DANGER_SIGMAS, WARN_SIGMAS } from '../../../../lib/riskLevel.ts';
import { type DepthSample, depthPicture } from './depthHistory.ts';
import styles from './Gauge.module.css';
import { lengthText, levelWords, type Sounding } from './Gauge.state.ts';
import { bedPaths, depthAt, SIGMAS_SHOWN } from './plot.ts';

export interface MiniSoundingProps {
  sounding: Sounding;
  samples: readonly DepthSample[];
  nowMs: number;
  isHeld: boolean;
}

const WIDTH = 64;
const HEIGHT = 18;

/** The sounding in 64×18: the bed of the last hours, and how deep it is now at the right edge. */
export function MiniSounding({ sounding, samples, nowMs, isHeld }: MiniSoundingProps) {
  const { sigmas, level, state } = sounding;
  const surface = 1;
  const perSigma = (HEIGHT - surface - 1) / SIGMAS_SHOWN;
  const plot = { width: WIDTH, height: HEIGHT, surface, perSigma, divide: WIDTH - 6, centre: WIDTH - 3 };
  const history = depthPicture(samples, nowMs, 30);
  const bed = history && bedPaths(plot, history.bins);
  const isDeep = state === 'measured' || state === 'beyond';
  const words = isDeep ? `${lengthText(sigmas)} ${levelWords(sounding)}`.trim() : levelWords(sounding);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      className={styles.picture}
      data-level={level}
      data-held={isHeld || undefined}
      role="img"
      aria-label={`Liquidation distance ${words}`}
    >
      <path d={`M0,0.5H${WIDTH}`} stroke="var(--text-2)" />
      {bed !== undefined && <path d={bed.ground} fill="var(--s3)" />}
      <path d={`M0,${depthAt(plot, WARN_SIGMAS)}H${plot.divide}`} className={styles.miniWarn} />
      <path d={`M0,${depthAt(plot, DANGER_SIGMAS)}H${plot.divide}`} className={styles.miniDanger} />
      {bed !== undefined && <path d={bed.line} className={styles.miniLine} />}
      {isDeep && (
        <path d={`M${plot.centre},${surface}V${depthAt(plot, sigmas)}`} className={styles.miniRay} />
      )}
    </svg>
  );
}
