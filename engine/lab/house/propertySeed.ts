import * as fc from 'fast-check';

/**
 * Property tests are repeatable: the same cases on every machine, unless a seed is asked for.
 *
 * `BALLAST_SEED=12345 npx vitest run engine/core` explores another part of the space; a seed that failed
 * becomes a golden scenario.
 */
fc.configureGlobal({ seed: Number(process.env.BALLAST_SEED ?? 20_260_101) });
