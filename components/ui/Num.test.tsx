import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Num } from './Num.tsx';

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
});
