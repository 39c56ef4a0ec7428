import type { DistanceRowView, DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';

/** The levels of the margin rules: text colour from 3σ up, amber under it, red under 1.5σ. */
export const WARN_SIGMAS = 3;
export const DANGER_SIGMAS = 1.5;
/** Past this a distance is a word, not a length. */
export const BEYOND_SIGMAS = 4;

export type Level = 'safe' | 'warn' | 'danger';

export function levelOf(sigmas: number): Level {
  if (sigmas < DANGER_SIGMAS) return 'danger';
  return sigmas < WARN_SIGMAS ? 'warn' : 'safe';
}

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
  /** Joint, market, nearest asset alone: what the panel shows. */
  ways: Way[];
  /** The other assets alone, for whoever cannot see the picture or asks for all. */
  otherWays: Way[];
  touchPpm: number;
  path: DistanceView['path'];
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
};

export function soundingOf(distance: DistanceView | undefined): Sounding {
  if (distance === undefined) return nothingKnown;
  const { state, sigmas, touchPpm, path, rows } = distance;
  const market = rows.find((row) => row.kind === 'market');
  const alone = rows.filter((row) => row.kind === 'own').sort((a, b) => a.sigmas - b.sigmas);
  const nearest = alone[0];
  const hasRays = state === 'measured' || state === 'beyond';
  const joint: Way = { ...priceOnTheWay(path, nearest), kind: 'joint', label: 'joint', sigmas };
  return {
    state,
    sigmas,
    level: state === 'noRisk' ? 'safe' : levelOf(sigmas),
    rays: hasRays ? raysOf(sigmas, nearest, market) : [],
    ways: hasRays ? [joint, ...[market, nearest].filter((row) => row !== undefined).map(wayOf)] : [],
    otherWays: alone.slice(1).map(wayOf),
    touchPpm,
    path,
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

function wayOf(row: DistanceRowView): Way {
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

/** Where the nearest asset stands when the joint way ends: its price now follows from its own row. */
function priceOnTheWay(path: DistanceView['path'], nearest: DistanceRowView | undefined) {
  const underlying = nearest?.underlying ?? path[0]?.underlying ?? '';
  const move = path.find((step) => step.underlying === underlying)?.move;
  const hasPrice = nearest !== undefined && move !== undefined && nearest.move > -1;
  return {
    underlying,
    move,
    priceUsd: hasPrice ? (nearest.priceUsd / (1 + nearest.move)) * (1 + move) : undefined,
  };
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
