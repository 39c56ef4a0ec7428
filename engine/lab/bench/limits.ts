import { judgeLimits } from '../../core/limits/judgeLimits.ts';
import { decide, openIntent } from '../../core/orders/decide.ts';
import type { SetLimits } from '../../protocol/commands/actions.ts';
import { OK } from '../../protocol/errors.ts';
import { ALTS, BASIS, type Desk, openDesk } from '../fixtures/desk.ts';
import { at, sample } from './sample.ts';

/** What judging an order costs with and without limits in the firm's tree, ns, one run. */
export interface LimitCosts {
  /** The whole judgement of an order: book, caps, limits and margin. */
  limitedMedianNs: number;
  unlimitedMedianNs: number;
  /** Of the two, both of this run. */
  ratio: number;
  /** Limits alone, of the same orders. */
  limitsMedianNs: number;
  limitsP99Ns: number;
}

const SAMPLES = 4_000;
const CHECKS_PER_SAMPLE = 8;
/** Perpetuals each account has an order in. */
const INSTRUMENTS = 8;
const LOTS = 100;
/** Limit orders that rest a little off the mark, as packed words: side, type and flags all 0. */
const PACKED = 0;
const ROOT = 0;

/** Wide enough that every order passes, and every measure is looked at. */
const SET: SetLimits['limits']['hard'] = {
  grossUsd: 1e15,
  netUsd: 1e15,
  classes: [{ class: 'bitcoin', grossUsd: 1e15, netUsd: 1e15 }],
  assets: [{ underlying: 'BTC', grossUsd: 1e15, netUsd: 1e15 }],
  orderUsd: 1e15,
  ordersPerMinute: 1e9,
  dayLossUsd: 1e15,
  leveragePpm: 1_000_000_000,
  concentrationPpm: 1_000_000,
};

/**
 * Times the whole judgement of an order: book, caps, limits and margin. One account stands under three limited nodes,
 * soft and hard limits of every kind at each; another of the same desk and with the same orders under none.
 */
export function measureLimits(): LimitCosts {
  const limited = prepare(BASIS, true);
  const unlimited = prepare(ALTS, false);
  // Both in turn first, so that neither is compiled for itself alone.
  for (let turn = 0; turn < 20_000; turn++) {
    judge(limited, BASIS, turn);
    judge(unlimited, ALTS, turn);
  }
  const ns = (call: (turn: number) => number): [number, number] => {
    let turn = 0;
    const sorted = sample(() => call(turn++), SAMPLES, CHECKS_PER_SAMPLE);
    return [Math.round(at(sorted, 0.5) * 1e6), Math.round(at(sorted, 0.99) * 1e6)];
  };
  const [unlimitedMedianNs] = ns((turn) => judge(unlimited, ALTS, turn));
  const [limitedMedianNs] = ns((turn) => judge(limited, BASIS, turn));
  // The order judged last stands in the intent with its plan.
  const [limitsMedianNs, limitsP99Ns] = ns(() => judgeLimits(limited.engine) + 1);
  const ratio = limitedMedianNs / unlimitedMedianNs;
  return { limitedMedianNs, unlimitedMedianNs, ratio, limitsMedianNs, limitsP99Ns };
}

function prepare(account: number, isLimited: boolean): Desk {
  const desk = openDesk();
  const { state } = desk.engine;
  const own = state.accounts.columns.node[account]!;
  const places = isLimited ? [own, state.nodes.columns.parent[own]!, ROOT] : [];
  for (const node of places)
    desk.accept({
      kind: 'Propose',
      firm: 1,
      action: { kind: 'SetLimits', node, limits: { soft: SET, hard: SET } },
    });
  for (let instrument = 0; instrument < INSTRUMENTS; instrument++) {
    desk.place({ account, instrument, priceTicks: bidOf(desk, instrument), sizeLots: LOTS });
  }
  return desk;
}

function bidOf({ engine }: Desk, instrument: number): number {
  const { mark, usdPerTickLot } = engine.state.instruments.columns;
  return Math.floor((mark[instrument]! / usdPerTickLot[instrument]!) * 0.99);
}

function judge(desk: Desk, account: number, turn: number): number {
  const instrument = turn % INSTRUMENTS;
  openIntent(desk.engine, account, instrument, PACKED, bidOf(desk, instrument), LOTS, 0);
  const code = decide(desk.engine);
  if (code !== OK) throw new Error(`an order within all limits was refused with ${code}`);
  return desk.engine.intent.restLots;
}
