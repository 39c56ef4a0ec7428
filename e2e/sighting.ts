import { expect, type JSHandle, type Page } from '@playwright/test';

/** Words on the page, or that they are gone from it. */
export interface Sign {
  /** Selector of the element whose words are read; words count while one such element is seen. */
  readonly at: string;
  readonly says: RegExp;
  readonly isGone?: boolean;
}

/** What a page that looks by itself has to tell. */
interface Sighting {
  /** The first frame with every sign. */
  readonly atMs: number;
  /** When the machine did not run the page: longer than a task of ours may be (`budget.spec.ts`). */
  readonly stalls: readonly Stall[];
}

export interface Watch {
  /**
   * The page showed every sign so soon after `fromMs`, by its own look at each frame: asking it from outside would find
   * it up to half a second later. Time in which the machine did not run the page at all is not counted.
   *
   * @param others when it did not run what stands between page and desk, which is not counted either
   * @returns when, by the machine's clock
   */
  seenWithin(boundMs: number, fromMs: number, others?: readonly Stall[]): Promise<number>;
}

/** By the machine's clock. */
export type Stall = readonly [fromMs: number, toMs: number];

export const TICK_MS = 20;
export const STALL_MS = 100;
/** A page that never shows it is not waited for any longer. */
const GIVE_UP_MS = 20_000;

/** The page begins to look for these signs now, all of them in one frame. */
export async function watchFor(page: Page, signs: readonly Sign[]): Promise<Watch> {
  const told = signs.map(({ at, says, isGone = false }) => ({ at, isGone, source: says.source }));
  const timing = { tickMs: TICK_MS, stallMs: STALL_MS, giveUpMs: GIVE_UP_MS };
  const looking: JSHandle<{ sighting: Promise<Sighting | undefined> }> = await page.evaluateHandle(
    ({ told, tickMs, stallMs, giveUpMs }) => {
      const stalls: [number, number][] = [];
      let lastMs = Date.now();
      const endMs = lastMs + giveUpMs;
      const tick = () => {
        const nowMs = Date.now();
        if (nowMs - lastMs > stallMs) stalls.push([lastMs + tickMs, nowMs]);
        lastMs = nowMs;
      };
      const signs = told.map(({ at, isGone, source }) => ({ at, isGone, says: new RegExp(source) }));
      const isThere = () =>
        signs.every(({ at, isGone, says }) => {
          const seen = [...document.querySelectorAll(at)].filter((element) => element.checkVisibility());
          return seen.some(({ textContent }) => says.test(textContent ?? '')) !== isGone;
        });
      const ticking = setInterval(tick, tickMs);
      const sighting = new Promise<{ atMs: number; stalls: [number, number][] } | undefined>((resolve) => {
        const look = () => {
          tick();
          const isSeen = isThere();
          if (!isSeen && lastMs < endMs) return void requestAnimationFrame(look);
          clearInterval(ticking);
          resolve(isSeen ? { atMs: lastMs, stalls } : undefined);
        };
        look();
      });
      return { sighting };
    },
    { told, ...timing },
  );
  return {
    async seenWithin(boundMs, fromMs, others = []) {
      const sighting = await looking.evaluate(({ sighting }) => sighting);
      const words = signs.map(({ says, isGone }) => `${isGone ? 'no ' : ''}${says}`).join(', ');
      expect(sighting, `is seen at all: ${words}`).toBeDefined();
      const { atMs, stalls } = sighting!;
      const lostMs = lengthOf([...stalls, ...others], fromMs, atMs);
      expect(atMs - fromMs - lostMs, `ms until ${words}`).toBeLessThanOrEqual(boundMs);
      return atMs;
    },
  };
}

/** How long at least one of them lasted between two moments. */
function lengthOf(stalls: readonly Stall[], fromMs: number, toMs: number): number {
  let [sumMs, endMs] = [0, fromMs];
  for (const [from, to] of [...stalls].sort((a, b) => a[0] - b[0])) {
    const begunMs = Math.max(from, endMs);
    const endedMs = Math.min(to, toMs);
    if (endedMs <= begunMs) continue;
    sumMs += endedMs - begunMs;
    endMs = endedMs;
  }
  return sumMs;
}
