/** Numbers from a seed: the same seed gives the same run on every machine. */
export interface Random {
  /** In [0, 1). */
  unit(): number;
  /** Whole number in [0, below). */
  below(below: number): number;
  chance(probability: number): boolean;
}

/** sfc32, started from one 32-bit seed. */
export function randomFrom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const word = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first words still show the seed's zeros.
  for (let round = 0; round < 12; round++) word();
  const unit = () => word() / 0x1_0000_0000;
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    chance: (probability) => unit() < probability,
  };
}
