const WIDTH = 56;
const HEIGHT = 8;
/** From here on the margin strip warns. */
const WARN_SHARE = 0.8;

/** Maintenance margin of equity as a bar: ticks where it warns and where liquidation starts. The number beside it says it. */
export function MarginMeter({ ratioPpm }: { ratioPpm: number }) {
  // −1 is infinite: equity is gone.
  const share = ratioPpm < 0 ? 1 : Math.min(1, ratioPpm / 1e6);
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
      <rect width={WIDTH} height={HEIGHT} fill="var(--s3)" />
      <rect width={WIDTH * share} height={HEIGHT} fill="var(--text-2)" />
      <path d={`M${WIDTH * WARN_SHARE},0V${HEIGHT}`} stroke="var(--warn)" />
      <path d={`M${WIDTH - 0.5},0V${HEIGHT}`} stroke="var(--danger)" />
    </svg>
  );
}
