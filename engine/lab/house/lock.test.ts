import { expect, test } from 'vitest';
import { completeLock } from '../../../scripts/lock.mjs';
import { read } from './sources.ts';

test('the lock has an entry for every optional package, so that npm ci takes it on any machine', () => {
  expect(completeLock(JSON.parse(read('package-lock.json')))).toBe(0);
});

test('a missing optional package gets its version and platform from the package that asks for it', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/bundler': {
        dev: true,
        optionalDependencies: { '@bundler/linux-x64-musl': '1.2.3', '@bundler/darwin-arm64': '1.2.3' },
      },
      'node_modules/bundler/node_modules/@bundler/darwin-arm64': { version: '1.2.3' },
    },
  };
  expect(completeLock(lock)).toBe(1);
  expect(Object.entries(lock.packages)).toContainEqual([
    'node_modules/@bundler/linux-x64-musl',
    { version: '1.2.3', dev: true, optional: true, cpu: ['x64'], os: ['linux'], libc: ['musl'] },
  ]);
});
