import { assert } from '../units/assert.ts';
import { bestAsk, bestBid } from './book/ladder.ts';
import { checkCalls } from './calls/checkCalls.ts';
import { stakeRow } from './caps/stakes.ts';
import { checkNodes } from './firms/checkNodes.ts';
import { balanceOf } from './ledger/post.ts';
import { CLEARING, DUST, USDC } from './ledger/systemAccounts.ts';
import { checkLimits } from './limits/checkLimits.ts';
import { highWater, NONE } from './memory/table.ts';
import { checkNettings } from './moves/checkNettings.ts';
import { orderBookOf } from './orders/books.ts';
import { checkBrackets } from './orders/checkBrackets.ts';
import { checkSettlement } from './settlement/checkSettlement.ts';
import type { State } from './state.ts';

/**
 * What we always believe, summed from nothing: value is conserved per asset, longs equal shorts, the
 * clearing account mirrors all entry values, stakes follow positions and orders, no book is crossed, lists and
 * counts agree, a bracket closes what its entry has filled and no more, a firm's places are one tree,
 * limits know what could come to be held, what lies outside is what was credited and not withdrawn.
 *
 * Walks the whole state: for snapshots, tests and verification, not for every command.
 *
 * @fails AssertionError with the sentence that does not hold
 */
export function checkInvariants(state: State): void {
  checkBalances(state);
  checkPositions(state);
  checkStakes(state);
  checkBooks(state);
  checkOpenOrders(state);
  checkBrackets(state);
  checkNodes(state);
  checkNettings(state);
  checkCalls(state);
  checkLimits(state);
  checkSettlement(state);
}

/** Σ over all accounts, the outside world included, is zero for every asset. */
function checkBalances(state: State): void {
  for (let asset = 0; asset < state.directory.assets.length; asset++) {
    let sum = 0;
    for (let account = 0; account < highWater(state.accounts); account++)
      sum += balanceOf(state, account, asset);
    assert(sum === 0, `asset ${asset} is not conserved: accounts sum to ${sum}`);
  }
  if (highWater(state.accounts) > 0)
    assert(balanceOf(state, DUST, USDC) >= 0, 'the dust account is below zero');
}

function checkPositions(state: State): void {
  const p = state.positions.columns;
  const lots = new Float64Array(highWater(state.instruments));
  const longs = new Float64Array(highWater(state.instruments));
  const samples = new Float64Array(highWater(state.instruments));
  let entryValue = 0;
  let settledValue = 0;
  for (let account = 0; account < highWater(state.accounts); account++) {
    let before = -1;
    for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
      const instrument = p.instrument[row]!;
      assert(
        instrument > before && p.account[row] === account,
        'positions of an account ascend by instrument',
      );
      before = instrument;
      lots[instrument] = lots[instrument]! + p.lots[row]!;
      longs[instrument] = longs[instrument]! + Math.max(0, p.lots[row]!);
      const held = state.instruments.columns.samples[instrument]! - p.sampledAt[row]!;
      samples[instrument] = samples[instrument]! + p.lotSamples[row]! + p.lots[row]! * held;
      entryValue += p.entryValue[row]!;
    }
  }
  for (let instrument = 0; instrument < lots.length; instrument++) {
    const settled = state.instruments.columns.settledLots[instrument]!;
    assert(
      lots[instrument]! + settled === 0,
      `longs and shorts of instrument ${instrument} differ by ${lots[instrument]! + settled}`,
    );
    // Between two ticks of a settlement the sides that are paid out need not balance.
    settledValue += settled * state.instruments.columns.settlement[instrument]!;
    assert(samples[instrument] === 0, `funding samples of instrument ${instrument} do not cancel`);
    const openInterest = state.instruments.columns.openInterest[instrument];
    assert(longs[instrument] === openInterest, `open interest of instrument ${instrument} is not its longs`);
  }
  if (highWater(state.accounts) === 0) return;
  const clearing = balanceOf(state, CLEARING, USDC);
  assert(
    clearing + entryValue + settledValue === 0,
    `clearing holds ${clearing}, open entry values sum to ${entryValue}, half settled ones to ${settledValue}`,
  );
}

/** Sums of coins may pass 2^53 where a coin is worth nearly nothing; there the last bit may differ. */
const STAKE_PRECISION = 1e-12;

function checkStakes(state: State): void {
  const p = state.positions.columns;
  const { microCoinsPerLot, underlying } = state.instruments.columns;
  const mostLong = new Float64Array(highWater(state.stakes));
  const mostShort = new Float64Array(highWater(state.stakes));
  const open = new Float64Array(highWater(state.underlyings));
  for (let account = 0; account < highWater(state.accounts); account++) {
    const firm = state.accounts.columns.firm[account]!;
    for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = p.next[row]!) {
      const instrument = p.instrument[row]!;
      const micro = microCoinsPerLot[instrument]!;
      const at = stakeRow(state, firm, underlying[instrument]!);
      mostLong[at] = mostLong[at]! + Math.max(0, p.lots[row]! + p.bidLots[row]!) * micro;
      mostShort[at] = mostShort[at]! + Math.max(0, p.askLots[row]! - p.lots[row]!) * micro;
      open[underlying[instrument]!] = open[underlying[instrument]!]! + Math.max(0, p.lots[row]!) * micro;
    }
  }
  const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= STAKE_PRECISION * Math.max(a, b);
  const { stakes, underlyings } = state;
  for (let row = 0; row < highWater(stakes); row++) {
    const isLong = isSame(stakes.columns.mostLong[row]!, mostLong[row]!);
    const isShort = isSame(stakes.columns.mostShort[row]!, mostShort[row]!);
    assert(isLong && isShort, `stake ${row} is not what its firm could come to hold`);
  }
  for (let row = 0; row < open.length; row++) {
    const isOpen = isSame(underlyings.columns.openMicroCoins[row]!, open[row]!);
    assert(isOpen, `open interest of underlying ${row} is not the longs of its instruments`);
  }
}

function checkBooks(state: State): void {
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    const bid = bestBid(state.book, orderBookOf(instrument));
    const ask = bestAsk(state.book, orderBookOf(instrument));
    assert(
      bid === NONE || ask === NONE || bid < ask,
      `the book of instrument ${instrument} is crossed: ${bid} over ${ask}`,
    );
  }
}

function checkOpenOrders(state: State): void {
  const c = state.book.orders.columns;
  let listed = 0;
  for (let account = 0; account < highWater(state.accounts); account++) {
    let count = 0;
    for (let row = state.accounts.columns.firstOrder[account]!; row !== NONE; row = c.nextOfAccount[row]!) {
      assert(
        c.account[row] === account && c.level[row] !== NONE,
        'an open order rests and knows its account',
      );
      assert(
        c.openLots[row]! > 0 && c.openLots[row]! <= c.originalLots[row]!,
        'an open order has some of its lots left',
      );
      count++;
    }
    assert(count === state.accounts.columns.orderCount[account], `account ${account} miscounts its orders`);
    listed += count;
  }
  const inBooks = state.book.ladders.columns.orderCount;
  let resting = 0;
  for (let ladder = 0; ladder < highWater(state.book.ladders); ladder++) resting += inBooks[ladder]!;
  assert(resting === listed, `${resting} orders rest in books, accounts list ${listed}`);
}
