import type {
  DemandView,
  SettlementView,
  VaultAssetView,
} from '../../../../engine/protocol/views/settlement.ts';
import { formatAge, formatCount, formatDateTime, formatLeft, formatUnits } from '../../../../lib/format.ts';
import { chainNowMs } from '../../../../lib/settlement/chainClock.ts';
import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';
import { shownDigits, worthOf } from '../../../../lib/settlement/worth.ts';
import { spanOf } from '../spans.ts';

/** What the kept leaves leave their owner in one asset, less what the vault had paid each. */
export interface ExitAmount {
  asset: VaultAssetView;
  units: bigint;
  worthUsd: number | undefined;
}

export function exitAmounts({ assets }: SettlementView, kept: readonly KeptProof[]): ExitAmount[] {
  return assets.flatMap((asset, place) => {
    const units = kept.reduce((sum, each) => sum + leftOf(each, place), 0n);
    return units === 0n ? [] : [{ asset, units, worthUsd: worthOf(units, asset) }];
  });
}

/** Never less than nothing: what an account was paid since may be more than this root entitles it to. */
function leftOf({ proof, paid }: KeptProof, place: number): bigint {
  const left = BigInt(proof.leaf.entitled[place] ?? '0') - BigInt(paid?.[place] ?? '0');
  return left > 0n ? left : 0n;
}

/** Roots of one epoch are what can be left by; kits of several roots say so. */
export function keptWords(proofs: readonly KeptProof[], accountCount: number): string {
  const epochs = [...new Set(proofs.map(({ proof }) => proof.epoch))].sort((a, b) => b - a);
  const kept = new Set(proofs.map(({ proof }) => proof.leaf.sub));
  const of = `${kept.size} of ${accountCount} ${accountCount === 1 ? 'account' : 'accounts'}`;
  if (epochs.length === 0) return of;
  return `${of}, ${epochs.length === 1 ? 'root' : 'roots'} ${epochs.map((epoch) => `#${formatCount(epoch)}`).join(', ')}`;
}

/** How far a kit can be relied on; before a root is final what is kept is of one that may still be rejected. */
export function kitStand(
  kept: readonly KeptProof[],
  accountCount: number,
  finalEpoch: number | undefined,
): 'current' | 'not final yet' | 'not the newest root' {
  if (finalEpoch === undefined) return 'not final yet';
  const isWhole = kept.length >= accountCount && kept.every(({ proof }) => proof.epoch === finalEpoch);
  return isWhole ? 'current' : 'not the newest root';
}

/** Whom a freeze is for: silence is everybody's reason, a demand is its account's. */
export type FreezeReason = { is: 'silence' } | { is: 'demand'; sub: string };

/** A way the vault can stop, how near it is, and whether it is there. */
export interface FreezeWay {
  key: string;
  name: string;
  words: string;
  /** 0 to 1 of the time it takes; undefined where time does not bring it. */
  share: number | undefined;
  /** What stands where there is no bar. */
  side: string;
  /** Set once anybody may freeze the vault for it. */
  due: FreezeReason | undefined;
}

/** @param labelOf of an account */
export function freezeWays(
  view: SettlementView,
  nowMs: number,
  labelOf: (account: number) => string,
): FreezeWay[] {
  const { terms, pausedUntilMs } = view;
  const chainMs = chainNowMs(view, nowMs);
  const isPaused = pausedUntilMs !== null && pausedUntilMs > chainMs;
  const mayFreeze = view.frozenEpoch === null && !isPaused;
  return [
    silenceWay(view, chainMs, mayFreeze),
    ...demandWays(view, chainMs, mayFreeze, labelOf),
    {
      ...{ key: 'twice', name: 'Freeze if two roots for one epoch', words: 'proved by both signed roots' },
      ...{ share: undefined, side: 'anyone may', due: undefined },
    },
    {
      ...{ key: 'pause', name: 'Guardian pause', share: undefined, due: undefined },
      words: isPaused
        ? `until ${formatDateTime(pausedUntilMs)}, ${formatLeft(pausedUntilMs - chainMs)} left`
        : 'not paused',
      side: `max ${spanOf(terms.maxPauseSec)}`,
    },
  ];
}

function silenceWay({ terms, roots }: SettlementView, chainMs: number, mayFreeze: boolean): FreezeWay {
  const last = roots.find(({ postedMs }) => postedMs !== null)?.postedMs ?? undefined;
  const sinceMs = last === undefined ? undefined : Math.max(0, chainMs - last);
  const timeoutMs = terms.rootTimeoutSec * 1_000;
  const isOver = sinceMs !== undefined && timeoutMs > 0 && sinceMs > timeoutMs;
  return {
    key: 'silence',
    name: `Freeze if no root for ${spanOf(terms.rootTimeoutSec)}`,
    words: sinceMs === undefined ? 'none posted yet' : `last root ${formatAge(sinceMs)} ago`,
    share: sinceMs === undefined || timeoutMs === 0 ? undefined : Math.min(1, sinceMs / timeoutMs),
    side: '',
    due: isOver && mayFreeze ? { is: 'silence' } : undefined,
  };
}

function demandWays(
  { terms, demands, assets }: SettlementView,
  chainMs: number,
  mayFreeze: boolean,
  labelOf: (account: number) => string,
): FreezeWay[] {
  const name = `Freeze if a demand waits ${spanOf(terms.forcedGraceSec)}`;
  if (demands.length === 0)
    return [
      { key: 'demand', name, words: 'none open', share: undefined, side: 'anyone may', due: undefined },
    ];
  return demands.map((demand) => {
    const { account, sub, asset, amount, askedMs, dueMs } = demand;
    const of = assets.find((each) => each.asset === asset);
    const units =
      of === undefined ? '' : `${formatUnits(amount, of.decimals, shownDigits(of.decimals))} ${of.name}`;
    const left = dueMs > chainMs ? `${formatLeft(dueMs - chainMs)} left` : 'overdue';
    return {
      ...{ key: `demand ${sub}`, name, side: '' },
      words: `${labelOf(account)}: ${units}, ${left}${standIn(demand, chainMs)}`,
      share: dueMs > askedMs ? Math.max(0, Math.min(1, (chainMs - askedMs) / (dueMs - askedMs))) : 1,
      due: dueMs < chainMs && mayFreeze ? { is: 'demand', sub } : undefined,
    };
  });
}

/** How far the desk has come with a demand, after what is demanded. */
function standIn({ missing, onTheWay, heldBy, unwindMs }: DemandView, chainMs: number): string {
  if (BigInt(onTheWay) >= BigInt(missing)) return ', on its way';
  if (heldBy === null) return '';
  return chainMs < unwindMs
    ? `, margin holds it: closed in ${formatLeft(unwindMs - chainMs)}`
    : ', margin holds it: being closed';
}
