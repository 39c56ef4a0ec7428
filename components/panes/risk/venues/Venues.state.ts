import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { VenueComparisonView, VenueLegView } from '../../../../engine/protocol/views/venues.ts';
import { formatMove, formatUsd } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

/** One venue as a row; `here` is this desk. */
export interface VenueRow {
  id: string;
  name: string;
  state: 'here' | VenueComparisonView['state'];
  initialUsd: number | undefined;
  maintenanceUsd: number | undefined;
  equityUsd: number | undefined;
  /** How margin is made there, in one line. */
  rule: string;
  /** Initial margin there ÷ here; undefined where one of them asks for nothing. */
  timesHere: number | undefined;
  nearest: string;
  /** The first thing to know where there is no number. */
  obstacle: string;
}

const HERE_RULE =
  'Worst scenario of the whole book + add-ons; maintenance is 60 % of the scan + its add-ons.';

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
    equityUsd: account.margin.equityUsd,
    rule: HERE_RULE,
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
    equityUsd: margin?.equityUsd,
    rule: venue.rule,
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

const asked = {
  initial: 'initial margin',
  maintenance: 'maintenance margin',
  times: 'initial margin there ÷ here',
  nearest: 'the smallest move of one underlying alone at which equity there meets maintenance margin there',
};

/** Why a number of a row is what it is: the venue's own rule, and its money. */
export function venueReason(row: VenueRow, what: keyof typeof asked): Reason {
  const money = (usd: number | undefined) => (usd === undefined ? 'not known' : formatUsd(usd, 2));
  return {
    formula: `${asked[what]}: ${row.rule}`,
    inputs: [
      ['equity there', money(row.equityUsd)],
      ['initial margin', money(row.initialUsd)],
      ['maintenance margin', money(row.maintenanceUsd)],
      ['nearest alone', row.nearest],
    ],
  };
}

export function legReason({ rule, margin }: VenueComparisonView, leg: VenueLegView): Reason {
  const money = margin === null ? [] : [['equity there', formatUsd(margin.equityUsd, 2)] as const];
  return {
    formula: `${leg.underlying} alone moves until equity there meets maintenance margin there: ${rule}`,
    inputs: [...money, ['move', leg.move === null ? 'none' : formatMove(leg.move)]],
  };
}
