/**
 * Runs each due flush once at the next animation frame, all in one task, so that every pane of a
 * frame shows the same moment and React renders once.
 */
const due = new Set<() => void>();
let isScheduled = false;

export function onNextFrame(flush: () => void): void {
  due.add(flush);
  if (isScheduled) return;
  isScheduled = true;
  // Without a page (server rendering, tests) there is no frame to wait for.
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(runDue);
  else setTimeout(runDue, 0);
}

function runDue(): void {
  isScheduled = false;
  const flushes = [...due];
  due.clear();
  for (const flush of flushes) flush();
}
