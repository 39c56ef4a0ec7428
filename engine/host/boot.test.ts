// Goal: a desk that cannot open says why in a sentence, and one that is opening says so. How: real folders and ports,
// each with one thing wrong.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeskStream } from '../lab/deskClient.ts';
import { boot } from './boot.ts';
import { readConfig } from './config.ts';
import { Desk } from './desk.ts';
import { createDeskServer } from './deskServer.ts';
import { listen } from './http/httpServer.ts';
import { noPages } from './pages.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-boot-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 9 }));

function configOf(argv: string[] = [], env: Record<string, string> = {}) {
  const quiet = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_CHAIN: 'off',
  };
  return readConfig(['--pace', 'paused', ...argv], { ...quiet, ...env });
}

async function openAndStop(): Promise<void> {
  const running = await boot(configOf(), () => {});
  await running.stop();
}

test('until orders are accepted, health says so and nothing else is answered', async () => {
  const desk = new Desk(configOf(), () => {});
  const server = createDeskServer(desk, noPages);
  const address = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  const health = await fetch(`${address}/api/v1/health`);
  expect([health.status, await health.json()]).toMatchObject([503, { status: 'starting' }]);
  const markets = await fetch(`${address}/api/v1/markets`);
  expect([markets.status, await markets.json()]).toMatchObject([503, { error: { code: 'engine.notReady' } }]);
  await expect(DeskStream.open(`${address.replace('http', 'ws')}/api/v1/stream`)).rejects.toThrow('503');
  server.close();
  server.closeAllConnections();
  await desk.stop();
});

test('a port that is taken is told with the way out', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(boot(configOf([], { PORT: String(port) }), () => {})).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program`,
  );
  other.close();
});

test('a damaged journal halts the start: nothing is guessed', async () => {
  await openAndStop();
  await openAndStop();
  for (const name of readdirSync(dir)) if (name.endsWith('.snap')) rmSync(path.join(dir, name));
  const segment = path.join(dir, readdirSync(dir).find((name) => name.endsWith('.seg'))!);
  const bytes = readFileSync(segment);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(segment, bytes);
  await expect(boot(configOf(), () => {})).rejects.toMatchObject({ error: { code: 'journal.corrupt' } });
});

test('a folder of another version is set aside and a fresh sandbox opened', async () => {
  await openAndStop();
  // Both superblocks say what wrote the folder; their checksum has to agree.
  const { sealFileHeader } = await import('../journal/fileHeader.ts');
  for (const name of ['superblock-0', 'superblock-1']) {
    const bytes = readFileSync(path.join(dir, name));
    sealFileHeader(bytes, 'BALLASTS', 999, 1);
    writeFileSync(path.join(dir, name), bytes);
  }
  const running = await boot(configOf(), () => {});
  expect(running.desk.health()).toMatchObject({ status: 'ok' });
  await running.stop();
  const aside = readdirSync(dir).find((name) => name.startsWith('set-aside-'))!;
  expect(readFileSync(path.join(dir, aside, 'WHY.txt'), 'utf8')).toContain('schema 999');
});

test('a recording that is not there is named', async () => {
  const missing = path.join(dir, 'nowhere');
  await expect(boot(configOf(['--market', `recorded:${missing}`]), () => {})).rejects.toThrow(
    /market\.fileUnreadable/,
  );
});

test('a folder that cannot be written is told', async () => {
  const file = path.join(dir, 'file');
  writeFileSync(file, '');
  await expect(boot(configOf([], { BALLAST_DATA: path.join(file, 'data') }), () => {})).rejects.toThrow(
    /BALLAST_DATA=.*ENOTDIR/,
  );
});
