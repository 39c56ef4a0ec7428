// Goal: the sandbox's chain forgets nothing it called final, whatever ends it, and never outlives its desk. How: the real
// program on a real folder, killed and damaged from outside.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chainFolder, mined, openChain, personOf, reached, until } from '../../lab/chain/testChain.ts';
import { anvilBinary } from './anvilBinary.ts';
import { EmbeddedChain } from './embeddedChain.ts';

const receiver = `0x${'12'.repeat(20)}` as const;
let folder: ReturnType<typeof chainFolder>;
let chain: EmbeddedChain | undefined;

beforeEach(() => {
  folder = chainFolder();
});
afterEach(async () => {
  await chain?.stop();
  chain = undefined;
  folder.remove();
});

const pay = (value: bigint) => mined(chain!, { to: receiver, value });
const paid = async () => BigInt((await chain!.call('eth_getBalance', [receiver, 'latest'])) as string);
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('it is chain 31337 with the sandbox’s people, and its first block is final at once', async () => {
  chain = await openChain(folder.dir);
  expect(await chain.call('eth_chainId', [])).toBe('0x7a69');
  const { address } = personOf(18);
  expect(BigInt((await chain.call('eth_getBalance', [address, 'latest'])) as string)).toBe(10n ** 22n);
  expect(chain.finalBlock?.number).toBe(0);
});

test('a block is final once it is saved, and comes back after its program was killed', async () => {
  const said: string[] = [];
  chain = await openChain(folder.dir, said);
  await pay(5n);
  await until(
    () => chain!.finalBlock?.number === 1,
    () => 'block 1 is not final',
  );
  const final = chain.finalBlock!;
  process.kill(chain.pid!, 'SIGKILL');
  await until(
    () => said.some((sentence) => sentence.includes('It is started again')),
    () => said.join(),
  );
  await reached(chain, 'ok');
  expect(chain.finalBlock).toEqual(final);
  expect(await paid()).toBe(5n);
  const receipt = await pay(7n);
  expect(Number(receipt.blockNumber)).toBe(2);
  expect(await paid()).toBe(12n);
});

test('a chain that hangs is told, and goes on where it hung when it comes back', async () => {
  chain = await openChain(folder.dir);
  const { pid } = chain;
  process.kill(pid!, 'SIGSTOP');
  await until(
    () => /does not answer.*It is asked again/.test(chain!.sentence),
    () => chain!.sentence,
  );
  process.kill(pid!, 'SIGCONT');
  await until(
    () => chain!.sentence === 'The chain answers.',
    () => chain!.sentence,
  );
  expect([chain.status, chain.pid]).toEqual(['ok', pid]);
});

test('a chain that hangs for good is started again from its last save', async () => {
  chain = await openChain(folder.dir);
  await pay(6n);
  await chain.save();
  const { pid } = chain;
  process.kill(pid!, 'SIGSTOP');
  await until(
    () => chain!.pid !== undefined && chain!.pid !== pid && chain!.status === 'ok',
    () => `${chain!.pid}: ${chain!.sentence}`,
    60_000,
  );
  expect(chain.sentence).toBe('The chain answers.');
  expect(await paid()).toBe(6n);
  expect(isAlive(pid!)).toBe(false);
});

test('the next start goes on where the last stopped, at today’s time', async () => {
  chain = await openChain(folder.dir);
  await pay(5n);
  await chain.stop();
  chain = await openChain(folder.dir);
  expect(chain.finalBlock?.number).toBe(1);
  expect(await paid()).toBe(5n);
  await pay(1n);
  const block = (await chain.call('eth_getBlockByNumber', ['latest', false])) as { timestamp: string };
  expect(Math.abs(Number(block.timestamp) * 1_000 - Date.now())).toBeLessThan(5_000);
});

test('a chain on which much has happened comes back too: its state is more than a request usually holds', async () => {
  chain = await openChain(folder.dir);
  // Code that cannot be packed: as much as some thousand transactions leave.
  const placeOf = (place: number) => `0x${(0x1000 + place).toString(16).padStart(40, '0')}`;
  const code = () => `0x${randomBytes(24_576).toString('hex')}`;
  const written = Array.from({ length: 120 }, code);
  for (const [place, each] of written.entries()) await chain.call('anvil_setCode', [placeOf(place), each]);
  await chain.call('evm_mine', []);
  await chain.save();
  expect(statSync(path.join(folder.dir, 'state.json')).size).toBeGreaterThan(4_000_000);
  await chain.stop();
  chain = await openChain(folder.dir);
  expect(await chain.call('eth_getCode', [placeOf(119), 'latest'])).toBe(written[119]);
});

test('a head that is asked to be final is saved before it is named', async () => {
  chain = await openChain(folder.dir);
  for (const value of [1n, 2n, 3n]) await pay(value);
  const block = await chain.settledHead();
  expect(block.number).toBe(3);
  const saved = JSON.parse(readFileSync(path.join(folder.dir, 'state.json'), 'utf8'));
  expect(saved.block).toEqual(block);
});

test('it ends with the desk in less than the desk’s own time', async () => {
  chain = await openChain(folder.dir);
  const { pid } = chain;
  const startedMs = performance.now();
  await chain.stop();
  expect(performance.now() - startedMs).toBeLessThan(1_800);
  expect(isAlive(pid!)).toBe(false);
  await expect(chain.call('eth_chainId', [])).rejects.toThrow('stopped with the desk');
});

test('a desk that is killed leaves no chain behind', async () => {
  const owner = spawn(process.execPath, ['--import', 'tsx', 'engine/lab/chain/chainOwner.ts', folder.dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(owner.stdout, 'data')) as [Buffer];
  const pid = Number(/program (\d+)/.exec(said.toString())?.[1]);
  expect(isAlive(pid)).toBe(true);
  owner.kill('SIGKILL');
  await until(
    () => !isAlive(pid),
    () => `${pid} still runs`,
  );
});

test('a saved state that cannot be read is told, and not replaced by an empty chain', async () => {
  chain = await openChain(folder.dir);
  await pay(5n);
  await chain.stop();
  const file = path.join(folder.dir, 'state.json');
  const half = readFileSync(file, 'utf8').slice(0, 500);
  writeFileSync(file, half);
  chain = new EmbeddedChain({
    dir: folder.dir,
    binary: anvilBinary(),
    chainId: 31_337,
    log: () => undefined,
  });
  chain.start();
  await reached(chain, 'down');
  expect(chain.sentence).toContain('cannot be read. Bring it back from a copy.');
  await expect(chain.call('eth_chainId', [])).rejects.toThrow('Bring it back');
  expect(readFileSync(file, 'utf8')).toBe(half);
});

test('the state of another chain is not taken', async () => {
  chain = await openChain(folder.dir);
  await chain.stop();
  chain = new EmbeddedChain({
    dir: folder.dir,
    binary: anvilBinary(),
    chainId: 31_338,
    log: () => undefined,
  });
  chain.start();
  await reached(chain, 'down');
  expect(chain.sentence).toContain('is of chain 31337, not 31338');
});

test('a machine without the program has no chain, and says so', async () => {
  expect(anvilBinary('sunos', 'sparc')).toBeUndefined();
  chain = new EmbeddedChain({ dir: folder.dir, binary: undefined, chainId: 31_337, log: () => undefined });
  chain.start();
  await reached(chain, 'down');
  expect(chain.sentence).toContain('not there for this kind of machine');
});

test('a program that is none, and one that never listens, is told', async () => {
  for (const binary of [path.join(folder.dir, 'nothing'), process.execPath]) {
    chain = new EmbeddedChain({ dir: folder.dir, binary, chainId: 31_337, log: () => undefined });
    chain.start();
    await reached(chain, 'down');
    expect(chain.sentence).toContain('ended before it was ready');
    await chain.stop();
  }
});
