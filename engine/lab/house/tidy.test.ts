// Goal: what the conventions promise is true of the whole tree today. How: lists come from the protocol's own tables
// and from the files themselves, so a new command or error code is asked for its handler, test and words at once.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandKinds } from '../../protocol/commands/kinds.ts';
import { errors } from '../../protocol/errors.ts';
import { isTest, projectFiles, read, root, sourceFiles } from './sources.ts';

const files = projectFiles();
const sources = sourceFiles();
const tests = sources.filter(isTest);

const LINES_IN_FILE = 400;
const LINES_IN_ROUTE = 60;
const LINES_IN_PANE = 150;
const LINES_IN_ROOM_README = 30;
const LINES_IN_DECISION = 40;

describe('a command is one word everywhere', () => {
  const core = sources.filter((file) => file.startsWith('engine/core/') && !isTest(file));
  const documented = read('docs/commands.md');

  test.each(Object.keys(commandKinds))('%s has a handler, a test and an anchor', (kind) => {
    const handler = kind.charAt(0).toLowerCase() + kind.slice(1);
    const isHandled = core.some((file) => new RegExp(`\\bfunction ${handler}\\b`).test(read(file)));
    const isTested = tests.some((file) => new RegExp(`\\b(?:${kind}|${handler})\\b`).test(read(file)));
    const isDocumented = new RegExp(`^### ${kind}$`, 'm').test(documented);
    expect({ isHandled, isTested, isDocumented }).toEqual({
      isHandled: true,
      isTested: true,
      isDocumented: true,
    });
  });

  test('no anchor stands for a command that is gone', () => {
    const anchors = [...documented.matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
    expect(anchors.filter((anchor) => !Object.hasOwn(commandKinds, anchor ?? ''))).toEqual([]);
  });
});

describe('an error code', () => {
  const provoking = tests.filter((file) => !file.startsWith('engine/lab/house/')).map(read);

  test('is provoked by at least one test, each of them', () => {
    const codes = Object.keys(errors);
    const silent = codes.filter((code) => !provoking.some((text) => text.includes(`'${code}'`)));
    expect(silent).toEqual([]);
  });

  test('of the engine is documented with the commands that give it', () => {
    const words = read('docs/commands.md');
    const refusals = Object.entries(errors).filter(([, [number]]) => number >= 100 && number < 900);
    expect(refusals.map(([code]) => code).filter((code) => !words.includes(`\`${code}\``))).toEqual([]);
    const named = [...words.matchAll(/`([a-z]+\.[a-z]\w*)`/gi)].map((match) => match[1] ?? '');
    expect(named.filter((code) => !Object.hasOwn(errors, code))).toEqual([]);
  });

  test('is area.reason, and its number is its own', () => {
    expect(Object.keys(errors).filter((code) => !/^[a-z]+\.[a-z][A-Za-z]*$/.test(code))).toEqual([]);
    const numbers = Object.values(errors).map(([number]) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('rooms', () => {
  const rooms = [...new Set(files.map((file) => /^engine\/([^/]+)\//.exec(file)?.[1]))].filter(
    (room) => room !== undefined && room !== 'decisions',
  );

  test.each(rooms)('engine/%s says in 30 lines what it promises', (room) => {
    const readme = `engine/${room}/README.md`;
    expect(existsSync(path.join(root, readme))).toBe(true);
    expect(linesOf(readme)).toBeLessThanOrEqual(LINES_IN_ROOM_README);
  });

  test('a decision fits a page', () => {
    const decisions = files.filter((file) => /^engine\/decisions\/.*\.md$/.test(file));
    expect(decisions.filter((file) => !/\/\d{3}-[a-z0-9-]+\.md$/.test(file))).toEqual([]);
    expect(tooLong(decisions, LINES_IN_DECISION)).toEqual([]);
  });

  test('the paths of the tour lead somewhere', () => {
    const tour = read('engine/README.md');
    const paths = [...tour.matchAll(/`((?:app|components|lib|engine|scripts|e2e)\/[\w./[\]-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(paths.length).toBeGreaterThanOrEqual(12);
    expect(paths.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

describe('size', () => {
  test('a route only wires', () => {
    const routes = files.filter((file) => /^app\/.*\/?(?:page|layout|route)\.tsx?$/.test(file));
    expect(tooLong(routes, LINES_IN_ROUTE)).toEqual([]);
  });

  test('a pane shows, its state file thinks', () => {
    // The pane itself bears the name of its folder: `ticket/Ticket.tsx`.
    const panes = files.filter((file) => /\/panes\/\w+\/(\w+)\/\1\.tsx$/i.test(file));
    expect(panes.length).toBeGreaterThan(0);
    expect(tooLong(panes, LINES_IN_PANE)).toEqual([]);
  });

  test('a file holds one idea', () => {
    const code = files.filter((file) => /\.(?:tsx?|mjs)$/.test(file));
    expect(tooLong(code, LINES_IN_FILE)).toEqual([]);
  });
});

test('what a class keeps to itself is #: the word private stands before constructors alone', () => {
  const told = sources.filter((file) => /^\s+private (?!constructor)/m.test(read(file)));
  expect(told).toEqual([]);
});

describe('words that must not be in the tree', () => {
  const texts = files
    .filter((file) => /\.(?:tsx?|mjs|json|md|css|yml|jsonl|npmrc|gitignore)$|^\.ci\/run$/.test(file))
    .filter((file) => file !== 'engine/lab/house/tidy.test.ts');
  const code = texts.filter((file) => /\.(?:tsx?|mjs)$/.test(file));

  test.each([
    ['work put off', code, /\b(?:TODO|FIXME|XXX|HACK)\b/],
    ['a test switched off, or the only one on', tests, /\b(?:it|test|describe)\.(?:skip|only|todo|fixme)\b/],
    ['types switched off', code, /@ts-(?:ignore|nocheck|expect-error)\b(?! [A-Z])/],
    ['a linter switched off without a reason', code, /biome-ignore [\w/]+(?::\s*$|$)/m],
    ['a path of somebody’s machine', texts, /(?:^|[\s'"`(=])\/(?:home|root|Users|work)\/[\w.-]/m],
    ['the address of a package registry', texts, /registry\.[a-z]+\.(?:org|com)|"resolved":/],
  ])('%s', (_name, places, form) => {
    expect(places.filter((file) => form.test(read(file)))).toEqual([]);
  });

  test('a name that says nothing', () => {
    const empty = /(?:^|\/)(?:utils?|helpers?|common|misc|managers?|data\d|index)(?:\.\w+)*(?:\/|$)/i;
    expect(files.filter((file) => empty.test(file) && !file.startsWith('public/'))).toEqual([]);
  });
});

function tooLong(places: readonly string[], limit: number): string[] {
  return places
    .filter((file) => linesOf(file) > limit)
    .map((file) => `${file}: ${linesOf(file)} of ${limit}`);
}

function linesOf(file: string): number {
  return read(file).replace(/\n$/, '').split('\n').length;
}
