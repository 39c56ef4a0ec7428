import { assert } from '../../units/assert.ts';
import { DUST, FEES, INSURANCE, USDC } from '../ledger/systemAccounts.ts';
import type { UnwindPrices } from './unwindPrices.ts';

/** What covers a debt: prices, shares of them that count, and smallest units in a whole one, by asset. */
export interface DebtTerms extends Pick<UnwindPrices, 'assetE8' | 'weightPpm'> {
  readonly wholeUnits: readonly number[];
}

/** USD × 1e8 times ppm in a micro-USD. */
const PRICE_SCALE = 100n * 1_000_000n;

/**
 * Lets nobody owe anything: whoever owes USDC gives its own other assets for it, in their order, at price × weight;
 * what that does not cover is lost by the insurance fund, then by the fees, then by everybody who holds USDC, each by
 * the same share. Who gives USDC for another's assets gets those in proportion: again the fund, the fees, then everybody.
 *
 * Rounding: what is given for a debt is rounded up, what a debt is covered by and what everybody keeps and gets is
 * rounded down; the rest is dust. Every asset sums to what it summed to, and no account depends on the order of others.
 *
 * @param units by account, by asset, as realised; of other assets than USDC nobody owes any
 * @returns the same, ≥ 0; sums per asset are those that came
 * @fails AssertionError where more USDC is owed than there is, or another asset is owed
 */
export function coverDebts(units: readonly (readonly bigint[])[], terms: DebtTerms): bigint[][] {
  const held = units.map((each) => [...each]);
  const given = terms.assetE8.map(() => 0n);
  let covered = 0n;
  let lost = 0n;
  for (const each of held) {
    if ((each[USDC] ?? 0n) >= 0n) continue;
    const paid = giveAssets(each, given, terms);
    covered += paid;
    lost -= each[USDC]! + paid;
    each[USDC] = 0n;
  }
  if (covered === 0n && lost === 0n) return checked(held);
  const lostBy = takeInTurn(held, lost);
  const bought = takeInTurn(held, covered);
  handOutAssets(held, given, covered, bought);
  shareTheRest(held, given, lostBy.rest + bought.rest);
  return checked(held);
}

/** Takes from a debtor, asset by asset, what covers its debt or all it has. @returns what is covered, micro-USD */
function giveAssets(held: bigint[], given: bigint[], terms: DebtTerms): bigint {
  const debt = -held[USDC]!;
  let left = debt;
  for (let asset = USDC + 1; asset < held.length && left > 0n; asset++) {
    const per = BigInt(terms.assetE8[asset]!) * BigInt(terms.weightPpm[asset]!);
    const scale = PRICE_SCALE * BigInt(terms.wholeUnits[asset]!);
    const worth = (held[asset]! * per) / scale;
    // Without a price it covers nothing and stays; with one it goes whole, even where that rounds to nothing: a unit
    // more must never leave its owner with less.
    if (per === 0n) continue;
    const sold = worth >= left ? ceilDiv(left * scale, per) : held[asset]!;
    held[asset] = held[asset]! - sold;
    given[asset] = given[asset]! + sold;
    left -= worth < left ? worth : left;
  }
  return debt - left;
}

interface Taken {
  insurance: bigint;
  fees: bigint;
  /** What neither had. */
  rest: bigint;
}

/** Takes USDC from the insurance fund and then from the fees, as far as they have some. */
function takeInTurn(held: bigint[][], amount: bigint): Taken {
  const takeFrom = (account: number, wanted: bigint): bigint => {
    const each = held[account]!;
    const taken = each[USDC]! < wanted ? each[USDC]! : wanted;
    each[USDC] = each[USDC]! - taken;
    return taken;
  };
  const insurance = takeFrom(INSURANCE, amount);
  const fees = takeFrom(FEES, amount - insurance);
  return { insurance, fees, rest: amount - insurance - fees };
}

/** Gives the fund and the fees their share of the assets they gave USDC for; what is left is everybody's. */
function handOutAssets(held: bigint[][], given: bigint[], covered: bigint, bought: Taken): void {
  for (let asset = USDC + 1; asset < given.length; asset++) {
    const all = given[asset]!;
    for (const [account, paid] of [
      [INSURANCE, bought.insurance],
      [FEES, bought.fees],
    ] as const) {
      const share = covered === 0n ? 0n : (all * paid) / covered;
      held[account]![asset] = held[account]![asset]! + share;
      given[asset] = given[asset]! - share;
    }
    if (bought.rest > 0n) continue;
    held[DUST]![asset] = held[DUST]![asset]! + given[asset]!;
    given[asset] = 0n;
  }
}

/** Everybody else who holds USDC gives the same share of it, and gets that share of the assets that are left. */
function shareTheRest(held: bigint[][], given: readonly bigint[], due: bigint): void {
  if (due === 0n) return;
  const isSharing = (account: number, each: readonly bigint[]) =>
    account !== INSURANCE && account !== FEES && each[USDC]! > 0n;
  const sharing = [...held.entries()].filter(([account, each]) => isSharing(account, each));
  const all = sharing.reduce((sum, [, each]) => sum + each[USDC]!, 0n);
  assert(all >= due, `${due} micro-USD are owed and ${all} are there`);
  const dust = given.map((units, asset) => (asset === USDC ? all - due : units));
  for (const [, each] of sharing) {
    const had = each[USDC]!;
    for (let asset = 0; asset < given.length; asset++) {
      const share = asset === USDC ? (had * (all - due)) / all : (given[asset]! * had) / all;
      each[asset] = asset === USDC ? share : each[asset]! + share;
      dust[asset] = dust[asset]! - share;
    }
  }
  held[DUST] = held[DUST]!.map((units, asset) => units + dust[asset]!);
}

function checked(held: bigint[][]): bigint[][] {
  assert(
    held.every((each) => each.every((units) => units >= 0n)),
    'nobody is entitled to less than nothing',
  );
  return held;
}

/** @param a ≥ 0 @param b > 0 */
function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
