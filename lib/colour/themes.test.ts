// Goal: every text can be read on everything it stands on, and colours that mean different things differ for every
// eye, in both themes and all palettes. How: the tokens of `app/themes.css`, measured; no browser.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, mixed } from './colour.ts';
import { difference, visions } from './vision.ts';

const TEXT_MIN = 4.5;
const EDGE_MIN = 3;
/** Share of up and down in the ground of a chosen side and of the ladder's bars. */
const TINT = 0.12;
/** Ten times what is just noticeable side by side. Green and red reach 21 in the dark for deutan eyes. */
const DIFFERENCE_MIN = 20;

type Theme = Record<string, string>;
const themes = themesOf(readFileSync('app/themes.css', 'utf8'));
const surfaces = ['s0', 's1', 's2', 'warn-bg', 'danger-bg', 'marked'];
const greys = ['text', 'text-2', 'text-3'];
const tones = ['green', 'red', 'blue', 'orange', 'warn', 'danger', 'info'];
const accounts = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `acct-${number}`);

describe.each(Object.entries(themes))('%s theme', (_name, theme) => {
  test(`text has ${TEXT_MIN}:1 on every surface`, () => {
    const pairs = [...greys, ...tones].flatMap((text) => surfaces.map((surface) => [text, surface] as const));
    const filled = greys.map((text) => [text, 's3'] as const);
    expect(below(theme, [...pairs, ...filled], TEXT_MIN)).toEqual([]);
  });

  test(`what stands on a tint or a fill of up and down has ${TEXT_MIN}:1`, () => {
    for (const tone of ['green', 'red', 'blue', 'orange']) {
      const colour = theme[tone]!;
      expect([tone, contrast(theme['on-fill']!, colour) >= TEXT_MIN]).toEqual([tone, true]);
      for (const surface of ['s0', 's1']) {
        const ground = mixed(colour, TINT, theme[surface]!);
        for (const text of [colour, theme.text!, theme['text-2']!])
          expect([tone, surface, contrast(text, ground) >= TEXT_MIN]).toEqual([tone, surface, true]);
      }
    }
    expect(
      below(
        theme,
        [
          ['on-fill', 'warn'],
          ['on-fill', 'danger'],
        ],
        TEXT_MIN,
      ),
    ).toEqual([]);
  });

  test(`edges of what is used, the focus ring and account bands have ${EDGE_MIN}:1`, () => {
    const edges = ['edge', 'focus', ...accounts, ...tones];
    const pairs = edges.flatMap((edge) => ['s0', 's1', 's2'].map((surface) => [edge, surface] as const));
    expect(below(theme, pairs, EDGE_MIN)).toEqual([]);
  });

  test('colours that mean different things differ for every eye, or something else tells them apart', () => {
    expect(alike(theme, meanings)).toEqual([]);
  });

  test('accounts beside each other differ for every eye', () => {
    const pairs = accounts.map((name, at) => [name, accounts[(at + 1) % accounts.length]!] as const);
    expect(alike(theme, pairs)).toEqual([]);
  });
});

test('blue and orange are as far apart as the tables of the literature say', () => {
  const measured = visions.map((vision) => Math.round(difference('#4c9aff', '#ff9f45', vision)));
  expect(measured).toEqual([119, 110, 123, 85]);
});

/**
 * Pairs told apart by colour: a gain and a loss of either palette, levels and news of different weight, the gauge's
 * ray and ground (text while far, warn, danger) and its ground after the ticket (info), a fact and a price to watch.
 */
const meanings: readonly (readonly [string, string])[] = [
  ['green', 'red'],
  ['blue', 'orange'],
  ['warn', 'danger'],
  ['warn', 'info'],
  ['danger', 'info'],
  ['text', 'warn'],
  ['text', 'danger'],
  ['text', 'info'],
  ['text', 'text-3'],
];

/*
 * Not in the list, because colour does not tell them apart: up and down against warn, danger and info. A gain or a
 * loss has its sign, ▲▼ or its side of the ladder; a warning has its words, its bar at the left edge or its hatching.
 */
test('up and down are never the colour of a warning', () => {
  for (const theme of Object.values(themes))
    for (const side of ['green', 'red', 'blue', 'orange'])
      for (const status of ['warn', 'danger', 'info']) expect(theme[side]).not.toBe(theme[status]);
});

function below(theme: Theme, pairs: readonly (readonly [string, string])[], least: number): string[] {
  return pairs
    .filter(([over, under]) => contrast(theme[over]!, theme[under]!) < least)
    .map(([over, under]) => `${over} on ${under}: ${contrast(theme[over]!, theme[under]!).toFixed(2)}`);
}

function alike(theme: Theme, pairs: readonly (readonly [string, string])[]): string[] {
  return pairs.flatMap(([one, other]) =>
    visions
      .map((vision) => ({ vision, apart: difference(theme[one]!, theme[other]!, vision) }))
      .filter(({ apart }) => apart < DIFFERENCE_MIN)
      .map(({ vision, apart }) => `${one} and ${other}, ${vision}: ${apart.toFixed(0)}`),
  );
}

/** The first two blocks that set colours: dark for all, light on top of it. */
function themesOf(css: string): { dark: Theme; light: Theme } {
  const block = (selector: string) => css.split(`${selector} {\n`)[1]!.split('\n}')[0]!;
  const read = (text: string): Theme =>
    Object.fromEntries([...text.matchAll(/--([\w-]+): (#\w{6});/g)].map((found) => [found[1], found[2]]));
  const dark = read(block(':root'));
  return { dark, light: { ...dark, ...read(block(':root[data-theme="light"]')) } };
}
