import { formatMark } from '../../../../lib/format.ts';
import { useAccountFreshness, useMarkFreshness } from '../../../../lib/hooks/freshness.ts';
import { AlignedNum } from '../../../grid/AlignedNum.tsx';
import type { PositionRow } from './Positions.state.ts';

/** The mark the row was computed at, with its age once it is old alone: with all of the account's the pane says it. */
export function MarkNum({ row: { position, market }, decimals }: { row: PositionRow; decimals: number }) {
  const freshness = useMarkFreshness(position.instrument);
  const isAllOld = useAccountFreshness().face === 'stale';
  const age =
    freshness.face === 'stale' && !isAllOld ? { face: 'stale' as const, ageMs: freshness.ageMs } : {};
  return (
    <AlignedNum
      text={formatMark(position.markUsdPerLot, market)}
      significant={1}
      decimals={decimals}
      {...age}
    />
  );
}
