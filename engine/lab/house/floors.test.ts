// Goal: imports go down the stairs only. How: read the imports of every file and hold them against one table.
// A failure names the file and what it reached for; move the code or hand the thing in, do not widen the table.
import { describe, expect, test } from 'vitest';
import { exceptions, floorOf, floors, isInside, paneOf, testsMayImport } from './floors.ts';
import {
  codeOf,
  type Import,
  importsIn,
  importsOf,
  isTest,
  projectFiles,
  read,
  sourceFiles,
} from './sources.ts';

const files = sourceFiles();
const inHouse = files.filter((file) => file.includes('/'));

test('the reader of imports sees every form of them', () => {
  const text = [
    "import a from './a.ts';",
    "import type { B } from '../b.ts';",
    'import {\n  c,\n  d,\n} from "next/link";',
    "import './e.css';",
    "export { f } from './f.ts';",
    "const g = await import('./g.ts');",
    "new Worker(new URL('./h.ts', import.meta.url));",
    "// import i from './i.ts';",
  ].join('\n');
  const seen = importsIn('lib/x.ts', text).map(({ from }) => from);
  expect(seen.sort()).toEqual(['b.ts', 'lib/a.ts', 'lib/e.css', 'lib/f.ts', 'lib/g.ts', 'lib/h.ts', 'next']);
});

test('every folder with code stands on a floor', () => {
  expect(inHouse.filter((file) => floorOf(file) === undefined)).toEqual([]);
});

test('imports go down the stairs only', () => {
  const upward = inHouse.flatMap((file) =>
    importsOf(file)
      .filter((asked) => !asked.isPackage && !mayReach(file, asked))
      .map((asked) => `${file} → ${asked.from}`),
  );
  expect(upward).toEqual([]);
});

test('a package is used only where the table says', () => {
  const strangers = inHouse.flatMap((file) =>
    importsOf(file)
      .filter((asked) => asked.isPackage && !mayUse(file, asked))
      .map((asked) => `${file} → ${asked.from}`),
  );
  expect(strangers).toEqual([]);
});

test('a pane knows no other pane', () => {
  const meetings = inHouse.flatMap((file) => {
    const pane = paneOf(file);
    if (pane === undefined) return [];
    return importsOf(file)
      .filter(({ from }) => isInside(from, 'components/panes') && paneOf(from) !== undefined)
      .filter(({ from }) => paneOf(from) !== pane)
      .map(({ from }) => `${file} → ${from}`);
  });
  expect(meetings).toEqual([]);
});

test('nobody imports a route', () => {
  const reaching = inHouse
    .filter((file) => !isInside(file, 'app'))
    .filter((file) => importsOf(file).some(({ from, isPackage }) => !isPackage && isInside(from, 'app')));
  expect(reaching).toEqual([]);
});

test('scripts ask for nothing but Node and each other, because they run before anything is installed', () => {
  const scripts = projectFiles('scripts').filter((file) => file.endsWith('.mjs'));
  const asking = scripts.flatMap((file) => {
    // A package may be loaded later, by a script that has seen to the install.
    const code = read(file).replace(/await import\(/g, '');
    return importsIn(file, code)
      .filter(({ from, isPackage }) => isPackage && !from.startsWith('node:'))
      .map(({ from }) => `${file} → ${from}`);
  });
  expect(scripts.length).toBeGreaterThan(5);
  expect(asking).toEqual([]);
});

describe('units, protocol, pricing and core give the same numbers on every machine', () => {
  const exact = files.filter((file) => !isTest(file) && isExactFloor(file));

  test('there is something to look at', () => {
    expect(exact.length).toBeGreaterThan(10);
  });

  // Biome bans the same names; this test also sees `**` and does not depend on a linter's settings.
  test.each([
    ['the power operator', /\*\*/],
    [
      'maths that differs between machines',
      /\bMath\.(?!(?:abs|min|max|floor|ceil|trunc|round|sign|sqrt|imul|clz32)\b)/,
    ],
    ['a clock', /\bnew Date\b|\bDate\.|\bperformance\.|\bset(?:Timeout|Interval|Immediate)\(/],
    ['randomness', /\bcrypto\.|\bgetRandomValues\b/],
    ['waiting', /\bPromise\b|\basync\b|\bawait\b/],
    ['the locale', /\bIntl\b|\.toLocale\w+\(|\.localeCompare\(/],
    ['the machine around it', /\bprocess\.|\bBuffer\.|\bfetch\(|\bconsole\./],
  ])('%s is not used', (_name, form) => {
    expect(exact.filter((file) => form.test(codeOf(file)))).toEqual([]);
  });
});

test('venues use no maths that the follower has thrown away: it would stop the desk', () => {
  const venues = files.filter((file) => !isTest(file) && isInside(file, 'engine/venues'));
  const inexact = /\bMath\.(?!(?:abs|min|max|floor|ceil|trunc|round|sign|sqrt|imul|clz32)\b)/;
  expect(venues.length).toBeGreaterThan(10);
  expect(venues.filter((file) => inexact.test(codeOf(file)))).toEqual([]);
});

function isExactFloor(file: string): boolean {
  return ['engine/units', 'engine/protocol', 'engine/pricing', 'engine/core'].some((place) =>
    isInside(file, place),
  );
}

function mayReach(file: string, { from }: Import): boolean {
  const floor = floorOf(file);
  if (floor === undefined) return false;
  if (floorOf(from)?.place === floor.place) return true;
  const further = [...floor.mayImport, ...(exceptions[file] ?? []), ...(isTest(file) ? testsMayImport : [])];
  return further.some((place) => isInside(from, place));
}

function mayUse(file: string, { from }: Import): boolean {
  const floor = floorOf(file);
  if (floor === undefined) return false;
  if (from.startsWith('node:')) return !floor.isBrowser || isTest(file);
  if (floor.packages.includes('*') || floor.packages.includes(from)) return true;
  return isTest(file) && ['vitest', 'fast-check', 'react-dom', 'react'].includes(from);
}

test('the table names each place once', () => {
  const places = floors.map(({ place }) => place);
  expect(new Set(places).size).toBe(places.length);
});
