// Goal: a desk has its chain beside it, answers for it at one address, and trades without it. How: whole desks without
// pages, with the real program, without it, and asked to use somebody else's.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../lab/chain/testChain.ts';
import type { HealthView } from '../protocol/views/health.ts';
import { boot, type RunningDesk } from './boot.ts';
import { readConfig } from './config.ts';

let dir: string;
let running: RunningDesk | undefined;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-desk-chain-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

async function open(env: Record<string, string> = {}): Promise<void> {
  const quiet = {
    PORT: '0',
    BALLAST_DATA: dir,
    BALLAST_PAGES: 'off',
    BALLAST_RECORDS: 'off',
    BALLAST_SIGNERS: 'inside',
  };
  running = await boot(readConfig(['--pace', 'paused'], { ...quiet, ...env }), () => {});
}

async function rpc(method: string, params: unknown[] = []) {
  const response = await fetch(`${running!.address}/api/v1/chain/rpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }),
  });
  return { status: response.status, body: await response.json() };
}

async function health(): Promise<HealthView> {
  return (await (await fetch(`${running!.address}/api/v1/health`)).json()) as HealthView;
}

const isChainUp = async () => (await health()).chain.status === 'ok';

test('a desk opens with its chain beside it, and finds it again at the next start', async () => {
  await open();
  await until(isChainUp, () => running!.desk.chain.health().sentence);
  expect((await health()).chain).toEqual({
    status: 'ok',
    sentence: 'The chain answers.',
    chainId: 31_337,
    finalBlock: expect.any(Number),
  });
  expect(await rpc('eth_chainId')).toEqual({
    status: 200,
    body: { jsonrpc: '2.0', id: 7, result: '0x7a69' },
  });
  const { body: first } = await rpc('eth_getBlockByNumber', ['0x0', false]);
  await running!.stop();
  await open();
  await until(isChainUp, () => running!.desk.chain.health().sentence);
  const { body: again } = await rpc('eth_getBlockByNumber', ['0x0', false]);
  expect(again.result.hash).toBe(first.result.hash);
});

test('without a chain the desk is well, and what needs one is refused with a code', async () => {
  await open({ BALLAST_CHAIN: 'off' });
  expect(await health()).toMatchObject({
    status: 'ok',
    chain: { status: 'off', sentence: 'This desk runs without a chain.', finalBlock: null },
  });
  expect(await rpc('eth_chainId')).toMatchObject({
    body: { error: { data: { code: 'chain.unavailable' } } },
  });
});

test('a chain that cannot start does not keep the desk from opening', async () => {
  mkdirSync(path.join(dir, 'chain'));
  writeFileSync(path.join(dir, 'chain/state.json'), 'not a state');
  await open();
  await until(
    async () => (await health()).chain.status === 'down',
    () => running!.desk.chain.health().sentence,
  );
  expect(await health()).toMatchObject({
    status: 'ok',
    chain: { sentence: expect.stringContaining('cannot be read') },
  });
  expect(await rpc('eth_blockNumber')).toMatchObject({
    body: { error: { data: { code: 'chain.unavailable' } } },
  });
});

test('the sandbox uses no chain that it did not start itself, and has opened nothing then', async () => {
  await expect(open({ BALLAST_CHAIN: 'http://127.0.0.1:8545' })).rejects.toThrow(
    "the sandbox's keys are public, so it uses only the chain it starts itself",
  );
  await open({ BALLAST_CHAIN: 'off' });
  expect(await health()).toMatchObject({ status: 'ok' });
});
