import type { PreviewSideView } from '../../../../engine/protocol/views/preview.ts';
import type { ChangeDraft, ChangeKind } from '../../../../lib/firm/change.ts';
import { sigmasText } from '../../../../lib/firm/sigmasText.ts';
import { formatRatio, formatUsd } from '../../../../lib/format.ts';

const titles: Record<ChangeKind, string> = {
  MoveNode: 'Move to another group',
  PortPosition: 'Port a position',
  Transfer: 'Transfer collateral',
  OpenNode: 'Open below',
  RenameNode: 'Rename',
  TagNode: 'Strategy tags',
  SetNodeState: 'Freeze or reduce only',
  SetLimits: 'Change limits',
  SetMarginCalls: 'Margin calls',
  Flatten: 'Flatten',
  ArchiveNode: 'Close for good',
  NetPositions: 'Cross opposite positions',
  SetNettingWindow: 'Netting window',
  SetSegregation: 'Keep apart',
  ListDestination: 'Address for withdrawals',
  UnlistDestination: 'Take an address off the book',
  SetWithdrawalLimits: 'Withdrawal limits',
};

export function titleOf(draft: ChangeDraft): string {
  if (draft.kind === 'OpenNode') return draft.isAccount ? 'New subaccount' : 'New group';
  if (draft.kind === 'SetSegregation' && !draft.isSegregated) return 'Keep apart no longer';
  return titles[draft.kind];
}

/** A number of an account before and after; `after` is empty where nothing changes. */
export interface Figure {
  name: string;
  before: string;
  after: string;
}

const figures: readonly { name: string; of: (side: PreviewSideView) => string }[] = [
  { name: 'Equity', of: ({ equityUsd }) => formatUsd(equityUsd) },
  { name: 'Initial margin', of: ({ initialUsd }) => formatUsd(initialUsd) },
  { name: 'Free margin', of: ({ freeUsd }) => formatUsd(freeUsd) },
  { name: 'MM ÷ equity', of: ({ ratioPpm }) => formatRatio(ratioPpm) },
  {
    name: 'Distance',
    of: ({ distanceSigmas }) => sigmasText(distanceSigmas),
  },
];

export const figureNames = figures.map(({ name }) => name);

/** Change is what stands out: what stays the same is said once. */
export function figuresOf({ before, after }: { before: PreviewSideView; after: PreviewSideView }): Figure[] {
  return figures.map(({ name, of }) => {
    const [was, is] = [of(before), of(after)];
    return { name, before: was, after: was === is ? '' : is };
  });
}
