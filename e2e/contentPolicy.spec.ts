import { expect, type Page } from '@playwright/test';
import { startDesk } from './desk.ts';
import { test } from './journey.ts';

/**
 * Pages that do on purpose what the content policy stops: that it is heard, here and by the desk, is what the silence of
 * all other journeys is worth.
 */

/** What markup that was smuggled into a page would try. */
async function smuggle(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/status`);
  await page.evaluate(() => {
    const markup = '<img src="https://evil.example/pixel" onerror="document.title = 1"><style>p{}</style>';
    document.body.insertAdjacentHTML('beforeend', markup);
  });
}

const ofStatus = (origin: string) => [
  `img-src https://evil.example/pixel at ${origin}/status`,
  `script-src-attr inline at ${origin}/status`,
  `style-src-elem inline at ${origin}/status`,
];

test('what the policy stops is heard on every page of every context, and told to the desk', async ({
  page,
  context,
  browser,
  stopped,
}) => {
  const desk = await startDesk({ pace: 'paused' });
  const elsewhere = await browser.newContext();
  const pages = [page, await context.newPage(), await elsewhere.newPage(), await browser.newPage()];
  for (const each of pages) {
    await smuggle(each, desk.origin);
    await expect.poll(() => stopped.toSorted()).toEqual(ofStatus(desk.origin));
    // This journey expects them; one that does not would fail by them.
    stopped.length = 0;
  }
  for (const each of pages.slice(2)) await each.context().close();
  const reports = () => desk.output().split('content security report: {"csp-report"').length - 1;
  await expect.poll(reports).toBe(3 * pages.length);
  const metrics = await (await fetch(`${desk.origin}/api/v1/metrics`)).text();
  expect(metrics).toMatch(new RegExp(`^ballast_csp_reports_total ${3 * pages.length}$`, 'm'));
  await expect(desk.stop()).rejects.toThrow('The content policy stopped something');
});

test('a journey in which it stops something fails', async ({ page, stopped }) => {
  test.fail();
  await page.route('http://desk.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': "default-src 'none'" },
      body: '<!doctype html><title>stopped</title><style>p{}</style>',
    }),
  );
  await page.goto('http://desk.example/');
  await expect.poll(() => stopped.length).toBe(1);
});
