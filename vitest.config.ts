import { defineConfig } from 'vitest/config';

// Property tests read their seed here, so a failure seen once is seen by everyone until it is fixed.
process.env.TZ = 'UTC';

export default defineConfig({
  test: {
    include: ['engine/**/*.test.ts', 'lib/**/*.test.ts', 'components/**/*.test.{ts,tsx}'],
    exclude: ['node_modules/**', 'dist/**', '.next/**'],
    // Forks, because a test that starts worker threads or PGlite must not share a heap with its neighbours.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: ['engine/lab/house/propertySeed.ts'],
    typecheck: { enabled: false },
    coverage: {
      provider: 'v8',
      include: ['engine/**/*.ts', 'lib/**/*.ts', 'components/**/*.{ts,tsx}'],
      reportsDirectory: 'coverage',
    },
  },
});
