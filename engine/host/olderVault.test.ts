// Goal: what an earlier sandbox's vault lacks is asked of nobody: its folder, with journal, chain and what settlement kept, is
// set aside whole, the desk says where and why, and opens on a vault of today. How: a real desk with its chain whose folder
// is marked as the version before wrote it, and opened again.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sealFileHeader } from '../journal/fileHeader.ts';
import { SUPERBLOCK_NAMES } from '../journal/layout.ts';
import { until } from '../lab/chain/testChain.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

vi.setConfig({ testTimeout: 180_000 });
let dir: string;
const said: string[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-older-'));
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

/** Until the vault holds what was credited and its first root is there. */
async function opened(): Promise<RunningDesk> {
  const quiet = { BALLAST_PAGES: 'off', BALLAST_RECORDS: 'off', BALLAST_SIGNERS: 'inside' };
  const config = readConfig(['--pace', 'paused'], { PORT: '0', BALLAST_DATA: dir, ...quiet });
  const running = await boot(config, (sentence) => {
    throw new Error(sentence);
  });
  const view = () => running.desk.settlement.view(() => true);
  await until(
    () => view().status === 'open',
    () => view().sentence,
    90_000,
  );
  return running;
}

function writtenBy(schema: number): void {
  for (const name of SUPERBLOCK_NAMES) {
    const file = path.join(dir, name);
    const bytes = readFileSync(file);
    // The checksum has to agree.
    sealFileHeader(bytes, 'BALLASTS', schema, 1);
    writeFileSync(file, bytes);
  }
}

test('a sandbox of an older vault is set aside whole, and a vault of today opened', async () => {
  const earlier = await opened();
  await earlier.stop();
  const chainBefore = readFileSync(path.join(dir, 'chain/state.json'));
  const kept = readdirSync(path.join(dir, 'settlement'));
  writtenBy(SCHEMA_VERSION - 1);
  said.length = 0;

  const running = await opened();
  const aside = readdirSync(dir).find((name) => name.startsWith('set-aside-'))!;
  const sentence = said.find((line) => line.includes(aside));
  expect(sentence).toContain(
    `schema ${SCHEMA_VERSION - 1}; this version reads format 1, schema ${SCHEMA_VERSION}.`,
  );
  expect(sentence).toContain('its chain and vault with it; the desk starts afresh.');
  // Nothing of the old chain is under the new one, and nothing of it was changed.
  expect(readFileSync(path.join(dir, aside, 'chain/state.json')).equals(chainBefore)).toBe(true);
  expect(readdirSync(path.join(dir, aside, 'settlement'))).toEqual(kept);
  expect(readFileSync(path.join(dir, aside, 'WHY.txt'), 'utf8')).toContain(`schema ${SCHEMA_VERSION - 1}`);
  expect(running.desk.settlement.view(() => true)).toMatchObject({ status: 'open', withdrawals: [] });
  await running.stop();
});
