import type { State } from '../../core/state.ts';

/**
 * The unwind rule once more, slow and as it is said: names instead of columns, shares found by trying instead of by
 * dividing. It has nothing in common with `core/settlement` but the sentence of the specification.
 */

/** Units by asset name, by account number. */
export type PlainHoldings = Map<number, Map<string, bigint>>;

export interface PlainAsset {
  name: string;
  /** USD × 1e8, and the share of it that counts, ppm. */
  priceE8: bigint;
  weightPpm: bigint;
  whole: bigint;
}

const FEES = 1;
const INSURANCE = 2;
const DUST = 4;

/** Balances with positions closed and funding paid; accounts 0 and 3 are nobody's. */
export function plainRealised(state: State, nowMs: number): PlainHoldings {
  const names = state.directory.assets.map(({ name }) => name);
  const holdings: PlainHoldings = new Map();
  for (let account = 0; account < state.accounts.control[1]!; account++) {
    const amounts = names.map(
      (_, k) => BigInt(state.balances.columns.amount[account * state.limits.assets + k]!) as bigint,
    );
    if (account !== 0 && account !== 3)
      holdings.set(account, new Map(names.map((name, k) => [name, amounts[k]!])));
  }
  let fundingLeft = 0n;
  for (const { account, instrument, lots, entryValue, held } of everyPosition(state)) {
    const profit = lots * plainPrice(state, instrument, nowMs) - entryValue;
    const funding = plainFunding(state, instrument, held);
    fundingLeft -= funding;
    add(holdings, account, names[0]!, profit + funding);
  }
  add(holdings, DUST, names[0]!, fundingLeft);
  return holdings;
}

interface PlainPosition {
  account: number;
  instrument: number;
  lots: bigint;
  entryValue: bigint;
  /** Lots × samples of this hour. */
  held: bigint;
}

function* everyPosition(state: State): Generator<PlainPosition> {
  const p = state.positions.columns;
  for (let account = 0; account < state.accounts.control[1]!; account++) {
    for (let row = state.accounts.columns.firstPosition[account]!; row >= 0; row = p.next[row]!) {
      const instrument = p.instrument[row]!;
      const since = state.instruments.columns.samples[instrument]! - p.sampledAt[row]!;
      const held = BigInt(p.lotSamples[row]!) + BigInt(p.lots[row]!) * BigInt(since);
      yield { account, instrument, lots: BigInt(p.lots[row]!), entryValue: BigInt(p.entryValue[row]!), held };
    }
  }
}

function plainFunding(state: State, instrument: number, held: bigint): bigint {
  const i = state.instruments.columns;
  const samples = i.hourSamples[instrument]!;
  if (samples === 0) return 0n;
  const premium = Math.round(i.premiumSum[instrument]! / samples);
  const pulled = premium + Math.min(500_000, Math.max(-500_000, 100_000 - premium));
  const rate = BigInt(Math.min(320_000_000, Math.max(-320_000_000, pulled)));
  const size = held < 0n ? -held : held;
  const notional = (size * BigInt(i.index[instrument]!)) / 720n;
  const pays = held > 0n ? rate : -rate;
  // Negative numbers are rounded away from zero: whoever pays pays the larger amount.
  return pays > 0n ? -ceil(notional * pays, 8_000_000_000n) : (notional * -pays) / 8_000_000_000n;
}

/** Micro-USD per lot. */
function plainPrice(state: State, instrument: number, nowMs: number): bigint {
  const i = state.instruments.columns;
  const [perpetualKind, spotKind, , optionKind] = [0, 1, 2, 3];
  if (i.kind[instrument] === spotKind) return 0n;
  if (i.stage[instrument] !== 0) return BigInt(i.settlement[instrument]!);
  const underlying = i.underlying[instrument]!;
  const mark = BigInt(i.mark[instrument]!);
  const meanE8 = plainMeanE8(state, underlying, nowMs);
  const lotsPerUnit = BigInt(i.lotsPerUnit[instrument]!);
  const perLot = (e8: bigint) => nearest(e8, 100n * lotsPerUnit);
  if (i.kind[instrument] === optionKind) {
    const strike = BigInt(i.strikeE8[instrument]!);
    const inTheMoney = i.optionType[instrument] === 0 ? meanE8 - strike : strike - meanE8;
    const exercise = inTheMoney > 0n ? perLot(inTheMoney) : 0n;
    return exercise > mark ? exercise : mark;
  }
  if (i.kind[instrument] === perpetualKind) return perLot(meanE8);
  const perpetual = state.underlyings.columns.perpetual[underlying]!;
  const nowE8 = BigInt(i.mark[perpetual]!) * BigInt(i.lotsPerUnit[perpetual]!) * 100n;
  return nowE8 === 0n ? mark : (mark * meanE8) / nowE8;
}

function plainMeanE8(state: State, underlying: number, nowMs: number): bigint {
  const { minute, priceE8 } = state.averageSamples.columns;
  const now = Math.floor(nowMs / 60_000);
  const wanted = [now - 4, now - 3, now - 2, now - 1, now];
  const rows = Array.from({ length: 60 }, (_, k) => underlying * 60 + k);
  const seen = rows.filter((row) => wanted.includes(minute[row]!) && minute[row]! > 0);
  if (seen.length > 0)
    return nearest(
      seen.reduce((sum, row) => sum + BigInt(priceE8[row]!), 0n),
      BigInt(seen.length),
    );
  const perpetual = state.underlyings.columns.perpetual[underlying]!;
  const i = state.instruments.columns;
  if (perpetual < 0) return BigInt(state.underlyings.columns.indexE8[underlying]!);
  return BigInt(i.mark[perpetual]!) * BigInt(i.lotsPerUnit[perpetual]!) * 100n;
}

/** The assets of a state at the unwind's prices, the settlement currency first. */
export function plainAssets(state: State, nowMs: number): PlainAsset[] {
  return state.directory.assets.map(({ name, underlying, redemptionPpm, weightPpm, decimals }) => {
    const meanE8 = underlying < 0 ? 100_000_000n : plainMeanE8(state, underlying, nowMs);
    const priceE8 = redemptionPpm === 0 ? meanE8 : (meanE8 * BigInt(redemptionPpm)) / 1_000_000n;
    return { name, priceE8, weightPpm: BigInt(weightPpm), whole: 10n ** BigInt(decimals) };
  });
}

/** Nobody owes anything afterwards. The first asset is the one that can be owed. */
export function plainCover(before: PlainHoldings, assets: readonly PlainAsset[]): PlainHoldings {
  const holdings = new Map([...before].map(([account, units]) => [account, new Map(units)]));
  const [cash, ...coins] = assets as [PlainAsset, ...PlainAsset[]];
  const has = (account: number, { name }: PlainAsset) => holdings.get(account)!.get(name)!;
  const given = new Map(coins.map(({ name }) => [name, 0n]));
  let covered = 0n;
  let lost = 0n;
  for (const account of holdings.keys()) {
    let debt = has(account, cash) < 0n ? -has(account, cash) : 0n;
    add(holdings, account, cash.name, debt);
    for (const coin of coins) {
      const worth = (units: bigint) =>
        (units * coin.priceE8 * coin.weightPpm) / (coin.whole * 100n * 1_000_000n);
      const all = has(account, coin);
      if (debt === 0n || coin.priceE8 * coin.weightPpm === 0n) continue;
      const enough = worth(all) >= debt;
      const sold = enough ? least(all, (units) => worth(units) >= debt) : all;
      const paid = enough ? debt : worth(all);
      add(holdings, account, coin.name, -sold);
      given.set(coin.name, given.get(coin.name)! + sold);
      covered += paid;
      debt -= paid;
    }
    lost += debt;
  }
  const take = (account: number, wanted: bigint): bigint => {
    const taken = smaller(has(account, cash), wanted);
    add(holdings, account, cash.name, -taken);
    return taken;
  };
  let everybodyLoses = lost;
  for (const account of [INSURANCE, FEES]) everybodyLoses -= take(account, everybodyLoses);
  let everybodyBuys = covered;
  const handed = new Map(coins.map(({ name }) => [name, 0n]));
  for (const account of [INSURANCE, FEES]) {
    const paid = take(account, everybodyBuys);
    everybodyBuys -= paid;
    for (const { name } of coins) {
      const share = covered === 0n ? 0n : (given.get(name)! * paid) / covered;
      add(holdings, account, name, share);
      handed.set(name, handed.get(name)! + share);
    }
  }
  const due = everybodyLoses + everybodyBuys;
  const sharing = [...holdings.keys()].filter(
    (account) => account !== INSURANCE && account !== FEES && has(account, cash) > 0n,
  );
  const total = sharing.reduce((sum, account) => sum + has(account, cash), 0n);
  let cashLeft = due === 0n ? 0n : total - due;
  const leftOf = new Map(coins.map(({ name }) => [name, given.get(name)! - handed.get(name)!]));
  const rest = new Map(leftOf);
  for (const account of due === 0n ? [] : sharing) {
    const had = has(account, cash);
    const kept = most(had, (units) => units * total <= had * (total - due));
    add(holdings, account, cash.name, kept - had);
    cashLeft -= kept;
    for (const { name } of everybodyBuys === 0n ? [] : coins) {
      const all = leftOf.get(name)!;
      const share = most(all, (units) => units * total <= all * had);
      add(holdings, account, name, share);
      rest.set(name, rest.get(name)! - share);
    }
  }
  add(holdings, DUST, cash.name, cashLeft);
  for (const { name } of coins) add(holdings, DUST, name, rest.get(name)!);
  return holdings;
}

function add(holdings: PlainHoldings, account: number, name: string, units: bigint): void {
  const held = holdings.get(account)!;
  held.set(name, held.get(name)! + units);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The least number up to `high` that is enough; `high` is. */
function least(high: bigint, isEnough: (units: bigint) => boolean): bigint {
  let [below, enough] = [-1n, high];
  while (enough - below > 1n) {
    const middle = (enough + below) / 2n;
    if (isEnough(middle)) enough = middle;
    else below = middle;
  }
  return enough;
}

/** The greatest number up to `high` that fits; 0 does. */
function most(high: bigint, fits: (units: bigint) => boolean): bigint {
  return high - least(high, (less) => fits(high - less));
}

function ceil(a: bigint, b: bigint): bigint {
  return a % b === 0n ? a / b : a / b + 1n;
}

function nearest(a: bigint, b: bigint): bigint {
  return (2n * a + b) / (2n * b);
}
