import { expect, type Page } from '@playwright/test';

/**
 * Writes down what a screen reader would be told without asking: each change inside a live region, with the region's
 * words. What is marked as off inside one is silent when it changes alone. Called before the page opens.
 */
export async function listenTo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    const last = new WeakMap<Element, string>();
    Object.assign(window, { heard });
    const manner = (element: Element) => {
      const live = element.getAttribute('aria-live');
      if (live !== null) return live;
      const role = element.getAttribute('role');
      return role === 'status' || role === 'log' ? 'polite' : role === 'alert' ? 'assertive' : null;
    };
    const regionOf = (node: Node) => {
      let element = node instanceof Element ? node : node.parentElement;
      while (element !== null && manner(element) === null) element = element.parentElement;
      return element === null || manner(element) === 'off' ? undefined : element;
    };
    const listen = (changes: MutationRecord[]) => {
      for (const region of new Set(changes.map(({ target }) => regionOf(target)))) {
        const words = region?.textContent?.trim() ?? '';
        if (region === undefined || words === last.get(region)) continue;
        last.set(region, words);
        if (words !== '') heard.push(words);
      }
    };
    new MutationObserver(listen).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

export function heardOn(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

/** @param from how much had been heard before: only what came since counts */
export async function expectHeard(page: Page, words: RegExp, from = 0): Promise<void> {
  await expect
    .poll(async () => (await heardOn(page)).slice(from).join('\n'), { message: `hears ${words}` })
    .toMatch(words);
}
