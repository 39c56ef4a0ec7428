import { UnderlyingClass } from '../../protocol/enums.ts';
import type { LimitKind, LimitUseView } from '../../protocol/views/firmRisk.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { microCoinsUsd } from '../caps/coinCaps.ts';
import type { State } from '../state.ts';
import { HARD, SOFT, UNDERLYING_CLASSES } from './limitTables.ts';
import { reachRow } from './reach.ts';

/** What the accounts of a limited node could come to hold of one underlying, or of several, micro-USD. */
interface Held {
  grossUsd: number;
  upUsd: number;
  downUsd: number;
}

const NOTHING: Held = { grossUsd: 0, upUsd: 0, downUsd: 0 };

/**
 * How much of each of a node's limits is used, by the measures an order is judged by. Limits of one order and of what
 * may be traded are used by nothing and are not here.
 *
 * @param row of the limited node
 * @param isEvery whether measures that are not limited are told too
 * @returns one entry a limit that is set, soft or hard; uses in micro-USD, ppm or orders, rounded up
 */
export function limitUsesOf(state: State, row: number, isEvery = false): LimitUseView[] {
  const node = state.limitedNodes.columns.node[row]!;
  const uses: LimitUseView[] = [];
  const add = (kind: LimitKind, of: string, used: number, limits: readonly [number, number]) => {
    if (!isEvery && limits.every((limit) => limit === Number.POSITIVE_INFINITY)) return;
    // Not −0, which nothing held comes to where it is turned round.
    uses.push({
      node,
      kind,
      of,
      used: Math.ceil(used) + 0,
      soft: setOr(limits[SOFT]),
      hard: setOr(limits[HARD]),
    });
  };
  const held = state.directory.underlyings.map((_, underlying) => heldOf(state, row, underlying));
  const all = held.reduce(both, NOTHING);
  const own = state.nodeLimits.columns;
  const bothOf = (column: ArrayLike<number>, of: (severity: number) => number) =>
    [column[of(SOFT)]!, column[of(HARD)]!] as const;
  const plain = (severity: number) => row * 2 + severity;
  add('gross', '', all.grossUsd, bothOf(own.gross, plain));
  add('net', '', netUsd(all), bothOf(own.net, plain));
  add(
    'concentration',
    '',
    concentrationPpm(state, row, held, all, isEvery),
    bothOf(own.concentrationPpm, plain),
  );
  add('ordersPerMinute', '', ordersThisMinute(state, row), bothOf(own.ordersPerMinute, plain));
  const lostUsd = Math.max(0, state.limitedNodes.columns.dayLossUsd[row]!);
  add('dayLoss', '', lostUsd, bothOf(own.dayLoss, plain));
  const worthUsd = state.limitedNodes.columns.worthUsd[row]!;
  add('leverage', '', leveragePpm(all.grossUsd, worthUsd), bothOf(own.leveragePpm, plain));
  for (const [name, number] of Object.entries(UnderlyingClass)) {
    const of = held
      .filter((_, each) => state.underlyings.columns.class[each] === number)
      .reduce(both, NOTHING);
    const at = (severity: number) => plain(severity) * UNDERLYING_CLASSES + number;
    add('classGross', name, of.grossUsd, bothOf(state.classLimits.columns.gross, at));
    add('classNet', name, netUsd(of), bothOf(state.classLimits.columns.net, at));
  }
  for (const [underlying, { name }] of state.directory.underlyings.entries()) {
    const at = (severity: number) => plain(severity) * state.limits.underlyings + underlying;
    add('assetGross', name, held[underlying]!.grossUsd, bothOf(state.assetLimits.columns.gross, at));
    add('assetNet', name, netUsd(held[underlying]!), bothOf(state.assetLimits.columns.net, at));
  }
  return uses;
}

function setOr(limit: number): number | null {
  return limit === Number.POSITIVE_INFINITY ? null : limit;
}

function heldOf(state: State, row: number, underlying: number): Held {
  const cell = reachRow(state, row, underlying);
  const { gross, up, down } = state.reaches.columns;
  if (gross[cell] === 0) return NOTHING;
  const usd = (microCoins: number) => microCoinsUsd(state, underlying, microCoins);
  return { grossUsd: usd(gross[cell]!), upUsd: usd(up[cell]!), downUsd: usd(down[cell]!) };
}

function both(a: Held, b: Held): Held {
  return { grossUsd: a.grossUsd + b.grossUsd, upUsd: a.upUsd + b.upUsd, downUsd: a.downUsd + b.downUsd };
}

function netUsd({ upUsd, downUsd }: Held): number {
  return Math.max(upUsd, downUsd);
}

/** Share of the largest underlying, ppm; 0 up to the floor from which on it is judged at all. */
function concentrationPpm(
  state: State,
  row: number,
  held: readonly Held[],
  all: Held,
  isEvery: boolean,
): number {
  if (isEvery && all.grossUsd === 0) return 0;
  const { concentrationPpm: share, concentrationFloor } = state.nodeLimits.columns;
  const isJudged =
    isEvery ||
    [SOFT, HARD].some((severity) => {
      const at = row * 2 + severity;
      return share[at] !== Number.POSITIVE_INFINITY && all.grossUsd > concentrationFloor[at]!;
    });
  if (!isJudged) return 0;
  const largest = held.reduce((most, { grossUsd }) => Math.max(most, grossUsd), 0);
  return (largest / all.grossUsd) * PPM_SCALE;
}

/** Gross over worth; of something over nothing, as much as can be said. */
function leveragePpm(grossUsd: number, worthUsd: number): number {
  if (grossUsd === 0) return 0;
  return worthUsd > 0 ? (grossUsd / worthUsd) * PPM_SCALE : Number.MAX_SAFE_INTEGER;
}

function ordersThisMinute(state: State, row: number): number {
  const { minute, orderCount } = state.limitedNodes.columns;
  const now = Math.floor(state.globals.columns.timeMs[0]! / MINUTE_MS);
  return minute[row] === now ? orderCount[row]! : 0;
}
