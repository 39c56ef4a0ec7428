import { type BrowserContext, test as playwright } from '@playwright/test';

interface WholeWorker {
  /** What the content policy stopped, in all pages, since somebody last took it out. */
  stopped: string[];
}

interface EachJourney {
  /** Fails a journey in which the policy stopped something; one that provokes it takes out what it expects. */
  nothingStopped: undefined;
}

/**
 * The `test` of every journey: whatever page it opens, in whichever context, the content policy has nothing to stop
 * there.
 */
export const test = playwright.extend<EachJourney, WholeWorker>({
  stopped: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const stopped: string[] = [];
      await use(stopped);
      // After the last journey: what is left is from the hooks of a file.
      expectNone(stopped);
    },
    { scope: 'worker' },
  ],
  browser: [
    async ({ browser, stopped }, use) => {
      const open = browser.newContext.bind(browser);
      // Playwright's own `page` and `browser.newPage()` come through here too.
      browser.newContext = async (options) => {
        const context = await open(options);
        await listen(context, stopped);
        return context;
      };
      await use(browser);
    },
    { scope: 'worker' },
  ],
  nothingStopped: [
    async ({ stopped }, use) => {
      await use(undefined);
      expectNone(stopped.splice(0));
    },
    { auto: true },
  ],
});

function expectNone(stopped: readonly string[]): void {
  if (stopped.length > 0)
    throw new Error(`The content policy stopped something in this journey:\n${stopped.join('\n')}`);
}

/** From the first document on, in all frames of all pages; a worker tells its console. */
async function listen(context: BrowserContext, stopped: string[]): Promise<void> {
  context.on('console', (message) => {
    if (message.worker() !== null && message.text().includes('Content Security Policy'))
      stopped.push(message.text());
  });
  await context.exposeBinding('__stopped', (_, words: string) => stopped.push(words));
  await context.addInitScript(() => {
    const tell = (window as unknown as { __stopped(words: string): Promise<unknown> }).__stopped;
    document.addEventListener('securitypolicyviolation', (event) => {
      void tell(`${event.effectiveDirective} ${event.blockedURI} at ${event.documentURI}`);
    });
  });
}
