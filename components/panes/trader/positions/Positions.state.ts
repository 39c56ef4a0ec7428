import type { AccountView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceRowView } from '../../../../engine/protocol/views/margin.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { PPM_SCALE } from '../../../../engine/units/rate.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';

/** A position as its row shows it. */
export interface PositionRow {
  readonly position: PositionView;
  readonly market: MarketView;
  /** Firm and account, for grouping. */
  readonly account: string;
  /** Of the loss on the way the shares are of, ppm; negative where it hedges, undefined where nothing loses. */
  readonly sharePpm: number | undefined;
  /** The move of this price alone that liquidates; undefined where none does. */
  readonly own: DistanceRowView | undefined;
  /** The first row of its underlying says where the price must go; the others point to it. */
  readonly ownIn: string | undefined;
  /** Move of its underlying in the worst case of maintenance margin. */
  readonly worstMove: number;
}

/** Largest share of the risk first, and what hedges it last. */
export const positionsLayout: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'share', isDescending: true }],
  groupBy: '',
};

export function positionRows(view: AccountView, markets: readonly MarketView[]): PositionRow[] {
  const known = view.positions.flatMap((position) => {
    const market = markets.find(({ instrument }) => instrument === position.instrument);
    return market === undefined ? [] : [{ position, market }];
  });
  const losses = known.map(({ position, market }) => lossOnTheWay(view, position, market));
  const lossUsd = losses.reduce((sum, loss) => sum + loss, 0);
  const lead = leadersOf(known);
  return known.map(({ position, market }, at) => {
    const first = lead.get(market.underlying);
    return {
      position,
      market,
      account: `${view.firmLabel} / ${view.label}`,
      sharePpm: lossUsd > 0 ? Math.round(((losses[at] ?? 0) / lossUsd) * PPM_SCALE) : undefined,
      own: view.distance.rows.find((row) => row.kind === 'own' && row.underlying === market.underlying),
      ownIn: first === market.name ? undefined : first,
      worstMove: moveIn(view.margin.maintenance.scenario.moves, market.underlying),
    };
  });
}

/**
 * Moves by which risk is shared out: those of the most likely way to liquidation, and of the worst case of
 * maintenance margin for an account that no way leads there.
 */
export function sharedWay({
  distance,
  margin,
}: AccountView): readonly { underlying: string; move: number }[] {
  return distance.path.length > 0 ? distance.path : margin.maintenance.scenario.moves;
}

function lossOnTheWay(view: AccountView, { deltaUsd }: PositionView, market: MarketView): number {
  return 0 - deltaUsd * moveIn(sharedWay(view), market.underlying);
}

/** By underlying the market that stands for it: its perpetual, else the largest delta. */
function leadersOf(
  known: readonly { position: PositionView; market: MarketView }[],
): ReadonlyMap<string, string> {
  const weight = ({ position, market }: (typeof known)[number]) =>
    market.kind === 'perpetual' ? Number.POSITIVE_INFINITY : Math.abs(position.deltaUsd);
  const sorted = [...known].sort((a, b) => weight(a) - weight(b));
  return new Map(sorted.map(({ market }) => [market.underlying, market.name]));
}

function moveIn(moves: ReturnType<typeof sharedWay>, underlying: string): number {
  return moves.find((each) => each.underlying === underlying)?.move ?? 0;
}

/** The last row: sums, and what of the scan belongs to no position. */
export interface PositionTotals {
  notionalUsd: number;
  unrealizedPnlUsd: number;
  carryUsdPerDay: number;
  deltaUsd: number;
  scanUsd: number;
  sharePpm: number;
}

export function totalsOf(rows: readonly PositionRow[]): PositionTotals {
  const sum = (of: (row: PositionRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    notionalUsd: sum(({ position }) => position.notionalUsd),
    unrealizedPnlUsd: sum(({ position }) => position.unrealizedPnlUsd),
    carryUsdPerDay: sum(({ position }) => position.carryUsdPerDay),
    deltaUsd: sum(({ position }) => position.deltaUsd),
    scanUsd: sum(({ position }) => position.scanUsd),
    sharePpm: sum(({ sharePpm }) => sharePpm ?? 0),
  };
}
