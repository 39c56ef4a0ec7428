import type { SettlementView, VaultAssetView } from '../../../../engine/protocol/views/settlement.ts';
import { formatAge, formatCount, formatDateTime, formatLeft } from '../../../../lib/format.ts';
import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';
import { worthOf } from '../../../../lib/settlement/worth.ts';
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

export function isCurrent(
  kept: readonly KeptProof[],
  accountCount: number,
  finalEpoch: number | undefined,
): boolean {
  return kept.length >= accountCount && kept.every(({ proof }) => proof.epoch === finalEpoch);
}

/** A way the vault can stop for good, how near it is, and whether it is there. */
export interface FreezeWay {
  name: string;
  words: string;
  /** 0 to 1 of the time it takes; undefined where time does not bring it. */
  share: number | undefined;
  isDue: boolean;
}

export function freezeWays(view: SettlementView, nowMs: number): FreezeWay[] {
  const { terms, roots, pausedUntilMs } = view;
  const last = roots.find(({ postedMs }) => postedMs !== null)?.postedMs ?? undefined;
  const sinceMs = last === undefined ? undefined : Math.max(0, nowMs - last);
  const timeoutMs = terms.rootTimeoutSec * 1_000;
  const isPaused = pausedUntilMs !== null && pausedUntilMs > nowMs;
  return [
    {
      name: `Freeze if no root for ${spanOf(terms.rootTimeoutSec)}`,
      words: sinceMs === undefined ? 'none posted yet' : `last root ${formatAge(sinceMs)} ago`,
      share: sinceMs === undefined || timeoutMs === 0 ? undefined : Math.min(1, sinceMs / timeoutMs),
      isDue:
        view.status !== 'frozen' &&
        sinceMs !== undefined &&
        timeoutMs > 0 &&
        sinceMs > timeoutMs &&
        !isPaused,
    },
    {
      name: 'Guardian pause',
      words: isPaused
        ? `until ${formatDateTime(pausedUntilMs)}, ${formatLeft(pausedUntilMs - nowMs)} left`
        : 'not paused',
      share: undefined,
      isDue: false,
    },
  ];
}
