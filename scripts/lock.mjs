// Completes package-lock.json with entries for optional packages of platforms that this registry does not serve.
//
// `npm install` writes down only what it could fetch, and `npm ci` then refuses the lock because, say, the Darwin
// build of a bundler is missing from it. An entry with name, version and platform is all that `npm ci` needs to
// know that the package is not for this machine. Run it after each `npm install` that changed the lock.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMain, root, say } from './steps.mjs';

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** Adds what is missing and returns how many entries that were. */
export function completeLock(lock) {
  const { packages } = lock;
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isFound(packages, place, name))
      .map(([name, version]) => [name, version, entry.dev]),
  );
  for (const [name, version, isDev] of missing) packages[`node_modules/${name}`] = stub(name, version, isDev);
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return missing.length;
}

/** Looks where Node would look: beside the package, then in each folder above it. */
function isFound(packages, place, name) {
  for (let folder = place; ; ) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}

function stub(name, version, isDev) {
  const words = name.split(/[-/]/);
  const entry = isDev ? { version, dev: true, optional: true } : { version, optional: true };
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const os = words.filter((word) => SYSTEMS.includes(word));
  if (cpu.length > 0) entry.cpu = cpu;
  if (os.length > 0) entry.os = os;
  if (words.some((word) => word.startsWith('musl'))) entry.libc = ['musl'];
  return entry;
}

if (isMain(import.meta)) {
  const file = path.join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const count = completeLock(lock);
  if (count > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  say(count === 0 ? 'the lock is complete' : `${count} entries added to the lock`);
}
