/** What a thread may still do with time once it is poisoned: taken away before, handed to whoever may. */
export interface KeptClock {
  wallMs(): number;
  steadyMs(): number;
}

/** Maths that differs between machines in its last bit. */
const INEXACT = [
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'fround',
  'hypot',
  'log',
  'log10',
  'log1p',
  'log2',
  'pow',
  'sin',
  'sinh',
  'tan',
  'tanh',
] as const;

/**
 * Takes clock, randomness and inexact maths from this thread, so that code which must not use them and
 * does stops at once, in production as in tests. For a thread that runs the core and nothing else.
 *
 * @returns the clocks, for the one place that stamps commands
 */
export function poisonGlobals(): KeptClock {
  const wallMs = Date.now.bind(Date);
  const steadyMs = performance.now.bind(performance);
  forbid(Date, 'now', 'Date.now');
  forbid(performance, 'now', 'performance.now');
  forbid(Math, 'random', 'Math.random');
  for (const name of INEXACT) forbid(Math, name, `Math.${name}`);
  forbid(globalThis.crypto, 'getRandomValues', 'crypto.getRandomValues');
  forbid(globalThis.crypto, 'randomUUID', 'crypto.randomUUID');
  return { wallMs, steadyMs };
}

function forbid(owner: object, name: string, words: string): void {
  Object.defineProperty(owner, name, {
    value: () => {
      throw new Error(`${words} was called on a thread whose results must be the same on every machine`);
    },
    writable: false,
    configurable: false,
  });
}
