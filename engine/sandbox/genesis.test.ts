import { getContractAddress } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import type { Command, CommandKind } from '../protocol/commands/types.ts';
import { calmPpm, stressPpm } from './correlations.ts';
import { SANDBOX_VAULT, sandboxGenesis } from './genesis.ts';
import { listInstruments, listUnderlyings } from './listings.ts';
import { addressOf, people } from './people.ts';

const MNEMONIC = 'test test test test test test test test test test test junk';

function ofKind<K extends CommandKind>(kind: K): Extract<Command, { kind: K }>[] {
  return sandboxGenesis().filter(
    (command): command is Extract<Command, { kind: K }> => command.kind === kind,
  );
}

test('the people of the sandbox are the accounts of the test mnemonic, in order', () => {
  const derived = people.map((_, addressIndex) => mnemonicToAccount(MNEMONIC, { addressIndex }).address);
  expect(people.map(({ address }) => address)).toEqual(derived.map((address) => address.toLowerCase()));
});

test('the vault is where the first transaction of the deployer will put it', () => {
  const from = addressOf('deployer') as `0x${string}`;
  expect(SANDBOX_VAULT).toBe(getContractAddress({ from, nonce: 0n }).toLowerCase());
});

test('every perpetual has an integer tick value, a price the book can hold and a notional that stays exact', () => {
  for (const { name, ticksPerUsd, lotsPerUnit, priceTicksMax, sizeLotsMax } of listInstruments()) {
    const usdPerTickLot = 1_000_000 / (ticksPerUsd * lotsPerUnit);
    expect(Number.isInteger(usdPerTickLot) && usdPerTickLot >= 10, name).toBe(true);
    expect(priceTicksMax, name).toBeLessThan(2 ** 25);
    expect(priceTicksMax * sizeLotsMax * usdPerTickLot, name).toBeLessThan(2 ** 51);
  }
});

test('the band of a mark is a quarter of the range of the smallest book', () => {
  const underlyings = listUnderlyings();
  for (const [place, { name, markBandPpm }] of listInstruments().entries()) {
    const { sigmaPpm, hMinMinutes } = underlyings[place]!;
    expect(markBandPpm, name).toBe(Math.floor((6 / 4) * sigmaPpm * Math.sqrt(hMinMinutes / 1_440)));
  }
});

test.each([
  ['calm', calmPpm],
  ['stress', stressPpm],
])('the %s correlations are a matrix that some market could have', (_name, cells) => {
  const size = listUnderlyings().length;
  expect(cells).toHaveLength(size * size);
  expect(leastPivot(cells, size)).toBeGreaterThan(0.01);
});

/** Least squared pivot of the Cholesky decomposition: positive only for a positive definite matrix. */
function leastPivot(cellsPpm: readonly number[], size: number): number {
  const lower = Array.from({ length: size }, () => new Float64Array(size));
  let least = 1;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = cellsPpm[row * size + column]! / 1e6;
      for (let k = 0; k < column; k++) rest -= lower[row]![k]! * lower[column]![k]!;
      if (row === column) least = Math.min(least, rest);
      lower[row]![column] = row === column ? Math.sqrt(rest) : rest / lower[column]![column]!;
    }
  }
  return least;
}

test('a rebate never exceeds the lowest taker fee', () => {
  const [tiers] = ofKind('SetFeeTiers').map((command) => command.tiers);
  const least = Math.min(...tiers!.map(({ takerPpm }) => takerPpm));
  expect(tiers!.every(({ makerPpm }) => -makerPpm < least)).toBe(true);
});

test('all money enters as credited deposits and fits a ledger', () => {
  const total = new Map<string, number>();
  for (const { asset, amount } of ofKind('CreditDeposit')) total.set(asset, (total.get(asset) ?? 0) + amount);
  expect([...total.keys()]).toEqual(['USDC', 'BTC', 'ETH', 'WBTC', 'WSTETH']);
  expect([...total.values()].every((amount) => Number.isSafeInteger(amount * 2))).toBe(true);
});

test('every participant has a firm, an account, a member and an agent of its own', () => {
  const agents = ofKind('ApproveAgent');
  expect(new Set(agents.map(({ member }) => member)).size).toBe(agents.length);
  expect(new Set(agents.flatMap(({ accounts }) => accounts)).size).toBe(agents.length);
  const people = 2;
  expect(ofKind('OpenFirm')).toHaveLength(agents.length + people);
});

test('the counterparty is an owner of its own, with an account that no firm of the others sees', () => {
  const members = ofKind('AddMember');
  const member = members.find(({ label }) => label === 'Counterparty trader')!;
  const others = members.filter((each) => each !== member);
  expect(others.some(({ firm }) => firm === member.firm)).toBe(false);
  // A firm of one reaches all of it.
  expect(member.accounts).toEqual([]);
  const account = Math.max(...ofKind('CreditDeposit').map((deposit) => deposit.account));
  expect(others.some(({ accounts }) => accounts.includes(account))).toBe(false);
});
