import { expect, test } from 'vitest';
import { browserName } from './browserName.ts';

test.each([
  [
    'Chrome 143, Linux',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  ],
  [
    'Edge 142, Windows',
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0',
  ],
  ['Firefox 145, macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko/20100101 Firefox/145.0'],
  [
    'Safari 18, iOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604',
  ],
  ['node', 'node'],
  [undefined, ''],
])('%s', (name, agent) => {
  expect(browserName(agent)).toBe(name);
});
