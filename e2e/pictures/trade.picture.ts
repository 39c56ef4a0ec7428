import { type Page, test } from '@playwright/test';
import type { OracleView } from '../../engine/protocol/views/oracle.ts';
import { startDesk } from '../desk.ts';
import { ready, write } from '../ticket.ts';
import { signIn } from '../wallet.ts';
import { fillBook } from './fullBook.ts';
import { shoot } from './shoot.ts';

test('the trade screen, with an order half written', async ({ page, browser }) => {
  const desk = await startDesk();
  try {
    await fillBook(desk.origin);
    await page.goto(`${desk.origin}/trade/BTC-PERP`);
    await signIn(page, 'Portfolio manager');
    await writeDraft(page, desk.origin);
    await shoot(page, browser, 'trade', async () => {
      await ready(page);
    });
  } finally {
    await desk.stop();
  }
});

/** A little over the best ask, so that part of it fills and the ladder shows what it would take. */
async function writeDraft(page: Page, origin: string): Promise<void> {
  const oracle = (await (await page.request.get(`${origin}/api/v1/oracle`)).json()) as OracleView;
  const { indexE8 } = oracle.indexes.find(({ underlying }) => underlying === 'BTC')!;
  await write(page, { side: 'Buy', size: '40', price: ((indexE8 / 1e8) * 1.0005).toFixed(0) });
  await page.keyboard.press('Escape');
}
