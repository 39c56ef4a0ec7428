import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { HealthView } from '../engine/protocol/views/health.ts';
import { addressOf } from '../engine/sandbox/people.ts';
import { type Desk, startDesk } from './desk.ts';
import { signShown } from './firm.ts';
import { test } from './journey.ts';
import { whole } from './quiet.ts';
import { openSettlement, regionOf, rowOf, send, vaultView, writeDeposit } from './vault.ts';

/**
 * Who signs roots are machines of their own that replay the journal first: a balance is proved although one of them is
 * killed while money is on its way.
 */
let dataDir: string;
let desk: Desk;

test.beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-e2e-'));
  desk = await startDesk({ pace: 'paused', dataDir, env: { BALLAST_SIGNERS: 'processes' } });
  await whole(desk);
});
test.afterAll(async () => {
  await desk?.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
});

const signerStates = async () => {
  const health = (await (await fetch(`${desk.origin}/api/v1/health`)).json()) as HealthView;
  return health.settlement.signers.each.map(({ state }) => state);
};

/** Ends the first signer for good: it finds its record damaged whenever it is started again. */
async function killFirst(): Promise<void> {
  const folder = path.join(dataDir, 'settlement/signers/1');
  process.kill(Number(readFileSync(path.join(folder, 'pid'), 'utf8')), 'SIGKILL');
  writeFileSync(path.join(folder, 'signed.json'), '{');
  await expect.poll(async () => (await signerStates())[0], { timeout: 60_000 }).toBe('down');
}

test('a deposit is proved under a root that two machines signed while the third was dead', async ({
  page,
}) => {
  await openSettlement(page, desk.origin, 'Portfolio manager');
  // The root that is to be proved is one that two have signed, so the first, of all three, has to be there.
  const proof = regionOf(page, 'Verify my balance');
  await expect(proof).toContainText('equal on chain', { timeout: 120_000 });
  const dialog = await writeDeposit(page, '432.10');
  await dialog.getByRole('button', { name: 'Send 2 with my wallet' }).click();
  await send(page, 'Portfolio manager', 'mint');
  await signShown(page, 'Portfolio manager', '432100000');
  await killFirst();
  await send(page, 'Portfolio manager', 'depositWithPermit');
  await expect(dialog.getByText(/^final in block/)).toHaveCount(2, { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close' }).click();

  const epoch = await test.step('the other two sign the root that counts it', async () => {
    await page.getByRole('tab', { name: 'All' }).click();
    const cell = rowOf(page, '+432.10').getByRole('cell', { name: /^credited, in root #\d+/ });
    await expect(cell).toBeVisible({ timeout: 90_000 });
    const number = Number(/^credited, in root #(\d+)/.exec((await cell.textContent()) ?? '')?.[1]);
    await expect
      .poll(async () => (await vaultView(desk.origin)).roots.find((root) => root.epoch === number), {
        timeout: 60_000,
      })
      .toMatchObject({
        state: 'final',
        signers: [addressOf('second root signer'), addressOf('third root signer')].sort(),
      });
    return number;
  });

  await test.step('the balance is recomputed under that root, and equals what the vault says', async () => {
    const shown = async () => Number(/root #(\d+), final/.exec((await proof.textContent()) ?? '')?.[1]);
    await expect.poll(shown, { timeout: 60_000 }).toBeGreaterThanOrEqual(epoch);
    await expect(proof).toContainText('recomputed from your state and salt');
    await expect(proof).toContainText('20 siblings, same root');
    await expect(proof).toContainText('equal on chain');
  });
});
