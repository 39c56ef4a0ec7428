import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { sideBySide } from './sideBySide.ts';

const DOCS = path.resolve(import.meta.dirname, '../../docs');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
] as const;
const THEMES = ['dark', 'light'] as const;

/**
 * Takes a page in each size and theme, beside the drawing of the same name and size.
 *
 * @param name of the drawing, of the pictures, and of the plain one in the README
 * @param settle brings the page to what is to be seen, at its new size
 */
export async function shoot(
  page: Page,
  browser: Browser,
  name: string,
  settle: () => Promise<void>,
): Promise<void> {
  for (const { width, height } of SIZES) {
    for (const theme of THEMES) {
      await page.setViewportSize({ width, height });
      await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
      await settle();
      const png = await page.screenshot();
      const size = `${width}x${height}`;
      if (theme === 'dark' && width === 1440) writeFileSync(path.join(DOCS, `${name}.png`), png);
      await sideBySide(browser, `${name}-${size}.png`, png, path.join(DOCS, `${name}-${theme}-${size}.png`));
    }
  }
}
