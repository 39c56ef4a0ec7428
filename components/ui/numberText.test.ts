import { expect, test } from 'vitest';
import { fitNumber, splitInsignificant, splitZeros, toneOf } from './numberText.ts';

test('digits past the significant ones are split off, with what follows them', () => {
  expect(splitInsignificant('63,101.50', 1)).toEqual(['63,101.5', '0']);
  expect(splitInsignificant('63,101.50', 0)).toEqual(['63,101', '.50']);
  expect(splitInsignificant('63,101', 2)).toEqual(['63,101', '']);
  expect(splitInsignificant('41.20%', 1)).toEqual(['41.2', '0%']);
  expect(splitInsignificant('41.20%', 4)).toEqual(['41.20', '%']);
});

test('zeros at the end are split off only behind a point', () => {
  expect(splitZeros('12.4000')).toEqual(['12.4', '000']);
  expect(splitZeros('12.0000')).toEqual(['12', '.0000']);
  expect(splitZeros('1,200')).toEqual(['1,200', '']);
});

test('a narrow column drops digits after the point, never of the whole number', () => {
  expect(fitNumber('12.4000', 7)).toBe('12.4000');
  expect(fitNumber('123.4567', 7)).toBe('123.456');
  expect(fitNumber('123,456.7', 7)).toBe('123,456');
  expect(fitNumber('12,345,678', 7)).toBe('12,345,678');
});

test('zero has no direction, whatever sign it carries', () => {
  expect(toneOf('+0.00')).toBeUndefined();
  expect(toneOf('−12')).toBe('down');
  expect(toneOf('+0.01')).toBe('up');
  expect(toneOf('12')).toBeUndefined();
});
