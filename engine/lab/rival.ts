import type { CommandAnswer, OperationResult, ServerMessage } from '../protocol/stream.ts';
import type { MarketsView } from '../protocol/views/health.ts';
import type { MarketView } from '../protocol/views/market.ts';
import type { OperationWire, OrderDraftWire } from '../protocol/wire/commands.ts';
import { assert } from '../units/assert.ts';
import { until } from './chain/testChain.ts';
import type { AgentKey } from './deskClient.ts';
import { Program } from './program.ts';

/** More than any test trades with it: what is taken of it does not move the middle back. */
const PUSH_SIZE = '2';
const WAIT_MS_MAX = 90_000;

/**
 * Somebody of another firm in the nearest future of a market that stands still. Its makers quote so far apart that one
 * order just inside a quote moves the middle of the book by half of the spread, and the mark, which follows the middle's
 * average of 150 s, goes that way tick by tick until the order is taken off.
 */
export class Rival {
  readonly market: MarketView;
  readonly #program: Program;
  readonly #key: AgentKey;
  readonly #desk: MarketsView;
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  /** As they were told, oldest first. */
  readonly #marksUsd: number[] = [];
  /** Levels it rests at. */
  readonly #own: { levels: Map<number, number>; ticks: number }[] = [];

  private constructor(program: Program, key: AgentKey, desk: MarketsView) {
    this.#program = program;
    this.#key = key;
    this.#desk = desk;
    this.market = futuresOf(desk)[0]!;
  }

  static async open(origin: string): Promise<Rival> {
    const program = await Program.signIn(origin, 'counterparty trader');
    const { client } = program;
    let desk: MarketsView | undefined;
    const isListed = async () => {
      desk = (await client.get<MarketsView>('/api/v1/markets')).body;
      return futuresOf(desk).length > 0;
    };
    // A moment after the desk opens.
    await until(isListed, () => 'a future is listed', WAIT_MS_MAX);
    const rival = new Rival(program, await program.key(), desk!);
    const stream = await client.openStream();
    stream.onMessage((message) => rival.#hear(message));
    stream.sendText(
      JSON.stringify({ op: 'subscribe', id: 1, channel: 'market', instrument: rival.market.instrument }),
    );
    const isQuoted = () => rival.#marksUsd.length > 0 && rival.#spreadUsd() > 1;
    await until(isQuoted, () => 'both sides are quoted', WAIT_MS_MAX);
    return rival;
  }

  /** Once three price reports in a row, a second apart, found it within a tick: the last trade has its effect. */
  async stillMarkUsd(): Promise<number> {
    const before = this.#marksUsd.length;
    const isStill = () => {
      const last = this.#marksUsd.slice(before).slice(-3);
      return last.length === 3 && Math.max(...last) - Math.min(...last) < 1 / this.market.ticksPerUsd;
    };
    await until(isStill, () => 'the mark stands still', WAIT_MS_MAX);
    return this.#marksUsd.at(-1)!;
  }

  /** A tick inside the quote of a side, USD: whoever rests there is met first. */
  insideUsd(side: 'bid' | 'ask'): number {
    const ticks = side === 'bid' ? Math.max(...this.#bids.keys()) + 1 : Math.min(...this.#asks.keys()) - 1;
    return ticks / this.market.ticksPerUsd;
  }

  /** The mark rises or falls from now on. A quote that just moved refuses it: asked again. */
  async push(way: 'up' | 'down'): Promise<void> {
    const [side, quote] = way === 'up' ? (['buy', 'ask'] as const) : (['sell', 'bid'] as const);
    for (let placed: OperationResult | undefined; placed?.status !== 'resting'; ) {
      const price = this.insideUsd(quote).toFixed(1);
      const levels = side === 'buy' ? this.#bids : this.#asks;
      this.#own.push({ levels, ticks: Math.round(Number(price) * this.market.ticksPerUsd) });
      placed = await this.#place({ side, size: PUSH_SIZE, price, type: 'limit', isPostOnly: true });
    }
  }

  /** Its orders are taken off, and it has heard so: where it pushed, nobody quotes. The mark goes back by itself, slowly. */
  async release(): Promise<void> {
    await this.#send({ type: 'CancelAll', account: this.#program.account });
    const isGone = () => this.#own.every(({ levels, ticks }) => !levels.has(ticks));
    await until(isGone, () => 'its orders have left the book', WAIT_MS_MAX);
    this.#own.length = 0;
  }

  /** Meets an order that rests at a price; all of it must fill. */
  async meet(side: 'buy' | 'sell', size: string, price: string): Promise<void> {
    const met = await this.#place({ side, size, price, type: 'limit', timeInForce: 'fok' });
    assert(met.status === 'filled', `the order was not met whole: ${JSON.stringify(met)}`);
  }

  #spreadUsd(): number {
    return this.insideUsd('ask') - this.insideUsd('bid');
  }

  #place(terms: Omit<OrderDraftWire, 'account' | 'instrument'>): Promise<OperationResult> {
    const order = { account: this.#program.account, instrument: this.market.name, ...terms };
    return this.#send({ type: 'PlaceOrder', order });
  }

  async #send(operation: OperationWire): Promise<OperationResult> {
    const { client } = this.#program;
    const envelope = client.envelope(this.#desk, this.#key, [operation]);
    const { status, body } = await client.post<CommandAnswer>('/api/v1/commands', envelope);
    assert(status === 200, `it was not taken: ${JSON.stringify(body)}`);
    return body.results[0]!;
  }

  #hear(message: ServerMessage): void {
    const { instrument, lotsPerUnit } = this.market;
    const noteMark = (mark: { markUsdPerLot: number } | null | undefined) => {
      if (mark) this.#marksUsd.push((mark.markUsdPerLot * lotsPerUnit) / 1e6);
    };
    if (message.type === 'marketSnapshot' && message.market.instrument === instrument) {
      const { bids, asks, mark } = message.market;
      for (const [ticks, lots] of bids) this.#bids.set(ticks, lots);
      for (const [ticks, lots] of asks) this.#asks.set(ticks, lots);
      noteMark(mark);
    } else if (message.type === 'marketDelta' && message.instrument === instrument) {
      for (const [side, ticks, lots] of message.levels) {
        const levels = side === 0 ? this.#bids : this.#asks;
        if (lots === 0) levels.delete(ticks);
        else levels.set(ticks, lots);
      }
      noteMark(message.mark);
    }
  }
}

function futuresOf({ markets }: MarketsView): MarketView[] {
  return markets
    .filter(({ kind, underlying }) => kind === 'future' && underlying === 'BTC')
    .sort((a, b) => a.expiryMs - b.expiryMs);
}
