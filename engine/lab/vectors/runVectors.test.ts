// Goal: the runner tells right from wrong, by id, and never stops half way. How: hand-worked examples beside this file,
// the same with something broken in each, and the whole shared file where it is at hand.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../house/sources.ts';
import { rules } from './adapters/rules.ts';
import { runVectors } from './runVectors.ts';

const OWN = path.join(import.meta.dirname, 'examples.json');
const SHARED = path.resolve(root, '../shared/vectors/margin.json');
const folder = mkdtempSync(path.join(tmpdir(), 'ballast-vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface RawVector {
  id: string;
  feature: string;
  inputs: Record<string, unknown>;
  expected: Record<string, unknown>;
  tolerance: Record<string, unknown>;
}

function vectorsOf(file: string): RawVector[] {
  return JSON.parse(readFileSync(file, 'utf8')).vectors;
}

function run(vectors: readonly unknown[]) {
  return runVectors(JSON.stringify({ version: 1, vectors }));
}

const [tier] = vectorsOf(OWN) as [RawVector];

describe('examples worked by hand', () => {
  test('come out, each of them', () => {
    const { failures, passed, failed } = run(vectorsOf(OWN));
    expect(failures).toEqual([]);
    expect([passed, failed]).toEqual([vectorsOf(OWN).length, 0]);
  });

  test('ask every venue', () => {
    const asked = new Set(vectorsOf(OWN).map(({ id }) => id.split('-')[0]));
    expect([...asked].sort()).toEqual([...rules.keys()].sort());
  });

  test('an example does not know its own id', () => {
    const renamed = vectorsOf(OWN).map((vector, place) => ({
      ...vector,
      id: `${vector.id.split('-')[0]}-x${place}`,
    }));
    expect(run(renamed).failed).toBe(0);
  });

  test('a wrong expectation is reported with both numbers, and the others still run', () => {
    const wrong = { ...tier, id: 'hl-wrong', expected: { maintenance_margin: 251 } };
    const { failures, passed, failed } = run([wrong, tier]);
    expect(failures).toEqual(['hl-wrong: maintenance_margin expected 251, got 250']);
    expect([passed, failed]).toEqual([1, 1]);
  });
});

describe('what cannot be run is reported by id', () => {
  test.each([
    ['an unknown venue', { ...tier, id: 'moon-01' }, 'moon-01: unknown venue moon'],
    [
      'a venue named as a part of every object',
      { ...tier, id: 'constructor-01' },
      'constructor-01: unknown venue constructor',
    ],
    ['an unknown feature', { ...tier, feature: 'wings' }, 'hl-tier-own: unknown feature wings of hl'],
    [
      'a feature named as a part of every object',
      { ...tier, feature: 'toString' },
      'hl-tier-own: unknown feature toString of hl',
    ],
    ['no id', { ...tier, id: undefined }, 'vector 1: malformed, id is missing'],
    ['no feature', { ...tier, feature: 7 }, 'hl-tier-own: malformed, feature is missing'],
    ['no inputs', { ...tier, inputs: null }, 'hl-tier-own: malformed, inputs is not an object'],
    [
      'an input that is not a number',
      { ...tier, inputs: { ...tier.inputs, notional: '3000' } },
      'hl-tier-own: malformed, inputs.notional is not a number',
    ],
    [
      'an input that is missing',
      { ...tier, inputs: { tiers: tier.inputs.tiers } },
      'hl-tier-own: malformed, inputs.notional is missing, it should be a number',
    ],
    [
      'a list that is none',
      { ...tier, inputs: { ...tier.inputs, tiers: {} } },
      'hl-tier-own: malformed, inputs.tiers is not a list',
    ],
    ['nothing expected', { ...tier, expected: {} }, 'hl-tier-own: malformed, expected says nothing'],
    [
      'something expected that has no order',
      { ...tier, expected: { maintenance_margin: null } },
      'hl-tier-own: malformed, expected.maintenance_margin cannot be compared',
    ],
    [
      'an answer the rule does not give',
      { ...tier, expected: { fee: 1 } },
      'hl-tier-own: fee expected 1, got nothing',
    ],
    [
      'a negative tolerance',
      { ...tier, tolerance: { abs: -1 } },
      'hl-tier-own: malformed, tolerance is below 0',
    ],
    ['not an object at all', 'text', 'vector 1: malformed, it is not an object'],
  ])('%s', (_case, broken, line) => {
    const { failures, passed, failed } = run([broken, tier]);
    expect(failures).toEqual([line]);
    expect([passed, failed]).toEqual([1, 1]);
  });

  test('every example with any one of its inputs broken fails, and none stops the run', () => {
    const broken = vectorsOf(OWN).flatMap((vector) =>
      Object.keys(vector.inputs).flatMap((name) =>
        [null, 'nonsense', [], Number.MAX_VALUE].map((value) => ({
          ...vector,
          inputs: { ...vector.inputs, [name]: value },
        })),
      ),
    );
    const { passed, failed } = run(broken);
    expect(passed + failed).toBe(broken.length);
    expect(failed).toBeGreaterThan(broken.length / 2);
  });
});

describe('a tolerance', () => {
  const off = (by: number, tolerance: Record<string, number> | undefined) =>
    run([{ ...tier, expected: { maintenance_margin: 250 + by }, tolerance }]).failed;

  test('is met by the absolute or the relative one, and is exact when there is none', () => {
    expect(off(0.4, { abs: 0.5 })).toBe(0);
    expect(off(0.6, { abs: 0.5 })).toBe(1);
    expect(off(0.6, { abs: 0.5, rel: 0.01 })).toBe(0);
    expect(off(1e-9, {})).toBe(1);
    expect(off(0, undefined)).toBe(0);
  });
});

describe('the command', () => {
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'engine/lab/vectors.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    });

  test('ends with the counts, with code 0 when all passed', () => {
    const { status, stdout } = command(OWN);
    expect(stdout).toBe(`${vectorsOf(OWN).length} passed, 0 failed\n`);
    expect(status).toBe(0);
  });

  test('ends with the counts after a line for each failure, with code 1', () => {
    const file = path.join(folder, 'mixed.json');
    writeFileSync(file, JSON.stringify({ vectors: [tier, { ...tier, id: 'moon-01' }] }));
    const { status, stdout } = command(file);
    expect(stdout).toBe('moon-01: unknown venue moon\n1 passed, 1 failed\n');
    expect(status).toBe(1);
  });

  test.each([
    ['not JSON', '{', /cannot be run: it is not JSON/],
    ['without vectors', '{}', /cannot be run: it has no list of vectors/],
  ])('says of a file %s what is wrong, with code 1', (_case, text, sentence) => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, text);
    const { status, stderr } = command(file);
    expect(stderr).toMatch(sentence);
    expect(status).toBe(1);
  });

  test('asks for a file when there is none', () => {
    const { status, stderr } = command(path.join(folder, 'nothing.json'));
    expect(stderr).toMatch(/^Say which file of vectors to run/);
    expect(status).toBe(1);
  });
});

// The collection is not part of the project; the examples beside this file stand in for it where it is missing.
describe.runIf(existsSync(SHARED))('the shared collection', () => {
  test('comes out whole', () => {
    const { failures, passed, failed } = runVectors(readFileSync(SHARED, 'utf8'));
    expect(failures).toEqual([]);
    expect([passed, failed]).toEqual([vectorsOf(SHARED).length, 0]);
  });

  test('comes out under other ids: no rule knows an example', () => {
    const renamed = vectorsOf(SHARED).map((vector) => ({ ...vector, id: `${vector.id.split('-')[0]}-x` }));
    expect(run(renamed).failed).toBe(0);
  });

  test('does not come out when its numbers are moved by twice their tolerance', () => {
    const moved = vectorsOf(SHARED).map((vector) => ({ ...vector, expected: movedAway(vector) }));
    const { failures } = run(moved);
    expect(failures.length).toBe(moved.length);
  });
});

function movedAway({ expected, tolerance }: RawVector): Record<string, unknown> {
  const { abs = 0, rel = 0 } = tolerance as { abs?: number; rel?: number };
  const away = (value: unknown) => {
    if (typeof value === 'number') return value + 2.001 * Math.max(abs, rel * Math.abs(value)) + 1e-6;
    if (typeof value === 'boolean') return !value;
    return Array.isArray(value) ? [...value].reverse() : `not ${String(value)}`;
  };
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, away(value)]));
}
