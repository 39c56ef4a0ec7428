// Goal: a chain that hangs is said to hang, holds nobody up who trades, and counts nothing twice. How: a whole desk on its
// own market, the chain's real program stopped for twenty seconds and let go on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { until } from '../../lab/chain/testChain.ts';
import { newClientId } from '../../lab/deskClient.ts';
import { FirmPerson } from '../../lab/firmPerson.ts';
import type { HealthView } from '../../protocol/views/health.ts';
import type { SettlementView } from '../../protocol/views/settlement.ts';
import { boot, type RunningDesk } from '../boot.ts';
import { readConfig } from '../config.ts';

let dir: string;
let running: RunningDesk;
let manager: FirmPerson;
const [MANAGER, ALTS] = [2, 9];
const HANG_MS = 20_000;
/** Units of one grant. */
const GRANT = 1_000_000_000n;
/** Ends what hangs, on a machine that has other things to do. */
const PATIENCE_MS = 60_000;
vi.setConfig({ testTimeout: 5 * PATIENCE_MS });

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-hanging-chain-'));
  const env = { PORT: '0', BALLAST_DATA: dir, BALLAST_PAGES: 'off', BALLAST_RECORDS: 'off' };
  running = await boot(readConfig([], env), (sentence) => {
    throw new Error(sentence);
  });
  manager = await FirmPerson.signIn(running.address, MANAGER);
  await settled(async () => (await view()).status === 'open');
  await settled(trades);
});
afterAll(async () => {
  await running.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 9 });
});

const view = async () => (await manager.client.get<SettlementView>('/api/v1/settlement')).body;
const health = async () => (await manager.client.get<HealthView>('/api/v1/health')).body;

async function settled(isSo: () => Promise<boolean>): Promise<void> {
  await until(isSo, () => JSON.stringify(running.desk.health()), PATIENCE_MS);
}

/** Whether an order is filled now; the market is not always there to fill it. */
async function trades(): Promise<boolean> {
  const order = {
    account: ALTS,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'market',
    size: '0.001',
  } as const;
  return await manager.trade({ ...order, clientId: newClientId() }).then(
    () => true,
    () => false,
  );
}

function faucet() {
  const grant = { account: ALTS, asset: 'USDC', amount: '1000' };
  return manager.client.post('/api/v1/sandbox/faucet', grant);
}

test('a chain that hangs is told, trading goes on, and nothing is credited twice', async () => {
  const before = await view();
  const { depositCursor } = (await health()).settlement;
  const { pid } = running.desk.chain.embedded();
  process.kill(pid!, 'SIGSTOP');
  const hung = delay(HANG_MS);
  const refused = await faucet();
  expect([refused.status, refused.body.error?.code]).toEqual([503, 'chain.unavailable']);
  await settled(async () => /does not answer/.test((await health()).chain.sentence));
  await settled(async () => /does not answer|ended|started again/.test((await view()).sentence));
  const { status } = await health();
  expect(status).toBe('ok');
  await settled(trades);
  await hung;
  // Gone by now where the desk has started another one.
  if (running.desk.chain.embedded().pid === pid) process.kill(pid!, 'SIGCONT');
  await settled(async () => (await faucet()).status === 200);
  // The view is of the last whole look, health of now.
  await settled(async () => {
    const { sentence, assets } = await view();
    const count = (await health()).settlement.depositCursor - depositCursor;
    const came = BigInt(assets[0]!.credited) - BigInt(before.assets[0]!.credited);
    return sentence.startsWith('Deposits are credited') && count > 0 && came === BigInt(count) * GRANT;
  });
  const after = await view();
  expect(after.assets.map(({ held }) => held)).toEqual(after.assets.map(({ credited }) => credited));
});
