import type { Page } from '@playwright/test';
import type { Settings } from '../lib/settings/settings.ts';

/**
 * Notes are written down instead of played.
 *
 * @param sounds what was chosen before the page opens; without it nobody chose yet
 */
export async function hearTones(page: Page, sounds?: Settings['sounds']): Promise<void> {
  await page.addInitScript((chosen) => {
    const heard: number[] = [];
    const context = {
      state: 'running',
      currentTime: 0,
      destination: {},
      createGain: () => ({
        gain: { setValueAtTime() {}, linearRampToValueAtTime() {} },
        connect: () => undefined,
      }),
      createOscillator() {
        const frequency = { value: 0 };
        return {
          frequency,
          connect: (next: unknown) => next,
          start: () => heard.push(frequency.value),
          stop() {},
        };
      },
    };
    function silent() {
      return context;
    }
    Object.assign(window, { hertz: heard, AudioContext: silent });
    if (chosen !== undefined) localStorage.setItem('ballast.settings', JSON.stringify({ sounds: chosen }));
  }, sounds);
}

/** The notes since the page opened, in hertz. */
export function heardTones(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { hertz: number[] }).hertz);
}
