import { applyFill } from '../../core/accounts/fill.ts';
import { ALTS, BASIS, type Desk, MAKER, OTHER, openDesk, VOL } from '../fixtures/desk.ts';
import { type Random, randomFrom } from '../sim/random.ts';
import { at, sample } from './sample.ts';

/** What one fill costs one account, ns. */
export interface FillCosts {
  medianNs: number;
  p99Ns: number;
}

interface Trade {
  buyer: number;
  seller: number;
  instrument: number;
  priceTicks: number;
  lots: number;
}

const ACCOUNTS = [BASIS, ALTS, VOL, MAKER, OTHER];
const INSTRUMENTS = 8;
const TRADES = 4_096;
const LOTS_MAX = 100;
/** Prices within so much of the mark. */
const SPREAD = 0.01;
const TRADES_PER_SAMPLE = 8;
const SAMPLES = 4_000;
/** Trades between two samples of the funding premium, which every position touched afterwards takes in. */
const TRADES_PER_FUNDING_SAMPLE = 64;

/**
 * Times both sides of drawn trades as the writer books them: position and entry value, realized PnL and fee with
 * their postings, volume, what margin reads of it (exposure, stake, open interest, premium samples) and the event.
 *
 * Every trade is played back the other way one pass later, so that positions open, shrink, close and turn round
 * for as long as it takes.
 */
export function measureFill(seed = 11): FillCosts {
  const desk = openDesk();
  const trades = drawTrades(desk, randomFrom(seed));
  const { samples } = desk.engine.state.instruments.columns;
  let played = 0;
  const play = (): number => {
    const trade = trades[played % TRADES]!;
    const isBack = Math.floor(played / TRADES) % 2 === 1;
    if (played % TRADES_PER_FUNDING_SAMPLE === 0) {
      for (let instrument = 0; instrument < INSTRUMENTS; instrument++) samples[instrument]! += 1;
    }
    played++;
    return bookTrade(desk, trade, isBack, played);
  };
  const sorted = sample(play, SAMPLES, TRADES_PER_SAMPLE);
  // A trade has two sides.
  const ns = (share: number): number => Math.round((at(sorted, share) * 1e6) / 2);
  return { medianNs: ns(0.5), p99Ns: ns(0.99) };
}

function drawTrades({ engine }: Desk, random: Random): Trade[] {
  const { mark, usdPerTickLot } = engine.state.instruments.columns;
  return Array.from({ length: TRADES }, () => {
    const buyer = random.below(ACCOUNTS.length);
    const seller = (buyer + 1 + random.below(ACCOUNTS.length - 1)) % ACCOUNTS.length;
    const instrument = random.below(INSTRUMENTS);
    const ticks = mark[instrument]! / usdPerTickLot[instrument]!;
    return {
      buyer: ACCOUNTS[buyer]!,
      seller: ACCOUNTS[seller]!,
      instrument,
      priceTicks: Math.round(ticks * (1 + (random.unit() * 2 - 1) * SPREAD)),
      lots: 1 + random.below(LOTS_MAX),
    };
  });
}

/** @returns the lanes of its events */
function bookTrade({ engine }: Desk, trade: Trade, isBack: boolean, id: number): number {
  const { buyer, seller, instrument, priceTicks, lots } = trade;
  const buying = isBack ? seller : buyer;
  const selling = isBack ? buyer : seller;
  const { fill } = engine;
  fill.instrument = instrument;
  fill.orderId = id;
  fill.tradeId = id;
  fill.priceTicks = priceTicks;
  fill.lots = lots;
  fill.remainingLots = 0;
  engine.out.reset();
  fill.account = buying;
  fill.side = 0;
  fill.isMaker = false;
  applyFill(engine, fill);
  fill.account = selling;
  fill.side = 1;
  fill.isMaker = true;
  applyFill(engine, fill);
  return engine.out.length;
}
