import type { Page } from '@playwright/test';

export interface Sleep {
  /** When the page was woken, by the machine's clock. */
  readonly wokenMs: number;
  /** The longest time between two of its frames. */
  readonly sleptMs: number;
}

/**
 * Stops the process that draws a page and runs its code, as an operating system does with what nobody looks at, and
 * lets it go on: the desk talks on, and what it says waits. The browser's own word for it, `Page.setWebLifecycleState`,
 * does nothing to a page that is seen, and one without a head always is.
 */
export async function sleep(page: Page, forMs: number): Promise<Sleep> {
  await page.evaluate(() => {
    const slept = { longestMs: 0 };
    Object.assign(window, { __slept: slept });
    let lastMs = Date.now();
    const look = () => {
      slept.longestMs = Math.max(slept.longestMs, Date.now() - lastMs);
      lastMs = Date.now();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  let wokenMs: number;
  for (const pid of renderers) process.kill(pid, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, forMs));
  } finally {
    // Before the word: the page may run before this process does again.
    wokenMs = Date.now();
    for (const pid of renderers) process.kill(pid, 'SIGCONT');
  }
  await page.waitForFunction(
    (leastMs) => (window as unknown as { __slept: { longestMs: number } }).__slept.longestMs > leastMs,
    forMs / 2,
    { timeout: 10_000 },
  );
  const sleptMs = await page.evaluate(
    () => (window as unknown as { __slept: { longestMs: number } }).__slept.longestMs,
  );
  return { wokenMs, sleptMs };
}
