import { FramePace } from './framePace.ts';

const due = new Set<() => void>();
const pace = new FramePace();
let isScheduled = false;

/**
 * Runs each due flush once at the next frame that carries news, all in one task, so that every pane of a frame shows
 * the same moment and React renders once.
 */
export function onNextFrame(flush: () => void): void {
  due.add(flush);
  if (isScheduled) return;
  isScheduled = true;
  // Without a page (server rendering, tests) there is no frame to wait for.
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(runFrame);
  else setTimeout(runDue, 0);
}

/** How long until a frame carries news: what comes earlier can wait elsewhere. */
export function untilNewsMs(): number {
  return pace.restMs(performance.now());
}

/**
 * What hands wait for is drawn first: news stands back from when they ask until the frame that shows the answer.
 *
 * @param isWaiting false when it was answered, or will not be
 */
export function handsWait(isWaiting: boolean): void {
  if (isWaiting) pace.standBack(performance.now());
  else if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => pace.stepForward());
}

function runFrame(frameMs: number): void {
  if (!pace.mayDraw(frameMs)) {
    requestAnimationFrame(runFrame);
    return;
  }
  const startMs = performance.now();
  pace.drawn(frameMs);
  runDue();
  afterPaint((paintedMs) => pace.cost(paintedMs - startMs));
}

function runDue(): void {
  isScheduled = false;
  const flushes = [...due];
  due.clear();
  for (const flush of flushes) flush();
}

const painted = new Set<(paintedMs: number) => void>();
let port: MessagePort | undefined;

/**
 * Calls back when the frame that is being made is on its way to the screen: a message sent from within it is
 * delivered right after it was laid out and painted. To be called from a flush.
 *
 * @param run gets the page's own clock, as `performance.now()` reads it
 */
export function afterPaint(run: (paintedMs: number) => void): void {
  if (typeof requestAnimationFrame !== 'function') return;
  painted.add(run);
  if (port === undefined) {
    const channel = new MessageChannel();
    channel.port1.onmessage = runPainted;
    port = channel.port2;
  }
  if (painted.size === 1) port.postMessage(undefined);
}

function runPainted(): void {
  const nowMs = performance.now();
  const runs = [...painted];
  painted.clear();
  for (const run of runs) run(nowMs);
}
