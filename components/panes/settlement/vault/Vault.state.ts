import type { SettlementView, VaultAssetView } from '../../../../engine/protocol/views/settlement.ts';
import { shownDigits, sumOfWorths, worthOf } from '../../../../lib/settlement/worth.ts';

/** What the desk owes, by whom it is owed to, in the order the lower bar is drawn. */
export const parts = [
  { part: 'own', name: 'own accounts' },
  { part: 'others', name: 'other accounts' },
  { part: 'insurance', name: 'insurance' },
  { part: 'fees', name: 'fees' },
  { part: 'authorisedUnpaid', name: 'authorised, unpaid' },
  { part: 'uncredited', name: 'not yet credited' },
] as const satisfies readonly { part: keyof VaultAssetView; name: string }[];

export type Part = (typeof parts)[number]['part'];

/** A stretch of a bar in percent of its width. */
export interface Stretch {
  part: Part;
  from: number;
  width: number;
}

export interface AssetLine {
  asset: VaultAssetView;
  /** Digits that are read; the exact number is in the title. */
  shown: number;
  owed: bigint;
  /** Undefined where the token does not tell; so is what follows from it. */
  held: bigint | undefined;
  /** Held − owed: negative is money that is not there. */
  difference: bigint | undefined;
  /** Whether what is known to have come and gone is not what is there. */
  isWrong: boolean;
  /** Held ÷ owed as text, rounded down; undefined while nothing is owed, too. */
  coverage: string | undefined;
  /** Of the upper bar, percent. */
  heldWidth: number;
  stretches: readonly Stretch[];
  worthUsd: number | undefined;
}

export function assetLines({ assets }: SettlementView): AssetLine[] {
  return assets.map(lineOf);
}

export function totalWorth(lines: readonly AssetLine[]): number | undefined {
  return sumOfWorths(lines.map(({ worthUsd }) => worthUsd));
}

function lineOf(asset: VaultAssetView): AssetLine {
  const held = asset.held === null ? undefined : BigInt(asset.held);
  // Whose it is follows with the next root; how much it is does not wait for one.
  const owed = BigInt(asset.credited) - BigInt(asset.paidOut) + BigInt(asset.uncredited);
  const whole = held !== undefined && held > owed ? held : owed;
  return {
    asset,
    shown: shownDigits(asset.decimals),
    owed,
    held,
    difference: held === undefined ? undefined : held - owed,
    isWrong: held !== undefined && held !== owed,
    coverage: held === undefined ? undefined : coverageText(held, owed),
    heldWidth: percentOf(held ?? 0n, whole),
    stretches: stretchesOf(asset, whole),
    worthUsd: held === undefined ? undefined : worthOf(held, asset),
  };
}

/** Percent with four digits, rounded down: 100 % is said only of what is all there. */
export function coverageText(held: bigint, owed: bigint): string | undefined {
  if (owed <= 0n) return undefined;
  const digits = String((held * 1_000_000n) / owed).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}%`;
}

/** Narrower than this a part that is there could not be seen, percent. */
const PERCENT_MIN = 0.3;

/** What is owed one after the other; a part too small to be seen takes its least width from the largest. */
function stretchesOf(asset: VaultAssetView, whole: bigint): Stretch[] {
  const there = parts.filter(({ part }) => BigInt(asset[part]) > 0n);
  const widths = there.map(({ part }) => Math.max(percentOf(BigInt(asset[part]), whole), PERCENT_MIN));
  const total = percentOf(
    there.reduce((sum, { part }) => sum + BigInt(asset[part]), 0n),
    whole,
  );
  const tooMuch = widths.reduce((sum, width) => sum + width, 0) - total;
  const widest = widths.indexOf(Math.max(...widths));
  let from = 0;
  return there.map(({ part }, place) => {
    const width = widths[place]! - (place === widest ? tooMuch : 0);
    const stretch = { part, from, width };
    from += width;
    return stretch;
  });
}

function percentOf(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * 1_000_000n) / whole) / 10_000;
}
