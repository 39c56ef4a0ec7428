import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentBoot, forgetTrust, isTrusted, readTrust, writeTrust } from './trust.ts';

let dir = '';

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-trust-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a database is believed on the boot that wrote it, and on no other', () => {
  expect(isTrusted({ boot: 'a', attempts: 0 }, 'a')).toBe(true);
  expect(isTrusted({ boot: 'a', attempts: 0 }, 'b')).toBe(false);
});

test('a database whose opening was cut short three times is not opened again', () => {
  expect(isTrusted({ boot: 'a', attempts: 2 }, 'a')).toBe(true);
  expect(isTrusted({ boot: 'a', attempts: 3 }, 'a')).toBe(false);
});

test('a note is read as it was written, and one that cannot be read is none', () => {
  expect(readTrust(dir)).toBeUndefined();
  writeTrust(dir, { boot: 'a', attempts: 1 });
  expect(readTrust(dir)).toEqual({ boot: 'a', attempts: 1 });
  for (const text of ['', '{"boot":', '{}', '{"boot":1,"attempts":0}']) {
    writeFileSync(path.join(dir, 'database.json'), text);
    expect(readTrust(dir)).toBeUndefined();
  }
  forgetTrust(dir);
  expect(readTrust(dir)).toBeUndefined();
});

test('the boot of a machine has one name', () => {
  expect(currentBoot()).toBe(currentBoot());
  expect(currentBoot().length).toBeGreaterThan(5);
});
