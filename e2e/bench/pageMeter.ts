import type { CDPSession, Page } from '@playwright/test';

/** What the browser itself reports of a page. Installed before the page opens. */
export async function installMeter(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const meter = {
      interactions: new Map<number, number>(),
      longTasks: [] as number[],
      pendingMs: [] as number[],
      answeredMs: [] as number[],
      largestPaintMs: Number.NaN,
      layoutShift: 0,
    };
    Object.assign(window, { __meter: meter });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
        if (entry.interactionId === 0) continue;
        const before = meter.interactions.get(entry.interactionId) ?? 0;
        meter.interactions.set(entry.interactionId, Math.max(before, entry.duration));
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) meter.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) meter.largestPaintMs = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    // The sum of all shifts that nobody's hand asked for: never less than the worst window of them, which is the score.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) meter.layoutShift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    let askedMs: number | undefined;
    let waiting: { row: Element; sinceMs: number } | undefined;
    const asked = (event: Event) => {
      askedMs = event.timeStamp;
    };
    addEventListener('keydown', asked, { capture: true });
    addEventListener('click', asked, { capture: true });
    const seen = new WeakSet<Element>();
    new MutationObserver(() => {
      // Solid, or gone for the order itself: often both come in one frame.
      const isAnswered = (row: Element) => !row.isConnected || row.getAttribute('data-pending') !== 'sent';
      if (waiting !== undefined && isAnswered(waiting.row)) {
        meter.answeredMs.push(performance.now() - waiting.sinceMs);
        waiting = undefined;
      }
      const row = document.querySelector('[data-pending="sent"]');
      if (row === null || askedMs === undefined || seen.has(row)) return;
      seen.add(row);
      meter.pendingMs.push(performance.now() - askedMs);
      waiting = { row, sinceMs: askedMs };
      askedMs = undefined;
    }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-pending'] });
  });
}

/** What the page wrote down since the last look. */
export async function readMeter(page: Page) {
  return await page.evaluate(() => {
    const { __meter: meter, __perf: perf } = window as unknown as {
      __meter: {
        interactions: Map<number, number>;
        longTasks: number[];
        pendingMs: number[];
        answeredMs: number[];
        largestPaintMs: number;
        layoutShift: number;
      };
      __perf: Record<
        'tickToFrame' | 'preview',
        { percentile(share: number): number | undefined; count(): number; clear(): void }
      >;
    };
    const read = {
      interactionsMs: [...meter.interactions.values()],
      longTasksMs: meter.longTasks,
      pendingMs: meter.pendingMs,
      answeredMs: meter.answeredMs,
      largestPaintMs: meter.largestPaintMs,
      layoutShift: meter.layoutShift,
      frames: perf.tickToFrame.count(),
      tickToFrameP50Ms: perf.tickToFrame.percentile(0.5),
      tickToFrameP99Ms: perf.tickToFrame.percentile(0.99),
      previews: perf.preview.count(),
      previewP99Ms: perf.preview.percentile(0.99),
    };
    meter.interactions = new Map();
    meter.longTasks = [];
    meter.pendingMs = [];
    meter.answeredMs = [];
    perf.tickToFrame.clear();
    perf.preview.clear();
    return read;
  });
}

/** Share of the time in which the main thread was at work, by its own processor time: what others run does not count. */
export async function busyShare(session: CDPSession, work: () => Promise<void>): Promise<number> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSeconds = async () => metric(await session.send('Performance.getMetrics'), 'TaskDuration');
  const before = await taskSeconds();
  const startedMs = performance.now();
  await work();
  const tookMs = performance.now() - startedMs;
  return ((await taskSeconds()) - before) / (tookMs / 1_000);
}

/** Bytes in use after what nobody holds was swept away, and nodes in all documents. */
export async function footprint(session: CDPSession): Promise<{ heapMb: number; nodes: number }> {
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const metrics = await session.send('Performance.getMetrics');
  await session.send('HeapProfiler.disable');
  return { heapMb: metric(metrics, 'JSHeapUsedSize') / 1e6, nodes: metric(metrics, 'Nodes') };
}

function metric({ metrics }: { metrics: { name: string; value: number }[] }, name: string): number {
  return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}

/** Times between the frames of a page while something is done, and the tasks over 50 ms among them. */
export async function framesOf(
  page: Page,
  work: () => Promise<void>,
): Promise<{ framesMs: number[]; longTasksMs: number[] }> {
  await page.evaluate(() => {
    const meter = { isOn: true, framesMs: [] as number[], longTasksMs: [] as number[] };
    Object.assign(window, { __frames: meter });
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) meter.longTasksMs.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let lastMs: number | undefined;
    const look = (nowMs: number) => {
      if (!meter.isOn) return observer.disconnect();
      if (lastMs !== undefined) meter.framesMs.push(nowMs - lastMs);
      lastMs = nowMs;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await work();
  return await page.evaluate(() => {
    const { __frames: meter } = window as unknown as {
      __frames: { isOn: boolean; framesMs: number[]; longTasksMs: number[] };
    };
    meter.isOn = false;
    const { framesMs, longTasksMs } = meter;
    return { framesMs, longTasksMs };
  });
}
