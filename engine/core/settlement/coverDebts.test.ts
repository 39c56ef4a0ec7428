import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../lab/house/propertySeed.ts';
import { type PlainHoldings, plainCover } from '../../lab/twins/plainUnwind.ts';
import { DUST, FEES, FIRST_ACCOUNT, INSURANCE } from '../ledger/systemAccounts.ts';
import { coverDebts, type DebtTerms } from './coverDebts.ts';

const COIN = 100_000_000n;
const USD = 1_000_000n;

/** USDC, and a coin of 100 USD that counts for nine tenths. */
const terms: DebtTerms = {
  assetE8: [1e8, 100e8],
  weightPpm: [1_000_000, 900_000],
  wholeUnits: [1e6, 1e8],
};

/** Nobody holds anything but those named. */
function book(named: Record<number, readonly bigint[]>, count = FIRST_ACCOUNT + 3): bigint[][] {
  return Array.from({ length: count }, (_, account) => [...(named[account] ?? [0n, 0n])]);
}

const [A, B, C] = [FIRST_ACCOUNT, FIRST_ACCOUNT + 1, FIRST_ACCOUNT + 2];

test('a debt is covered by own coins at price × weight, rounded up, and who pays the dollars gets the coins', () => {
  const after = coverDebts(book({ [A]: [-90n * USD, 3n * COIN], [B]: [300n * USD, 0n] }), terms);
  // One coin of 100 USD counts for 90.
  expect(after[A]).toEqual([0n, 2n * COIN]);
  expect(after[B]).toEqual([210n * USD, COIN]);
});

test('what coins do not cover is lost by the insurance fund first, then by the fees, then by all alike', () => {
  const losing = (insurance: bigint, fees: bigint) =>
    coverDebts(
      book({
        [A]: [-190n * USD, COIN],
        [INSURANCE]: [insurance, 0n],
        [FEES]: [fees, 0n],
        [B]: [300n * USD, 0n],
        [C]: [100n * USD, 0n],
      }),
      terms,
    );
  const rich = losing(150n * USD, 70n * USD);
  // The fund loses 100 and buys with the 50 it has left, the fees buy the other 40: five and four ninths of the coin.
  expect(rich[INSURANCE]).toEqual([0n, 55_555_555n]);
  expect(rich[FEES]).toEqual([30n * USD, 44_444_444n]);
  expect([rich[B], rich[C], rich[DUST]]).toEqual([
    [300n * USD, 0n],
    [100n * USD, 0n],
    [0n, 1n],
  ]);
  const poor = losing(30n * USD, 20n * USD);
  // 50 are lost and 90 pay for the coin: 140 of 400 are given by both alike.
  expect([poor[INSURANCE], poor[FEES]]).toEqual([
    [0n, 0n],
    [0n, 0n],
  ]);
  expect([poor[B], poor[C]]).toEqual([
    [195n * USD, 75_000_000n],
    [65n * USD, 25_000_000n],
  ]);
});

test('a pot without coins loses to everybody, and what division leaves is dust', () => {
  const after = coverDebts(book({ [A]: [-1n, 0n], [B]: [2n, 0n], [C]: [2n, 0n] }), terms);
  expect([after[A], after[B], after[C], after[DUST]]).toEqual([
    [0n, 0n],
    [1n, 0n],
    [1n, 0n],
    [1n, 0n],
  ]);
});

test('a coin without a price covers nothing and stays', () => {
  const after = coverDebts(book({ [A]: [-5n, COIN], [B]: [9n, 0n] }), { ...terms, assetE8: [1e8, 0] });
  expect([after[A], after[B]]).toEqual([
    [0n, COIN],
    [4n, 0n],
  ]);
});

test('more owed than there is stops the engine: such a book cannot come to be', () => {
  expect(() => coverDebts(book({ [A]: [-5n, 0n], [B]: [4n, 0n] }), terms)).toThrow(
    'are owed and 4 are there',
  );
  expect(() => coverDebts(book({ [A]: [5n, -1n] }), terms)).toThrow('less than nothing');
});

const PEOPLE = 6;
const ASSETS = 4;
const amount = fc.oneof(fc.bigInt(0n, 40n), fc.bigInt(0n, 1_000_000_000n), fc.bigInt(0n, 9_000_000_000_000n));
const debt = fc.oneof(fc.bigInt(-60n, 60n), fc.bigInt(-2_000_000_000n, 2_000_000_000n), amount);
const row = fc.tuple(debt, amount, amount, amount).map((units): bigint[] => [...units]);

/** A book whose debts its dollars can cover, and terms of four assets. */
const anyBook = fc
  .record({
    people: fc.array(row, { minLength: PEOPLE, maxLength: PEOPLE }),
    house: fc.array(fc.oneof(fc.constant<bigint[]>([0n, 0n, 0n, 0n]), row), { minLength: 3, maxLength: 3 }),
    prices: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000_000_000_000 })), {
      minLength: ASSETS,
      maxLength: ASSETS,
    }),
    weights: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: ASSETS, maxLength: ASSETS }),
    wholes: fc.array(fc.constantFrom(1e6, 1e8), { minLength: ASSETS, maxLength: ASSETS }),
  })
  .map(({ people, house, prices, weights, wholes }) => {
    const units = Array.from({ length: FIRST_ACCOUNT }, () => Array<bigint>(ASSETS).fill(0n));
    units[FEES] = house[0]!;
    units[INSURANCE] = house[1]!;
    units[DUST] = house[2]!.map((each) => (each < 0n ? 0n : each));
    units.push(...people);
    const short = -sumOf(units, 0);
    // Somebody holds what the others owe.
    if (short > 0n) units[FIRST_ACCOUNT] = [(units[FIRST_ACCOUNT]![0] ?? 0n) + short, 0n, 0n, 0n];
    const given: DebtTerms = { assetE8: prices, weightPpm: weights, wholeUnits: wholes };
    return { units, terms: given };
  })
  .filter(({ units }) => sumOf(units, 0) >= 0n);

function sumOf(units: readonly (readonly bigint[])[], asset: number): bigint {
  return units.reduce((sum, each) => sum + each[asset]!, 0n);
}

test('every asset sums to what it summed to, nobody owes, and a second time changes nothing', () => {
  let covering = 0;
  fc.assert(
    fc.property(anyBook, ({ units, terms: given }) => {
      const after = coverDebts(units, given);
      for (let asset = 0; asset < ASSETS; asset++) expect(sumOf(after, asset)).toBe(sumOf(units, asset));
      expect(after.every((each) => each.every((left) => left >= 0n))).toBe(true);
      expect(coverDebts(after, given)).toEqual(after);
      if (units.some((each) => each[0]! < 0n)) covering++;
    }),
    { numRuns: 500 },
  );
  expect(covering).toBeGreaterThan(300);
});

test('the plain twin says the same, to the unit', () => {
  fc.assert(
    fc.property(anyBook, ({ units, terms: given }) => {
      expect(coverDebts(units, given)).toEqual(plainly(units, given));
    }),
    { numRuns: 300 },
  );
});

function plainly(units: readonly (readonly bigint[])[], given: DebtTerms): bigint[][] {
  const assets = given.assetE8.map((priceE8, k) => ({
    name: String(k),
    priceE8: BigInt(priceE8),
    weightPpm: BigInt(given.weightPpm[k]!),
    whole: BigInt(given.wholeUnits[k]!),
  }));
  const holdings: PlainHoldings = new Map(
    units.map((each, account) => [account, new Map(each.map((of, k) => [String(k), of]))]),
  );
  const after = plainCover(holdings, assets);
  return units.map((each, account) => each.map((_, k) => after.get(account)!.get(String(k))!));
}

test('the order of accounts plays no part', () => {
  const shuffled = fc.shuffledSubarray([...Array(PEOPLE).keys()], { minLength: PEOPLE, maxLength: PEOPLE });
  fc.assert(
    fc.property(anyBook, shuffled, ({ units, terms: given }, order) => {
      const placed = (from: readonly (readonly bigint[])[]) => [
        ...from.slice(0, FIRST_ACCOUNT),
        ...order.map((at) => from[FIRST_ACCOUNT + at]!),
      ];
      expect(coverDebts(placed(units), given)).toEqual(placed(coverDebts(units, given)));
    }),
    { numRuns: 300 },
  );
});

test('who deposits more never gets less, of any asset', () => {
  const more = fc.tuple(fc.nat(PEOPLE - 1), fc.nat(ASSETS - 1), fc.bigInt(1n, 3_000_000_000n));
  fc.assert(
    fc.property(anyBook, more, ({ units, terms: given }, [person, asset, added]) => {
      const at = FIRST_ACCOUNT + person;
      const richer = units.map((each, account) =>
        each.map((had, k) => (account === at && k === asset ? had + added : had)),
      );
      const [before, after] = [coverDebts(units, given)[at]!, coverDebts(richer, given)[at]!];
      for (const [k, had] of before.entries()) expect([k, after[k]! >= had]).toEqual([k, true]);
    }),
    { numRuns: 1_000 },
  );
});

test('who owes nothing pays no more than its share of the dollars, and only when the fund and the fees are empty', () => {
  fc.assert(
    fc.property(anyBook, ({ units, terms: given }) => {
      const after = coverDebts(units, given);
      const payers = units
        .map((each, account) => ({ account, had: each[0]!, paid: each[0]! - after[account]![0]! }))
        .filter(({ account, had }) => account >= FIRST_ACCOUNT && had > 0n);
      const all = payers.reduce((sum, { had }) => sum + had, 0n) + units[DUST]![0]!;
      const paidByAll = payers.reduce((sum, { paid }) => sum + paid, 0n);
      for (const { had, paid } of payers) {
        expect(paid >= 0n && paid <= had).toBe(true);
        // Less than one unit more than the share of all that was paid.
        expect((paid - 1n) * all <= (paidByAll + units[DUST]![0]!) * had).toBe(true);
        if (paid > 0n) expect([after[INSURANCE]![0], after[FEES]![0]]).toEqual([0n, 0n]);
      }
      const owing = units.filter((each) => each[0]! < 0n).reduce((sum, each) => sum - each[0]!, 0n);
      const funds = [INSURANCE, FEES].reduce(
        (sum, of) => sum + (units[of]![0]! > 0n ? units[of]![0]! : 0n),
        0n,
      );
      if (funds >= owing) expect(paidByAll).toBe(0n);
    }),
    { numRuns: 500 },
  );
});
