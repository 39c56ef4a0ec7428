import type { DistanceRowView, DistanceView, TimeView } from '../../../../engine/protocol/views/margin.ts';
import { formatDistance, formatSignedUsd } from '../../../../lib/format.ts';
import { DANGER_SIGMAS, type Level, levelOf, WARN_SIGMAS } from '../../../../lib/riskLevel.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';

/** The picture is drawn no deeper: past it the ground lies at the lower edge, and the number says how far. */
export const BEYOND_SIGMAS = 4;

/** The engine looks no further than this. */
const SIGMAS_COUNTED = 100;

/**
 * A way to liquidation as it is drawn: its true length, at its true angle to the joint way.
 * Negative angles lean left, where the asset alone is; positive ones right, where the market is.
 */
export interface Ray {
  kind: DistanceRowView['kind'];
  label: string;
  sigmas: number;
  angle: number;
}

/** One line of the table beside the number. */
export interface Way {
  kind: DistanceRowView['kind'];
  label: string;
  /** Underlying that `move` and `priceUsd` speak of. */
  underlying: string;
  move: number | undefined;
  priceUsd: number | undefined;
  sigmas: number;
}

export interface Sounding {
  state: 'unknown' | DistanceView['state'];
  sigmas: number;
  level: Level;
  rays: Ray[];
  /** Joint, nearest of the market's two directions, nearest asset alone: what the panel shows. */
  ways: Way[];
  /** The others, for whoever cannot see the picture or asks for all. */
  otherWays: Way[];
  touchPpm: number;
  path: DistanceView['path'];
  /** Said where there is no way to name. */
  sentence: string;
}

const nothingKnown: Sounding = {
  state: 'unknown',
  sigmas: 0,
  level: 'safe',
  rays: [],
  ways: [],
  otherWays: [],
  touchPpm: 0,
  path: [],
  sentence: '',
};

export function soundingOf(distance: DistanceView | undefined): Sounding {
  if (distance === undefined) return nothingKnown;
  const { state, sigmas, touchPpm, path, rows, sentence } = distance;
  const inOrder = [...rows].sort((a, b) => a.sigmas - b.sigmas);
  const market = inOrder.find((row) => row.kind === 'market');
  const nearest = inOrder.find((row) => row.kind === 'own');
  const joint = inOrder.find((row) => row.kind === 'joint');
  const others = inOrder.filter((row) => row.kind !== 'joint' && row !== market && row !== nearest);
  const hasRays = state === 'measured' || state === 'beyond';
  return {
    state,
    sigmas,
    level: state === 'noRisk' ? 'safe' : levelOf(sigmas),
    rays: hasRays ? raysOf(sigmas, nearest, market) : [],
    ways: hasRays
      ? [jointWay(joint, inOrder, sigmas), wayOf(market ?? 'market'), wayOf(nearest ?? 'own')]
      : [],
    otherWays: others.map((row) => wayOf(row)),
    touchPpm,
    path,
    sentence,
  };
}

/**
 * For a linear book the ground is a plane at the joint depth d. A ray of length L that ends on it leans
 * by acos(d ÷ L) from the perpendicular, so lengths on the screen are lengths in the joint metric.
 */
export function leanOf(jointSigmas: number, sigmas: number): number {
  return sigmas <= jointSigmas ? 0 : Math.acos(jointSigmas / sigmas);
}

function raysOf(
  sigmas: number,
  own: DistanceRowView | undefined,
  market: DistanceRowView | undefined,
): Ray[] {
  const rays: Ray[] = [{ kind: 'joint', label: 'joint', sigmas, angle: 0 }];
  if (market !== undefined) {
    rays.push({
      kind: 'market',
      label: 'market',
      sigmas: market.sigmas,
      angle: leanOf(sigmas, market.sigmas),
    });
  }
  if (own !== undefined) {
    const angle = -leanOf(sigmas, own.sigmas);
    rays.push({ kind: 'own', label: `${own.underlying} alone`, sigmas: own.sigmas, angle });
  }
  return rays;
}

/** A direction that never leads to liquidation has no row: its length is only known to be large. */
function wayOf(row: DistanceRowView | 'market' | 'own'): Way {
  if (typeof row === 'string') {
    const label = row === 'market' ? 'market' : 'asset alone';
    return { kind: row, label, underlying: '', move: undefined, priceUsd: undefined, sigmas: SIGMAS_COUNTED };
  }
  const isMarket = row.kind === 'market';
  return {
    kind: row.kind,
    label: isMarket ? 'market' : `${row.underlying} alone`,
    underlying: isMarket ? 'BTC' : row.underlying,
    move: row.move,
    priceUsd: row.priceUsd,
    sigmas: row.sigmas,
  };
}

/** The joint way speaks of the asset that drives it; where that stands then follows from a row of its own. */
function jointWay(joint: DistanceRowView | undefined, rows: readonly DistanceRowView[], sigmas: number): Way {
  const alone = rows.find(
    (row) => row.kind === 'own' && row.underlying === joint?.underlying && row.move > -1 && row.priceUsd > 0,
  );
  const nowUsd = alone && alone.priceUsd / (1 + alone.move);
  return {
    kind: 'joint',
    label: joint === undefined ? 'joint' : `joint, ${joint.underlying}`,
    underlying: joint?.underlying ?? '',
    move: joint?.move,
    priceUsd: joint && nowUsd && nowUsd * (1 + joint.move),
    sigmas,
  };
}

/** A length in σ as it is printed; past what moves ever were it is only large. */
export function lengthText(sigmas: number): string {
  return `${formatDistance(sigmas)}σ`;
}

/** A year at today's rates is as far as they are believed. */
const DAYS_SAID = 365;

/** How long the account lasts while no price moves, with what a day brings; nothing to say where nothing is carried. */
export function restText({ state, days, netUsdPerDay }: TimeView): string {
  if (state === 'liquidatable') return 'liquidation now';
  const carry = netUsdPerDay === 0 ? '' : `, carry ${formatSignedUsd(netUsdPerDay)} a day`;
  if (state === 'never' || days > DAYS_SAID) return `> 1 y${carry}`;
  return `${days < 2 ? `${Math.floor(days * 24)} h` : `${Math.floor(days)} days`}${carry}`;
}

/** The joint distance after the ticket; undefined when there is no ticket, or it would be refused. */
export function afterTicket(preview: PreviewState): number | undefined {
  if (preview.state !== 'known' || !preview.isCurrent || preview.preview.refusal !== undefined)
    return undefined;
  const { distanceSigmas } = preview.preview.after;
  return distanceSigmas < 0 ? undefined : distanceSigmas;
}

/** What stands under the number: the level carries words, never colour alone. */
export function levelWords({ state, sigmas, level }: Pick<Sounding, 'state' | 'sigmas' | 'level'>): string {
  if (state === 'unknown') return 'waiting';
  if (state === 'noRisk') return 'no risk';
  if (state === 'liquidatable' || sigmas === 0) return 'liquidation';
  if (level === 'danger') return `under ${DANGER_SIGMAS}σ`;
  return level === 'warn' ? `under ${WARN_SIGMAS}σ` : '';
}
