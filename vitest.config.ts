import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Property tests read their seed here, so a failure seen once is seen by everyone until it is fixed.
process.env.TZ = 'UTC';

/** Files of half a minute and more: begun last, they would keep one worker busy and the other idle. */
const LONG_FILES = [
  'engine/lab/long/escape.test.ts',
  'engine/lab/long/settlementKills/settlementKills.test.ts',
  'engine/lab/long/kill.test.ts',
  'engine/lab/cosigner/cosigner.test.ts',
  'engine/lab/twins/plainMargin.test.ts',
  'engine/records/openRecords.test.ts',
];

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG_FILES.some((name) => moduleId.endsWith(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Floors whose modules hold nothing but what they are given (`engine/lab/house/floors.test.ts`). */
const PURE = ['units', 'protocol', 'pricing', 'core', 'venues'].map(
  (floor) => `engine/${floor}/**/*.test.ts`,
);
const BROWSER = ['lib/**/*.test.ts', 'components/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    exclude: ['node_modules/**', 'dist/**', '.next/**'],
    maxWorkers: 2,
    // These end what hangs, on a machine that has other things to do: a bound in time is measured by the test that asks for it.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: ['engine/lab/house/propertySeed.ts'],
    sequence: { sequencer: LongFilesFirst },
    typecheck: { enabled: false },
    projects: [
      {
        extends: true,
        // One worker for many files: each would otherwise load the same modules again.
        test: { name: 'pure', include: PURE, pool: 'threads', isolate: false },
      },
      {
        extends: true,
        // Stores live as long as their module: each file has its own.
        test: { name: 'browser', include: BROWSER, pool: 'threads' },
      },
      {
        extends: true,
        // Forks, because a test that starts worker threads or PGlite must not share a heap with its neighbours.
        test: {
          name: 'desk',
          globalSetup: ['engine/lab/house/bundledWorkers.ts'],
          include: ['engine/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: ['node_modules/**', ...PURE],
          pool: 'forks',
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['engine/**/*.ts', 'lib/**/*.ts', 'components/**/*.{ts,tsx}'],
      reportsDirectory: 'coverage',
    },
  },
});
