/** The last so many measurements of one kind, for a p50 and a p99 that follow the present. */
export interface Measurements {
  add(valueMs: number): void;
  /** Nearest-rank percentile, or undefined before the first measurement. */
  percentile(share: number): number | undefined;
  /** How many measurements that speaks of. */
  count(): number;
  /** Forgets them all. */
  clear(): void;
}

export function createWindow(size = 256): Measurements {
  const values: number[] = [];
  let next = 0;
  return {
    add(valueMs) {
      values[next] = valueMs;
      next = (next + 1) % size;
    },
    percentile(share) {
      if (values.length === 0) return undefined;
      const sorted = Float64Array.from(values).sort();
      return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    },
    count: () => values.length,
    clear() {
      values.length = 0;
      next = 0;
    },
  };
}
