// Goal: the one page whose files are kept and opened elsewhere runs its own file only, and every other page its nonce's.
import { expect, test } from 'vitest';
import { headersOf } from './securityHeaders.ts';

const policyOf = (url: string) => String(headersOf(url, 'NONCE', false)['content-security-policy']);

test('the page of the exit kit runs the file beside it, and asks the node its reader names', () => {
  for (const url of ['/exit.html', '/exit.html?x=1']) {
    expect(policyOf(url)).toContain("script-src 'self';");
    expect(policyOf(url)).toContain('connect-src http: https:');
    expect(policyOf(url)).not.toContain('unsafe');
  }
});

test('no other address gets its policy', () => {
  for (const url of ['/', '/exit.js', '/exit.html/', '//exit.html', '/trade/exit.html', '/%65xit.html']) {
    expect(policyOf(url)).toContain("script-src 'nonce-NONCE' 'strict-dynamic'");
    expect(policyOf(url)).toContain("connect-src 'self'");
  }
});
