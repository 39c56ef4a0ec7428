import { expect, test } from 'vitest';
import { completeLock } from '../../../scripts/lock.mjs';
import { read } from './sources.ts';

/** Packages that would run a script when they are installed. None of ours may: a new one is somebody's decision. */
const WITH_INSTALL_SCRIPT = ['@foundry-rs/anvil', '@foundry-rs/forge', 'esbuild', 'secp256k1'];

interface Entry {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> };
const entries = Object.entries(packages).filter(([place]) => place !== '');

test('every package of the lock is known by its hash and by no address', () => {
  expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  const unknown = entries.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true);
  // Builds for other machines that our registry does not serve: nobody could hash them here.
  expect(unknown.filter(([, { optional, os, cpu }]) => !(optional && (os ?? cpu) !== undefined))).toEqual([]);
});

test('a package that would run a script when it is installed is on the list, and npm runs none', () => {
  const found = entries.filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(found.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 13))).toEqual(
    WITH_INSTALL_SCRIPT,
  );
  expect(read('.npmrc')).toContain('ignore-scripts=true');
  expect(read('scripts/install.mjs')).toContain("'--ignore-scripts'");
});

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
