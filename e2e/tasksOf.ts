import type { Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Processor time of the thread, µs; of a task that was under way when the watch began or ended, none. */
  readonly tdur?: number;
}

const TASK = 'ThreadControllerImpl::RunTask';
const MAIN_THREAD = 'CrRendererMain';

/**
 * What each whole task of the page's main thread took, ms of its own processor time. Not how long it lasted: on a busy
 * machine a task of 5 ms lasts 100 ms every few seconds, for no fault of the page.
 */
export async function tasksOf(page: Page, watch: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel'] });
  await watch();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const isMain = ({ ph, name, args }: TraceEvent) =>
    ph === 'M' && name === 'thread_name' && args.name === MAIN_THREAD;
  const main = new Set(traceEvents.filter(isMain).map(place));
  const tasks = traceEvents.filter((event) => event.name === TASK && main.has(place(event)));
  return tasks.flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1_000]));
}
