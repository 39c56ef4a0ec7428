// Scenario S4, the shape of YFI in 2023: eight buyers who act as one build open interest in a thin coin, each just
// small enough. What must happen: they are stopped at the market's cap, where new risk costs its whole notional; as
// eight books of one owner they are stopped at the owner's cap long before.
import { expect, test } from 'vitest';
import { Desk } from '../../lab/fixtures/desk.ts';
import type { Genesis, ListInstrument, ListUnderlying } from '../../protocol/commands/types.ts';
import { InstrumentKind, OptionType, UnderlyingClass } from '../../protocol/enums.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater } from '../memory/table.ts';
import { openEngine } from '../openEngine.ts';
import { accountViewOf } from '../views/account.ts';

const BUYERS = 8;
const MAKERS = 3;
const OFFERED_COINS = 440;
const COIN_USD = 5_000;
/** 100 000 USD. */
const ORDER_COINS = 20;
const LOTS_PER_COIN = 1_000;
const TICKS = COIN_USD * 100;

/** A volume of 1.5 m USD a day and 250 m USD of free float: the market may hold 4.5 m, an owner of it 1 m. */
const coin: ListUnderlying = {
  kind: 'ListUnderlying',
  name: 'YFI',
  class: UnderlyingClass.tail,
  sigmaPpm: 120_000,
  hMinMinutes: 720,
  adv30Usd: 1_500_000,
  freeFloatCapUsd: 250_000_000,
  leverageMilliMax: 0,
  upFactorPpm: 1_000_000,
  isMajor: false,
  sources: 7,
};

const perpetual: ListInstrument = {
  kind: 'ListInstrument',
  name: 'YFI-PERP',
  instrumentKind: InstrumentKind.perpetual,
  underlying: 'YFI',
  expiryMs: 0,
  strikeE8: 0,
  optionType: OptionType.call,
  baseAsset: '',
  lotsPerUnit: LOTS_PER_COIN,
  ticksPerUsd: 100,
  sizeLotsMax: 10_000_000,
  priceTicksMax: 10_000_000,
  notionalMinUsd: 1,
  bandPpm: 100_000,
  markBandPpm: 127_279,
};

interface Market {
  desk: Desk;
  instrument: number;
  makers: number[];
  buyers: number[];
}

/** Three makers offer 6.6 m USD of the coin, each nearly what three days of its volume unwind; the buyers have 5 m each. */
function openMarket(isOneOwner: boolean): Market {
  const opening = [...sandboxGenesis(), coin];
  const desk = new Desk(openEngine(opening[0] as Genesis), opening);
  const { state } = desk.engine;
  const count = highWater(state.underlyings);
  const cells = Array.from({ length: count * count }, (_, at) =>
    Math.floor(at / count) === at % count ? 1_000_000 : 500_000,
  );
  desk.accept({ kind: 'SetCorrelations', calmPpm: cells, stressPpm: cells });
  desk.accept(perpetual);
  const instrument = state.directory.instruments.length - 1;
  const open = (label: string, firm: number, usd: number): number => {
    if (firm === highWater(state.firms))
      desk.accept({ kind: 'OpenFirm', label, owner: `0x${'00'.repeat(20)}` });
    desk.accept({ kind: 'OpenSubaccount', firm, label });
    const account = highWater(state.accounts) - 1;
    desk.accept({ kind: 'CreditDeposit', account, asset: 'USDC', amount: usd * 1e6, reference: 'start' });
    return account;
  };
  const firstFirm = highWater(state.firms);
  const makers = Array.from({ length: MAKERS }, (_, place) =>
    open(`Maker ${place + 1}`, firstFirm + place, 20_000_000),
  );
  for (const place of makers.keys())
    desk.accept({ kind: 'RegisterMarketMaker', firm: firstFirm + place, capMultiple: 5 });
  const buyers = Array.from({ length: BUYERS }, (_, place) =>
    open(`Buyer ${place + 1}`, firstFirm + MAKERS + (isOneOwner ? 0 : place), 5_000_000),
  );
  desk.prices({ [count - 1]: COIN_USD });
  for (const account of makers)
    desk.place({ account, instrument, side: 1, priceTicks: TICKS, sizeLots: OFFERED_COINS * LOTS_PER_COIN });
  return { desk, instrument, makers, buyers };
}

function buy({ desk, instrument }: Market, account: number): string | undefined {
  desk.place({
    account,
    instrument,
    timeInForce: 1,
    priceTicks: TICKS,
    sizeLots: ORDER_COINS * LOTS_PER_COIN,
  });
  return desk.code;
}

/** Each buyer in turn buys 100 000 USD at a time until it may not. */
function buildUp(market: Market): string[] {
  return market.buyers.map((account) => {
    let bought = 0;
    let code = buy(market, account);
    for (; code === undefined; code = buy(market, account)) bought += 1;
    const { label } = market.desk.engine.state.directory.accounts[account]!;
    return `${label}: ${bought * ORDER_COINS * COIN_USD} USD, then ${code}`;
  });
}

test('eight owners build open interest until the market is full', () => {
  const market = openMarket(false);
  expect(buildUp(market)).toEqual([
    'Buyer 1: 1000000 USD, then cap.ownerShare',
    'Buyer 2: 1000000 USD, then cap.ownerShare',
    'Buyer 3: 1000000 USD, then cap.ownerShare',
    'Buyer 4: 1000000 USD, then cap.ownerShare',
    'Buyer 5: 500000 USD, then cap.marketOpenInterest',
    'Buyer 6: 0 USD, then cap.marketOpenInterest',
    'Buyer 7: 0 USD, then cap.marketOpenInterest',
    'Buyer 8: 0 USD, then cap.marketOpenInterest',
  ]);
  const { desk, buyers } = market;
  // At the cap a position needs all it is worth and more; what is held already is not liquidated for it.
  const { initialUsd, maintenanceUsd } = accountViewOf(desk.engine, buyers[0]!).margin;
  expect(initialUsd).toBeGreaterThanOrEqual(1_000_000e6);
  expect(maintenanceUsd).toBeLessThan(initialUsd / 2);
  checkInvariants(desk.engine.state);
});

test('as eight books of one owner they are stopped at the owner’s cap', () => {
  const lines = buildUp(openMarket(true));
  expect(lines[0]).toBe('Buyer 1: 1000000 USD, then cap.ownerShare');
  expect(lines.slice(1).every((line) => line.endsWith(': 0 USD, then cap.ownerShare'))).toBe(true);
});

test('at the cap a buyer may still leave, and who closes a short is not held back', () => {
  const market = openMarket(false);
  buildUp(market);
  const { desk, instrument, makers, buyers } = market;
  for (const account of makers) desk.accept({ kind: 'CancelAll', account, instrument });
  // The first maker sold 440 coins and buys 200 back.
  const maker = makers[0]!;
  desk.place({ account: maker, instrument, priceTicks: TICKS, sizeLots: 200 * LOTS_PER_COIN });
  expect(desk.code).toBeUndefined();
  desk.place({ account: buyers[0]!, instrument, side: 1, priceTicks: TICKS, sizeLots: 200 * LOTS_PER_COIN });
  expect(desk.code).toBeUndefined();
  expect(
    desk.engine.state.underlyings.columns.openMicroCoins.at(highWater(desk.engine.state.underlyings) - 1),
  ).toBe(700e6);
  checkInvariants(desk.engine.state);
});
