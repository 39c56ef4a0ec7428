import styles from './SpanBar.module.css';

export interface SpanBarProps {
  /** Either end may be the larger. */
  from: number;
  to: number;
  /** Ends of the scale that all bars of a table share. */
  least: number;
  most: number;
  /** `strong` stands for a level, `plain` for a part of it, `faint` for what is only set aside, `outline` gives back. */
  look: 'strong' | 'plain' | 'faint' | 'outline';
}

/** Thinner than this a bar would not be seen: there is something, however little. */
const PERCENT_MIN = 0.4;

/** A stretch of a common scale, beside the number that says how long it is. An SVG: its geometry is attributes, not styles. */
export function SpanBar({ from, to, least, most, look }: SpanBarProps) {
  const width = most - least;
  if (width <= 0 || from === to) return null;
  const percent = (value: number) => ((value - least) / width) * 100;
  const left = percent(Math.min(from, to));
  const long = Math.max(percent(Math.max(from, to)) - left, PERCENT_MIN);
  const inset = look === 'outline' ? 0.5 : 0;
  return (
    <svg className={styles.bar} width="100%" height="10" aria-hidden="true">
      <rect
        x={`${Math.min(left, 100 - long)}%`}
        y={inset}
        width={`${long}%`}
        height={10 - 2 * inset}
        className={styles[look]}
      />
    </svg>
  );
}
