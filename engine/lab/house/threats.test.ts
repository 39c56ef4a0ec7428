// Goal: no threat of the vault's specification is without a test that says which one it is. How: forge names its number in
// the function (test_T07_…, invariant_T26_…); a file that needs the engine or a real chain names it in its first line.
import { expect, test } from 'vitest';
import { projectFiles, read } from './sources.ts';

/** T01 to T26, as the specification of settlement lists them. */
const THREATS = Array.from({ length: 26 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`);
const CONTRACTS = 'engine/settlement/contracts/test/';

function namesIn(file: string): string[] {
  const text = read(file);
  if (file.startsWith(CONTRACTS))
    return [...text.matchAll(/function (?:test|invariant)_(T\d\d)_/g)].map(([, name]) => name!);
  const [first = ''] = text.split('\n');
  return file.endsWith('.test.ts') && first.startsWith('//') ? (first.match(/\bT\d\d\b/g) ?? []) : [];
}

const tested = new Map<string, string[]>();
for (const file of projectFiles().filter((name) => name.startsWith('engine/') || name.startsWith('lib/')))
  for (const name of namesIn(file)) tested.set(name, [...(tested.get(name) ?? []), file]);

test.each(THREATS)('%s has a test that names it', (threat) => {
  expect(tested.get(threat) ?? []).not.toEqual([]);
});

test('no test names a threat that is not listed', () => {
  expect([...tested.keys()].filter((name) => !THREATS.includes(name))).toEqual([]);
});
