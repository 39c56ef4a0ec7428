import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Num, splitInsignificant, toneOf } from './Num.tsx';

describe('a number on the screen', () => {
  test('what is not known is a dash that says so, never a zero', () => {
    const markup = renderToStaticMarkup(<Num text={undefined} unit="BTC" />);
    expect(markup).toContain('–');
    expect(markup).toContain('not known');
    expect(markup).not.toContain('0');
  });

  test('a stale number keeps its digits and says its age', () => {
    const markup = renderToStaticMarkup(<Num text="63,101" face="stale" ageMs={7_400} />);
    expect(markup).toContain('63,101');
    expect(markup).toContain('7.4 s');
  });

  test('digits past the significant ones are split off', () => {
    expect(splitInsignificant('63,101.50', 1)).toEqual(['63,101.5', '0']);
    expect(splitInsignificant('63,101.50', 0)).toEqual(['63,101', '.50']);
    expect(splitInsignificant('63,101', 2)).toEqual(['63,101', '']);
    expect(splitInsignificant('41.20%', 2)).toEqual(['41.20', '%']);
    expect(splitInsignificant('41.20%', 4)).toEqual(['41.20', '%']);
  });

  test('zero has no direction, whatever sign it carries', () => {
    expect(toneOf('+0.00')).toBeUndefined();
    expect(toneOf('−12')).toBe('down');
    expect(toneOf('+0.01')).toBe('up');
    expect(toneOf('12')).toBeUndefined();
  });
});
