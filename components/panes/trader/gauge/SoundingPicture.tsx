import { useId } from 'react';
import { formatDistance, formatTime } from '../../../../lib/format.ts';
import { DANGER_SIGMAS, WARN_SIGMAS } from '../../../../lib/riskLevel.ts';
import type { DepthPicture } from './depthHistory.ts';
import styles from './Gauge.module.css';
import { lengthText, type Sounding } from './Gauge.state.ts';
import { Hatch } from './Hatch.tsx';
import { afterWordsY, bedPaths, depthAt, type Plot } from './plot.ts';
import { Rays } from './Rays.tsx';

export interface SoundingPictureProps {
  plot: Plot;
  sounding: Sounding;
  history: DepthPicture | undefined;
  /** Joint distance after the ticket. */
  after: number | undefined;
  /** Old numbers: faded, and still where they were. */
  isHeld: boolean;
}

/**
 * Depth under the keel. The surface on top is the account, the hatched ground is liquidation, the water
 * between is what is left, in σ-days. The words for it stand in the table beside it.
 */
export function SoundingPicture({ plot, sounding, history, after, isHeld }: SoundingPictureProps) {
  const id = useId();
  const { width, height, surface, divide } = plot;
  const { level, state } = sounding;
  const bed = history === undefined ? undefined : bedPaths(plot, history.bins);
  const hasGround = state === 'measured' || state === 'beyond' || state === 'liquidatable';
  const isAfterShown = after !== undefined && hasGround;
  const afterY = isAfterShown ? afterWordsY(plot, after) : undefined;
  const ground = depthAt(plot, state === 'liquidatable' ? 0 : sounding.sigmas);
  return (
    <svg
      width={width}
      height={height}
      className={styles.picture}
      data-level={level}
      data-held={isHeld || undefined}
      aria-hidden="true"
    >
      <Hatch id={id} />
      {bed !== undefined && (
        <>
          <path d={bed.ground} fill="var(--ground)" />
          <path d={bed.ground} fill={`url(#${id})`} />
        </>
      )}
      {hasGround && (
        <>
          <rect x={divide} y={ground} width={width - divide} height={height - ground} fill="var(--ground)" />
          <rect x={divide} y={ground} width={width - divide} height={height - ground} fill={`url(#${id})`} />
        </>
      )}
      <Levels plot={plot} />
      {hasGround && <path d={`M${divide},${ground}H${width}`} className={styles.groundLine} />}
      {bed !== undefined && <path d={bed.line} className={styles.groundLine} />}
      {isAfterShown && (
        <path d={`M${divide},${depthAt(plot, after)}H${width}`} className={styles.afterLine} />
      )}
      <Rays plot={plot} rays={sounding.rays} takenY={afterY} />
      {isAfterShown && <AfterWords plot={plot} sigmas={after} />}
      <path d={`M0,${surface}H${width}`} stroke="var(--text-2)" />
      <path d={`M${divide + 0.5},${surface}V${height}`} stroke="var(--line-strong)" />
      <HistoryLabel plot={plot} history={history} />
      <path d={`M${plot.centre - 8},${surface}h16`} className={styles.keel} />
      <circle cx={plot.centre} cy={surface} r={4} className={styles.keel} />
      {state === 'noRisk' && (
        <text x={plot.centre} y={height / 2} textAnchor="middle" className={styles.words}>
          no risk
        </text>
      )}
    </svg>
  );
}

/** Whole σ as hairlines to measure by, the two levels in their colours. */
function Levels({ plot }: { plot: Plot }) {
  const { divide, surface, perSigma } = plot;
  const levels = [
    { sigmas: DANGER_SIGMAS, className: styles.dangerLevel, label: `${DANGER_SIGMAS}σ` },
    { sigmas: WARN_SIGMAS, className: styles.warnLevel, label: `${WARN_SIGMAS}σ` },
  ];
  return (
    <>
      {[1, 2].map((sigmas) => (
        <path key={sigmas} d={arc(plot, sigmas)} className={styles.ring} />
      ))}
      {levels.map(({ sigmas, className, label }) => (
        <g key={sigmas} className={className}>
          <path d={`M0,${surface + sigmas * perSigma}H${divide}`} />
          <path d={arc(plot, sigmas)} />
          <text x={4} y={surface + sigmas * perSigma - 3}>
            {label}
          </text>
        </g>
      ))}
    </>
  );
}

/** The lower half of a ring, cut off at the edges of its half of the panel. */
function arc({ centre, divide, width, surface, perSigma }: Plot, sigmas: number): string {
  const radius = sigmas * perSigma;
  const left = Math.min(radius, centre - divide);
  const right = Math.min(radius, width - centre);
  const below = (side: number) => surface + Math.sqrt(radius * radius - side * side);
  return `M${centre - left},${below(left)}A${radius},${radius} 0 0 0 ${centre + right},${below(right)}`;
}

/** Over the rays, which end there when the way is long: the number is what is read. */
function AfterWords({ plot, sigmas }: { plot: Plot; sigmas: number }) {
  return (
    <text x={plot.width - 6} y={afterWordsY(plot, sigmas)} textAnchor="end" className={styles.afterWords}>
      after {lengthText(sigmas)}
    </text>
  );
}

function HistoryLabel({ plot, history }: { plot: Plot; history: DepthPicture | undefined }) {
  if (history === undefined) return null;
  const { isWholeDay, sinceMs, low } = history;
  const when = isWholeDay ? '24 h low' : `from ${formatTime(sinceMs, false).slice(0, 5)} low`;
  return (
    <text x={plot.divide - 5} y={plot.surface + 13} textAnchor="end" className={styles.words}>
      {when} <tspan className={styles.bright}>{formatDistance(low)}</tspan>
    </text>
  );
}
