import styles from './UseBar.module.css';

export interface UseBarProps {
  /** Share that is used; more than 1 fills the bar. */
  share: number;
  tone: 'plain' | 'warn' | 'danger';
  /** Shares at which a line is drawn. */
  marks?: readonly number[];
}

/** How much of something is used, beside the number that says it. An SVG: its geometry is attributes, not styles. */
export function UseBar({ share, tone, marks = [] }: UseBarProps) {
  const percent = Math.max(0, Math.min(share, 1)) * 100;
  return (
    <svg className={styles.bar} width="100%" height="8" aria-hidden="true">
      <rect y="1" width="100%" height="6" className={styles.ground} />
      <rect y="1" width={`${percent}%`} height="6" className={styles[tone]} />
      {marks.map((mark) => (
        <rect key={mark} x={`${mark * 100}%`} width="1" height="8" className={styles.mark} />
      ))}
    </svg>
  );
}
