import styles from './Positions.module.css';

const WIDTH = 32;
const HEIGHT = 7;
const WHOLE_PPM = 1_000_000;

/** A share of the risk as a bar: solid adds to it, outlined takes from it. */
export function ShareBar({ ppm }: { ppm: number | undefined }) {
  if (ppm === undefined) return null;
  const width = Math.max(1, Math.min(WIDTH, (Math.abs(ppm) / WHOLE_PPM) * WIDTH));
  return (
    <svg className={styles.share} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {ppm >= 0 ? (
        <rect className={styles.adds} width={width} height={HEIGHT} />
      ) : (
        <rect className={styles.hedges} x={0.5} y={0.5} width={Math.max(1, width - 1)} height={HEIGHT - 1} />
      )}
    </svg>
  );
}
