const WARM_UP_MS = 300;

/** Milliseconds of one call, ascending, after a warm-up. */
export function sample(call: () => number, samples: number, callsPerSample: number): number[] {
  let kept = 0;
  const warmUntil = performance.now() + WARM_UP_MS;
  while (performance.now() < warmUntil) kept += call();
  const times: number[] = [];
  for (let taken = 0; taken < samples; taken++) {
    const start = performance.now();
    for (let turn = 0; turn < callsPerSample; turn++) kept += call();
    times.push((performance.now() - start) / callsPerSample);
  }
  if (!Number.isFinite(kept)) throw new Error('what was timed gave no number');
  return times.sort((a, b) => a - b);
}

/** The value below which this share of them lies. */
export function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}
