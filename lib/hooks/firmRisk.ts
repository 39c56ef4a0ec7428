import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import type { FirmRiskView } from '../../engine/protocol/views/firmRisk.ts';
import { followFirmRisk } from '../firm/followFirmRisk.ts';
import { type Branch, treeOf } from '../firm/tree.ts';
import type { Freshness } from '../freshness.ts';
import { firmRiskStore, forgetFirmRisk } from '../stores/firmRiskStore.ts';
import { useSession } from './account.ts';
import { useFirm } from './firm.ts';
import { useNow } from './now.ts';

const AGE_INTERVAL_MS = 500;
/** Asked every second or, of a large firm, a little less often. */
const STALE_MS = 3_500;

/** Follows all accounts of who is signed in while a page is open that shows them. Once per page. */
export function useFollowFirmRisk(): void {
  const session = useSession();
  const who = session.state === 'signedIn' ? session.session.address : undefined;
  useEffect(() => {
    if (who === undefined) return;
    const life = new AbortController();
    void followFirmRisk(life.signal);
    return () => {
      life.abort();
      forgetFirmRisk();
    };
  }, [who]);
}

/** Accounts and limits of the last answer. */
export function useFirmRisk(): FirmRiskView | undefined {
  return useStore(firmRiskStore, ({ view }) => view);
}

/** One tree for all panes: of a thousand accounts it is summed once an answer, not once a pane. */
let last: { nodes: FirmView['nodes']; risk: FirmRiskView; tree: Branch | undefined } | undefined;

function sharedTree(nodes: FirmView['nodes'], risk: FirmRiskView): Branch | undefined {
  if (last?.nodes !== nodes || last.risk !== risk) last = { nodes, risk, tree: treeOf(nodes, risk) };
  return last.tree;
}

/** The firm's tree with what stands at each place, summed; undefined until both are known. */
export function useFirmTree(): Branch | undefined {
  const nodes = useFirm()?.nodes;
  const risk = useFirmRisk();
  return nodes === undefined || risk === undefined ? undefined : sharedTree(nodes, risk);
}

export function useFirmRiskFreshness(): Freshness {
  const receivedMs = useStore(firmRiskStore, (store) => store.receivedMs);
  const error = useStore(firmRiskStore, (store) => store.error);
  const nowMs = useNow(AGE_INTERVAL_MS);
  if (receivedMs === 0) return { face: 'unknown' };
  const ageMs = Math.max(0, nowMs - receivedMs);
  if (ageMs < STALE_MS) return { face: 'fresh', ageMs };
  return { face: 'stale', ageMs, reason: error?.message ?? 'The desk is slow to answer.' };
}
