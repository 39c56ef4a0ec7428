import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes, utf8Text } from './bytes.ts';

const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

test('text becomes the bytes every UTF-8 encoder makes of it, and comes back', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(utf8Bytes(text)).toEqual(new TextEncoder().encode(text));
      expect(utf8Text(utf8Bytes(text))).toBe(new TextDecoder().decode(new TextEncoder().encode(text)));
    }),
  );
});

test('a lone surrogate becomes the replacement character', () => {
  expect(utf8Text(utf8Bytes('a\ud800b'))).toBe('a\ufffdb');
});
