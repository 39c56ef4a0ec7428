import { createSiweMessage } from 'viem/siwe';
import { expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { OnceTokens } from './onceTokens.ts';
import { clearedSessionCookie, secretIn, sessionCookie } from './sessionCookie.ts';
import { SessionStore } from './sessionStore.ts';
import { readSignInMessage } from './signInMessage.ts';

const trader = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

const from = { browser: 'Test', place: 'a1', standing: '0:1' };

test('a nonce works once', () => {
  const tokens = new OnceTokens<true>(() => 0, 1_000, 10);
  const { token } = tokens.issue(true);
  expect(tokens.redeem(token)).toBe(true);
  expect(tokens.redeem(token)).toBeUndefined();
  expect(tokens.redeem('')).toBeUndefined();
});

test('a nonce ends after its life, and the oldest goes when there are too many', () => {
  let nowMs = 0;
  const tokens = new OnceTokens<number>(() => nowMs, 1_000, 2);
  const [first, second, third] = [tokens.issue(1), tokens.issue(2), tokens.issue(3)];
  expect(tokens.redeem(first.token)).toBeUndefined();
  expect(tokens.redeem(second.token)).toBe(2);
  nowMs = 1_000;
  expect(tokens.redeem(third.token)).toBeUndefined();
});

test('a session ends when idle for half an hour, and after twelve hours whatever happens', () => {
  let nowMs = 0;
  const store = new SessionStore(() => nowMs);
  const ended: string[] = [];
  store.onEnd(({ id }, { is }) => ended.push(`${id} ${is}`));
  const { secret, session } = store.start(trader, from);
  while (nowMs < limits.session.lifeMs) {
    expect(store.find(secret)).toBe(session);
    nowMs += limits.session.idleMs - 1;
  }
  expect(store.find(secret)).toBeUndefined();
  expect(ended).toEqual([`${session.id} ranOut`]);
  const second = store.start(trader, from);
  nowMs += limits.session.idleMs;
  expect(store.find(second.secret)).toBeUndefined();
});

test('an open socket keeps a session from idling, and the sweep ends the rest', () => {
  let nowMs = 0;
  const store = new SessionStore(() => nowMs);
  const [open, idle] = [store.start(trader, from), store.start(trader, from)];
  nowMs += limits.session.idleMs - 1;
  store.sweep((id) => id === open.session.id);
  nowMs += 1;
  store.sweep(() => false);
  expect(store.find(open.secret)).toBe(open.session);
  expect(store.find(idle.secret)).toBeUndefined();
  expect(store.count).toBe(1);
});

test('sessions are listed, latest first, and ended by what is true of them', () => {
  let nowMs = 0;
  const store = new SessionStore(() => nowMs);
  const ended: string[] = [];
  store.onEnd(({ id }, { is }) => ended.push(`${id} ${is}`));
  const first = store.start(trader, from).session;
  const second = store.start(trader, { ...from, standing: '1:2' }).session;
  expect(store.all()).toEqual([second, first]);
  store.endLost(({ standing }) => standing === '0:1');
  expect(ended).toEqual([`${first.id} lostStanding`]);
  nowMs = limits.session.idleMs;
  expect(store.all()).toEqual([]);
});

test('the cookie can be read by no script and sent by no other site', () => {
  const cookie = sessionCookie('abc', 60);
  expect(cookie).toBe('__Host-ballast=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict');
  expect(clearedSessionCookie()).toContain('Max-Age=0');
  expect(secretIn('theme=dark; __Host-ballast=abc')).toBe('abc');
  expect(secretIn('__Host-ballast=abc; __Host-ballast=def')).toBeUndefined();
  expect(secretIn(undefined)).toBeUndefined();
});

const place = { domain: '127.0.0.1:3000', chainId: 31_337, nowMs: Date.UTC(2026, 10, 21) };
const fields = {
  address: trader,
  chainId: 31_337,
  domain: '127.0.0.1:3000',
  nonce: 'a1b2c3d4e5f60718',
  uri: 'http://127.0.0.1:3000',
  version: '1',
} as const;

test('a sign-in message for this desk is read', () => {
  expect(readSignInMessage(createSiweMessage(fields), place)).toEqual({
    address: trader.toLowerCase(),
    nonce: 'a1b2c3d4e5f60718',
  });
});

test.each([
  ['another domain', { domain: 'evil.example' }],
  ['another chain', { chainId: 1 }],
  ['a page of another host', { uri: 'http://evil.example' }],
  ['yesterday', { expirationTime: new Date(place.nowMs - 1) }],
  ['tomorrow', { notBefore: new Date(place.nowMs + 1) }],
])('a sign-in message for %s is not ours', (_, change) => {
  expect(readSignInMessage(createSiweMessage({ ...fields, ...change }), place)).toBeUndefined();
});

test('text that is no sign-in message is not ours', () => {
  for (const text of ['', 'hello', '\n'.repeat(100)]) expect(readSignInMessage(text, place)).toBeUndefined();
});
