import styles from './Scenarios.module.css';

export interface ProfitBarProps {
  usd: number;
  /** Ends of the scale that all bars of the table share: least ≤ 0 ≤ most. */
  least: number;
  most: number;
}

/** A profit to the right of zero, a loss to its left; the number beside it says how much. */
export function ProfitBar({ usd, least, most }: ProfitBarProps) {
  const width = most - least;
  if (width <= 0) return null;
  const percent = (value: number) => ((value - least) / width) * 100;
  return (
    <svg className={styles.scale} width="100%" height="12" aria-hidden="true">
      <rect
        x={`${percent(Math.min(0, usd))}%`}
        y="1"
        width={`${(Math.abs(usd) / width) * 100}%`}
        height="10"
        className={usd < 0 ? styles.loss : styles.profit}
      />
      <line x1={`${percent(0)}%`} x2={`${percent(0)}%`} y1="0" y2="12" className={styles.zero} />
    </svg>
  );
}
