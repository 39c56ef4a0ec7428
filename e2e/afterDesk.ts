import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { openChain } from '../engine/lab/chain/testChain.ts';
import { exitPage } from '../engine/lab/exitPage.ts';
import type { VaultAssetView } from '../engine/protocol/views/settlement.ts';
import { addressOf } from '../engine/sandbox/people.ts';
import { type Anvil, anvilOf } from './anvil.ts';
import type { Desk } from './desk.ts';
import { vaultView } from './vault.ts';

/** The two files that the desk hands out beside a kit. */
const FILES = ['exit.html', 'exit.js'] as const;
const TYPES = { 'exit.html': 'text/html; charset=utf-8', 'exit.js': 'text/javascript; charset=utf-8' };

const vaultAbi = parseAbi(['function last() view returns (uint64)']);
const tokenAbi = parseAbi(['function balanceOf(address account) view returns (uint256)']);
type EmbeddedChain = Awaited<ReturnType<typeof openChain>>;

/** What somebody has who kept their kit, when the desk is no more. */
export interface AfterDesk {
  /** The kit's text, as the page saved it. */
  readonly kit: string;
  /** Holds the two files, as the desk served them. */
  readonly folder: string;
  /** Of the server that the folder is served by. */
  readonly origin: string;
  /** A node of one's own, which pages may ask. */
  readonly node: string;
  /** Goes on from its last save, without the desk. */
  readonly chain: EmbeddedChain;
  readonly assets: readonly VaultAssetView[];
  /** Time goes by on the chain, in one block. */
  pass(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes the kit of whoever is signed in on the settlement page, and then ends the desk for good; its chain goes on.
 *
 * @param dataDir the desk's
 */
export async function endDesk(desk: Desk, dataDir: string, page: Page): Promise<AfterDesk> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ballast-kept-'));
  let policy = '';
  for (const file of FILES) {
    const served = await fetch(`${desk.origin}/${file}`);
    if (file === 'exit.html') policy = served.headers.get('content-security-policy') ?? '';
    writeFileSync(path.join(folder, file), await served.text());
  }
  expect(policy).toContain("script-src 'self'");
  const { assets } = await vaultView(desk.origin);
  const kit = await lastKit(desk, page);
  await desk.kill();
  const chain = await openChain(path.join(dataDir, 'chain'));
  const server = await listen((request, response) => {
    const file = FILES.find((name) => request.url === `/${name}`);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    // No server of a folder is stricter than the desk itself was.
    const headers = { 'content-security-policy': policy, 'content-type': TYPES[file] };
    response.writeHead(200, headers).end(readFileSync(path.join(folder, file)));
  });
  const node = await listen(
    (request, response) =>
      void answer(chain, request).then((text) => {
        const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
        response.writeHead(200, { ...open, 'content-type': 'application/json' }).end(text);
      }),
  );
  return {
    ...{ kit, folder, chain, assets, origin: server.origin, node: node.origin },
    pass: async (seconds) => {
      await chain.call('evm_increaseTime', [seconds]);
      await chain.call('evm_mine', []);
    },
    stop: async () => {
      for (const each of [server, node]) each.close();
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A kit of the last root that was posted. The desk stands still when it returns, so no other root comes. */
async function lastKit(desk: Desk, page: Page): Promise<string> {
  const anvil = anvilOf(desk.pid);
  let text = '';
  await expect(async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download exit kit' }).click();
    text = readFileSync(await (await download).path(), 'utf8');
    desk.freeze();
    const { vault, accounts } = exitPage.readKit(text);
    const last = await lastEpoch(anvil, vault);
    if (accounts.every(({ proof }) => proof.epoch === last)) return;
    desk.thaw();
    throw new Error(`The kit is not of root ${last}, which is posted.`);
  }).toPass({ timeout: 60_000 });
  return text;
}

async function lastEpoch({ ask }: Anvil, vault: string): Promise<number> {
  const data = encodeFunctionData({ abi: vaultAbi, functionName: 'last' });
  const result = (await ask('eth_call', [{ to: vault, data }, 'latest'])) as Hex;
  return Number(decodeFunctionResult({ abi: vaultAbi, functionName: 'last', data: result }));
}

async function listen(handler: RequestListener): Promise<{ origin: string; close(): void }> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** As a node answers. */
async function answer(chain: EmbeddedChain, request: IncomingMessage): Promise<string> {
  if (request.method !== 'POST') return '';
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { id, method, params } = JSON.parse(Buffer.concat(parts).toString('utf8'));
  try {
    return JSON.stringify({ jsonrpc: '2.0', id, result: await chain.call(method, params) });
  } catch (error) {
    return JSON.stringify({
      jsonrpc: '2.0',
      id,
      error: { code: -32_000, message: (error as Error).message },
    });
  }
}

/** Units of each asset in somebody's wallet. */
export async function unitsOf({ chain, assets }: AfterDesk, holder: string): Promise<bigint[]> {
  const all: bigint[] = [];
  for (const { token, weiPerUnit } of assets) {
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'balanceOf', args: [holder as Hex] });
    const result = (await chain.call('eth_call', [{ to: token, data }, 'latest'])) as Hex;
    const wei = decodeFunctionResult({ abi: tokenAbi, functionName: 'balanceOf', data: result }) as bigint;
    all.push(wei / BigInt(weiPerUnit));
  }
  return all;
}

/** A wallet of somebody who owns nothing here, as an extension puts it into pages of servers. */
export class StrangersWallet {
  /** Which chain it is on. */
  chainId = 1;
  readonly #chain: EmbeddedChain;

  constructor(chain: EmbeddedChain) {
    this.#chain = chain;
  }

  async enter(page: Page): Promise<void> {
    await page.exposeBinding(
      '__askWallet',
      async (_, { method, params }: { method: string; params?: unknown[] }) => {
        try {
          return { result: await this.#answer(method, params ?? []) };
        } catch (error) {
          return { error: { code: -32_000, message: (error as Error).message } };
        }
      },
    );
    await page.addInitScript(() => {
      const ask = (
        window as unknown as { __askWallet(call: object): Promise<{ result?: unknown; error?: object }> }
      ).__askWallet;
      const request = async (call: object) => {
        const { result, error } = await ask(call);
        if (error !== undefined) throw error;
        return result;
      };
      Object.assign(window, { ethereum: { request } });
    });
  }

  async #answer(method: string, params: readonly unknown[]): Promise<unknown> {
    if (method === 'eth_requestAccounts') return [addressOf('counterparty trader')];
    if (method === 'eth_chainId') return `0x${this.chainId.toString(16)}`;
    // Simulated before anything is sent, as wallets do.
    if (method === 'eth_sendTransaction') await this.#chain.call('eth_estimateGas', params);
    return await this.#chain.call(method, params);
  }
}
