import { formatMark } from '../../../../lib/format.ts';
import { useMarkFreshness } from '../../../../lib/hooks/freshness.ts';
import { AlignedNum } from '../../../grid/AlignedNum.tsx';
import type { PositionRow } from './Positions.state.ts';

/** The mark the row was computed at, with its age once it is old. */
export function MarkNum({ row: { position, market }, decimals }: { row: PositionRow; decimals: number }) {
  const freshness = useMarkFreshness(position.instrument);
  const age = freshness.face === 'stale' ? { face: 'stale' as const, ageMs: freshness.ageMs } : {};
  return (
    <AlignedNum
      text={formatMark(position.markUsdPerLot, market)}
      significant={1}
      decimals={decimals}
      {...age}
    />
  );
}
