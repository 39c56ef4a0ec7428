import type { Measurements } from './percentiles.ts';
import { acknowledgements, previewsShown, ticksToFrame } from './stores/connectionStore.ts';
import { draftStore } from './stores/draftStore.ts';
import { afterPaint } from './stores/frame.ts';

/** What this page measured of itself, for a bench or whoever opens the console: `__perf.tickToFrame.percentile(0.99)`. */
interface Perf {
  tickToFrame: Measurements;
  preview: Measurements;
  acknowledgement: Measurements;
}

declare global {
  interface Window {
    __perf?: Perf;
  }
}

/** Measures how long previews take to be seen, and shows all measurements as `window.__perf`. */
export function measurePage(): void {
  if (window.__perf !== undefined) return;
  window.__perf = {
    tickToFrame: ticksToFrame,
    preview: previewsShown,
    acknowledgement: acknowledgements,
  };
  let changedMs: number | undefined;
  draftStore.subscribe((now, before) => {
    if (now.draft !== before.draft) changedMs = performance.now();
    const { preview } = now;
    if (changedMs === undefined || preview === before.preview) return;
    if (preview.state !== 'known' || !preview.isCurrent) return;
    const sinceMs = changedMs;
    changedMs = undefined;
    // React has it already: it stands in the browser's next frame, whether that carries news of the market or not.
    requestAnimationFrame(() => afterPaint((paintedMs) => previewsShown.add(paintedMs - sinceMs)));
  });
}
