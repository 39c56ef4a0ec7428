// Goal: one value has one text. How: RFC 8785's rules on values whose text is known.
import { expect, test } from 'vitest';
import { canonicalJson } from './canonicalJson.ts';

test('keys are sorted by code units, at every depth, and what is undefined is not there', () => {
  expect(canonicalJson({ b: 1, a: [true, null, { d: 'x', c: -2 }], '€': 'é', A: undefined })).toBe(
    '{"a":[true,null,{"c":-2,"d":"x"}],"b":1,"€":"é"}',
  );
});

test('text is escaped as JSON escapes it, and nothing more', () => {
  expect(canonicalJson('a"\\\n\u0001/<')).toBe('"a\\"\\\\\\n\\u0001/<"');
});

test('a number that has two spellings has none', () => {
  expect(canonicalJson(-0)).toBe('0');
  for (const number of [0.5, Number.NaN, 2 ** 53])
    expect(() => canonicalJson(number)).toThrow('whole number');
});
