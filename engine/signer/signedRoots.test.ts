import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { sandboxVault } from '../sandbox/vault.ts';
import { SignedRoots } from './signedRoots.ts';

const { lag, lead } = sandboxVault.terms;

test('two roots that could prove a key false are of one epoch and parent, and near each other in time', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-own-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const word = (digit: string) => `0x${digit.repeat(64)}`;
  const note = { epoch: 4, parent: word('1'), hash: word('2'), timeS: 10_000 };
  const bounds = { lagS: lag, leadS: lead };
  new SignedRoots(nodeDisk, dir).note(note);
  const after = new SignedRoots(nodeDisk, dir);
  const against = (change: object) => after.against({ ...note, hash: word('3'), ...change }, bounds).length;
  expect([against({}), against({ hash: word('2') })]).toEqual([1, 0]);
  expect([against({ epoch: 5 }), against({ parent: word('9') })]).toEqual([0, 0]);
  expect([against({ timeS: 10_000 + lag + lead }), against({ timeS: 10_001 + lag + lead })]).toEqual([1, 0]);
  expect(against({ timeS: 10_000 - lag - lead })).toBe(1);
  expect(statSync(path.join(dir, 'signed.json')).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path.join(dir, 'signed.json'), 'utf8'))).toEqual([note]);
  writeFileSync(path.join(dir, 'signed.json'), '[');
  expect(() => new SignedRoots(nodeDisk, dir)).toThrow('nobody knows what this key has signed');
});
