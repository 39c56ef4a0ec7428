import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { VenueComparisonView, VenueLegView } from '../../../../engine/protocol/views/venues.ts';
import { formatMove, formatUsd } from '../../../../lib/format.ts';

/** One venue as a row; `here` is this desk. */
export interface VenueRow {
  id: string;
  name: string;
  state: 'here' | VenueComparisonView['state'];
  initialUsd: number | undefined;
  maintenanceUsd: number | undefined;
  /** Initial margin there ÷ here; undefined where one of them asks for nothing. */
  timesHere: number | undefined;
  nearest: string;
  /** The first thing to know where there is no number. */
  obstacle: string;
}

/** This desk first, then the venues in the order they came in. */
export function venueRows(
  account: Pick<AccountView, 'margin' | 'distance'>,
  venues: readonly VenueComparisonView[],
): readonly VenueRow[] {
  const { initialUsd, maintenanceUsd } = account.margin;
  const here: VenueRow = {
    id: 'here',
    name: 'Ballast',
    state: 'here',
    initialUsd,
    maintenanceUsd,
    timesHere: undefined,
    nearest: nearestHere(account),
    obstacle: '',
  };
  return [here, ...venues.map((venue) => rowOf(venue, initialUsd))];
}

function rowOf(venue: VenueComparisonView, hereUsd: number): VenueRow {
  const { margin, legs, remarks } = venue;
  return {
    id: venue.venue,
    name: venue.name,
    state: venue.state,
    initialUsd: margin?.initialUsd,
    maintenanceUsd: margin?.maintenanceUsd,
    timesHere: margin === null || hereUsd <= 0 ? undefined : margin.initialUsd / hereUsd,
    nearest: venue.state === 'liquidatable' ? 'at once' : margin === null ? '' : nearestLeg(legs),
    obstacle: margin === null ? (remarks[0] ?? 'cannot hold this book') : '',
  };
}

/** Where the smallest move of one underlying alone ends the account. */
function nearestLeg(legs: readonly VenueLegView[]): string {
  const reached = legs.filter(({ move }) => move !== null);
  const [nearest] = reached.sort((a, b) => Math.abs(a.move!) - Math.abs(b.move!));
  return nearest === undefined
    ? 'none'
    : placeText(nearest.underlying, nearest.liquidationPriceUsd!, nearest.move!);
}

function nearestHere({ distance }: Pick<AccountView, 'distance'>): string {
  if (distance.state === 'liquidatable') return 'at once';
  const own = distance.rows.filter(({ kind }) => kind === 'own');
  const [nearest] = own.sort((a, b) => Math.abs(a.move) - Math.abs(b.move));
  return nearest === undefined ? 'none' : placeText(nearest.underlying, nearest.priceUsd, nearest.move);
}

export function placeText(underlying: string, priceUsd: number, move: number): string {
  const digits = priceUsd < 1_000_000_000 ? 2 : 0;
  return `${underlying} ${formatUsd(priceUsd, digits)} ${formatMove(move)}`;
}
