import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JSON_DEPTH_MAX, parseStrictJson } from './strictJson.ts';

test('plain JSON reads as JSON.parse reads it, whatever its strings hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value);
      if (text.includes('__proto__')) return;
      expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', 'twice'],
  ['{"a":1,"\\u0061":2}', 'twice'],
  ['[{"b":{"a":1,"c":[],"a":{}}}]', 'twice'],
  ['{"__proto__":{"isAdmin":true}}', 'not allowed'],
  ['{"\\u005f_proto__":1}', 'not allowed'],
  ['{"a":1', 'not JSON'],
  ['', 'not JSON'],
  ['{"a":01}', 'not JSON'],
  [`${'['.repeat(JSON_DEPTH_MAX + 1)}${']'.repeat(JSON_DEPTH_MAX + 1)}`, 'deeper'],
])('%s is refused', (text, sentence) => {
  expect(parseStrictJson(text)).toEqual({ fault: expect.stringContaining(sentence) });
});

test('the same key in different objects is no duplicate', () => {
  const text = '{"a":{"a":"\\"a\\":"},"b":[{"a":1},{"a":2}]}';
  expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
});
