import { expect, test } from 'vitest';
import { keepConstants } from '../../../scripts/keepConstants.mjs';

test('what is declared at the top of a bundle and never assigned is a constant again', () => {
  const bundled =
    'var NONE = -1;\nvar Side = { buy: 0, sell: 1 };\nvar counts = [];\ncounts[NONE] = Side.buy;\n';
  expect(keepConstants(bundled)).toBe(bundled.replaceAll('var', 'const'));
});

test.each([
  ['has no value', 'var port;'],
  ['is assigned', 'var last = 0;\nfunction next() {\n  last = 1;\n}'],
  ['is added to', 'var last = 0;\nlast += 1;'],
  ['is counted up', 'var last = 0;\nconst next = () => last++;'],
  ['is assigned by a pattern', 'var first = 0;\n({ at: [first = 2] } = given);'],
  ['is assigned by a loop', 'var each = 0;\nfor (each of given);'],
  ['is declared twice', 'var shared = 0;\nvar shared = 1;'],
  ['stands in a function', 'function make() {\n  var made = 0;\n  return made;\n}'],
  ['stands in a text', 'const program = `\nvar printed = 0;\n`;'],
])('what %s is left as it is', (_why, bundled) => {
  expect(keepConstants(bundled)).toBe(bundled);
});
