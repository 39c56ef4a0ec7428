import { test } from '@playwright/test';
import { startDesk } from '../desk.ts';
import { shoot } from './shoot.ts';

test('the states of the trade screen, as the gallery keeps them', async ({ page, browser }) => {
  const desk = await startDesk({ pace: 'paused' });
  try {
    await page.goto(`${desk.origin}/dev/gallery`);
    await shoot(page, browser, 'states', async () => {
      await page
        .getByRole('heading', { name: 'States' })
        .evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
    });
  } finally {
    await desk.stop();
  }
});
