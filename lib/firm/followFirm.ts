import type { FirmView, ProposalsView } from '../../engine/protocol/views/firm.ts';
import { getJson, RequestError } from '../http.ts';
import { isPast } from '../past/asOf.ts';
import { firmStore } from '../stores/firmStore.ts';
import { refreshFirmRisk } from './followFirmRisk.ts';

/** What somebody else signs is on this screen within two seconds. */
const EVERY_MS = 1_000;

let wake = () => {};

/** Keeps firm and proposals on the page until aborted. The firm itself is asked for when something of it changed. */
export async function followFirm(life: AbortSignal): Promise<void> {
  let stamp: number | undefined;
  while (!life.aborted) {
    try {
      const proposals = await getJson<ProposalsView>('/api/v1/proposals');
      const firm = proposals.firmStamp === stamp ? undefined : await getJson<FirmView>('/api/v1/firm');
      if (life.aborted) return;
      stamp = proposals.firmStamp;
      const known = firm ?? firmStore.getState().firm;
      firmStore.setState({ proposals, firm: known, receivedMs: Date.now(), error: undefined });
      if (isPast) return;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // What was known stays on screen, held, with its age.
      if (!life.aborted) firmStore.setState({ error: error.error });
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, EVERY_MS);
    });
  }
}

/** Asks at once: this page has just changed something. */
export function refreshFirm(): void {
  wake();
  refreshFirmRisk();
}
