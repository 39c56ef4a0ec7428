import type { FirmRiskView } from '../../engine/protocol/views/firmRisk.ts';
import { getJson, RequestError } from '../http.ts';
import { isPast } from '../past/asOf.ts';
import { firmRiskStore } from '../stores/firmRiskStore.ts';

/** How often a desk is looked at: margin is read by people, and orders have the stream. */
const EVERY_MS = 1_000;
/** Of an answer's time: a desk that is slow to answer is asked less often. */
const REST = 10;

let wake = () => {};
/** Something was changed since the last question was asked. */
let isChanged = false;

/** Keeps all accounts of who is signed in on the page, at one sequence each time, until aborted. */
export async function followFirmRisk(life: AbortSignal): Promise<void> {
  while (!life.aborted) {
    const startMs = performance.now();
    isChanged = false;
    try {
      const view = await getJson<FirmRiskView>('/api/v1/firm/risk');
      if (life.aborted) return;
      firmRiskStore.setState({ view, receivedMs: Date.now(), error: undefined });
      if (isPast) return;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // What was known stays on screen, held, with its age.
      if (!life.aborted) firmRiskStore.setState({ error: error.error });
    }
    // What was asked before the change answers for what was before it.
    if (isChanged) continue;
    const restMs = Math.max(EVERY_MS, REST * (performance.now() - startMs));
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, restMs);
    });
  }
}

/** Asks at once, however long the last answer took: this page has just changed something. */
export function refreshFirmRisk(): void {
  isChanged = true;
  wake();
}
