import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';

/** The drawings the screens were built after stand beside the checkout, or nowhere. */
const DRAWINGS = path.resolve(import.meta.dirname, '../../../shared/design');

const asDataUrl = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`;

/**
 * Writes a picture with the drawing left and the screen right, both at their own size.
 *
 * @returns false when the drawing is not there: then nothing is written
 */
export async function sideBySide(
  browser: Browser,
  drawing: string,
  screen: Buffer,
  target: string,
): Promise<boolean> {
  const drawn = path.join(DRAWINGS, drawing);
  if (!existsSync(drawn)) return false;
  const page = await browser.newPage();
  try {
    const pictures = [readFileSync(drawn), screen].map((png) => `<img src="${asDataUrl(png)}">`);
    await page.setContent(
      `<body style="margin:0;display:inline-flex;gap:8px;background:#888">${pictures.join('')}`,
    );
    const both = page.locator('body');
    await both
      .locator('img')
      .last()
      .evaluate((image) => (image as HTMLImageElement).decode());
    const box = (await both.boundingBox())!;
    await page.setViewportSize({ width: Math.ceil(box.width), height: Math.ceil(box.height) });
    writeFileSync(target, await both.screenshot());
    return true;
  } finally {
    await page.close();
  }
}
