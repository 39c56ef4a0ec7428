import type { MarginView, ScanView } from '../../../../engine/protocol/views/margin.ts';
import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';

/** Share of equity from which the bar warns: the requirement has eaten most of it. */
export const WARN_SHARE = 0.8;

/** Parts of the bar as shares of its width, left to right. Equity is the whole bar while it covers everything. */
export interface MarginBar {
  maintenance: number;
  initial: number;
  /** Where equity ends: 1, or less when a requirement is larger than it. */
  equity: number;
  warn: number;
  after: { maintenance: number; initial: number } | undefined;
}

export function marginBar(margin: MarginView, after: PreviewSideView | undefined): MarginBar | undefined {
  const most = Math.max(margin.equityUsd, margin.initialUsd, margin.maintenanceUsd, after?.initialUsd ?? 0);
  if (most <= 0) return undefined;
  const share = (usd: number) => Math.max(0, usd) / most;
  return {
    maintenance: share(margin.maintenanceUsd),
    initial: share(margin.initialUsd),
    equity: share(margin.equityUsd),
    warn: share(margin.equityUsd) * WARN_SHARE,
    after: after && { maintenance: share(after.maintenanceUsd), initial: share(after.initialUsd) },
  };
}

/** The ticket's effect, when the follower has said it for the terms on screen and the engine would accept them. */
export function ticketEffect(preview: PreviewState): PreviewView | undefined {
  if (preview.state !== 'known' || !preview.isCurrent || preview.preview.refusal !== undefined)
    return undefined;
  return preview.preview;
}

export type MarginState = 'unknown' | 'covered' | 'tight' | 'uncovered' | 'liquidation';

export function marginState(margin: MarginView | undefined): MarginState {
  if (margin === undefined) return 'unknown';
  if (margin.ratioPpm < 0 || margin.maintenanceUsd > margin.equityUsd) return 'liquidation';
  if (margin.freeUsd < 0) return 'uncovered';
  return margin.initialUsd > WARN_SHARE * margin.equityUsd && margin.initialUsd > 0 ? 'tight' : 'covered';
}

/** What the state means, when it means something. */
export const stateWords: Record<MarginState, string> = {
  unknown: '',
  covered: '',
  tight: 'over 80 % of equity is bound',
  uncovered: 'initial margin is not covered: only orders that reduce risk pass',
  liquidation: 'maintenance margin is not covered: liquidation',
};

/** Charges on top of the scan. */
export function addOnsUsd(scan: ScanView): number {
  return scan.addOns.reduce((sum, row) => sum + row.usd, 0);
}
