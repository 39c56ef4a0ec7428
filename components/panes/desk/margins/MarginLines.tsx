import { formatPercent } from '../../../../lib/format.ts';
import { RATIO_DANGER_PPM, RATIO_WARN_PPM } from '../../../../lib/riskLevel.ts';
import type { Size } from '../../../ui/useSize.ts';
import styles from './Margins.module.css';
import { type MarginLine, type MarginPicture, spread, timeLabels } from './Margins.state.ts';

/** Room for the scale on the left, for names on the right, for the times below and a half line on top. */
const LEFT = 44;
const RIGHT = 190;
const BELOW = 22;
const ABOVE = 10;
const LINE = 15;
const SCALE_PARTS = 5;

export interface NamedLine extends MarginLine {
  hue: number;
  label: string;
}

/** The lines in pixels, each named at its end, over the scale and the levels of the colours. */
export function MarginLines({
  picture: { topPpm, spanMs },
  lines,
  size: { width, height },
}: {
  picture: MarginPicture;
  lines: readonly NamedLine[];
  size: Size;
}) {
  const plot = { width: Math.max(1, width - LEFT - RIGHT), height: Math.max(1, height - ABOVE - BELOW) };
  const x = (share: number) => LEFT + share * plot.width;
  const y = (share: number) => ABOVE + share * plot.height;
  const atPpm = (ppm: number) => y(1 - ppm / topPpm);
  const labels = spread(
    lines.map(({ lastY }) => y(lastY)),
    LINE,
    ABOVE + plot.height,
  );
  return (
    <svg width={width} height={height} aria-hidden="true" className={styles.picture}>
      {Array.from({ length: SCALE_PARTS + 1 }, (_, part) => (topPpm * part) / SCALE_PARTS).map((ppm) => (
        <g key={ppm}>
          <path d={`M${LEFT},${atPpm(ppm)}h${plot.width}`} className={styles.grid} />
          <text x={LEFT - 6} y={atPpm(ppm)} className={styles.scale}>
            {formatPercent(ppm, topPpm < 100_000 ? 1 : 0)}
          </text>
        </g>
      ))}
      {[RATIO_WARN_PPM, RATIO_DANGER_PPM]
        .filter((ppm) => ppm <= topPpm)
        .map((ppm) => (
          <path
            key={ppm}
            d={`M${LEFT},${atPpm(ppm)}h${plot.width}`}
            className={ppm === RATIO_WARN_PPM ? styles.warn : styles.danger}
          />
        ))}
      {timeLabels(spanMs).map((text, at, all) => (
        <text key={text} x={x(at / (all.length - 1))} y={height - BELOW / 2} className={styles.time}>
          {text}
        </text>
      ))}
      {lines.map((line, at) => (
        <g key={line.account} data-hue={line.hue} data-line={line.account}>
          <path
            d={line.stretches
              .map(
                (stretch) =>
                  `M${stretch.map(([sx, sy]) => `${x(sx).toFixed(1)},${y(sy).toFixed(1)}`).join('L')}`,
              )
              .join('')}
            className={styles.line}
          />
          <path
            d={`M${x(1)},${y(line.lastY).toFixed(1)}L${x(1) + 10},${labels[at]}h4`}
            className={styles.line}
          />
          <text x={x(1) + 18} y={labels[at]} className={styles.name}>
            {line.label}
          </text>
        </g>
      ))}
    </svg>
  );
}
