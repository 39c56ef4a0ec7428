import type { OrderView } from '../../protocol/views/account.ts';
import type { MarketsView } from '../../protocol/views/health.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import type { OperationWire } from '../../protocol/wire/commands.ts';
import { type AgentKey, type DeskClient, type DeskStream, newClientId } from '../deskClient.ts';
import type { Random } from '../sim/random.ts';

export interface LoadTarget {
  readonly client: DeskClient;
  readonly stream: DeskStream;
  readonly desk: Pick<MarketsView, 'chainId' | 'vault' | 'markets'>;
  readonly key: AgentKey;
  readonly account: number;
}

/** What must be true of an order after its last answer. */
export interface Expectation {
  readonly clientId: string;
  readonly words: string;
  allows(order: OrderView): boolean;
}

interface Known {
  readonly clientId: string;
  readonly orderId: number;
  /** Undefined while a cancel is on its way: then both are allowed. */
  state: 'open' | 'cancelled' | undefined;
}

/** Commands on their way at a time. */
const WINDOW = 24;
/** The account keeps no more open orders than this. */
const OPEN_MAX = 300;

/** Places and cancels orders as fast as they are answered, and remembers what each answer promised. */
export class OrderLoad {
  account = 0;
  /** Highest sequence in any answer. */
  lastSeq = 0;
  readonly #random: Random;
  readonly #known = new Map<string, Known>();
  #answered = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Commands answered in this run. */
  get answered(): number {
    return this.#answered;
  }

  /** Runs until the stream breaks. @returns commands answered */
  async run(target: LoadTarget): Promise<number> {
    this.#answered = 0;
    const isOver = target.stream.closed.then(() => undefined);
    // A desk that is killed before its market's first report takes no order at all.
    const price = await Promise.race([farBelow(target).catch(() => undefined), isOver]);
    if (price === undefined) return 0;
    const lanes = Array.from({ length: WINDOW }, async () => {
      for (;;) if (!(await this.#step(target, price))) return;
    });
    await Promise.all([isOver, ...lanes]);
    return this.#answered;
  }

  /** What the answers since the last call promised; orders that are done with are forgotten. */
  takeExpectations(): Expectation[] {
    const expectations = [...this.#known.values()].map(({ clientId, orderId, state }) => ({
      clientId,
      words: state ?? 'being cancelled',
      allows: (order: OrderView) =>
        order.orderId === orderId && (state === undefined || order.state === state),
    }));
    for (const [clientId, { state }] of this.#known) if (state !== 'open') this.#known.delete(clientId);
    return expectations;
  }

  /** @returns false when the stream is gone */
  async #step(target: LoadTarget, price: string): Promise<boolean> {
    const open = [...this.#known.values()].filter(({ state }) => state === 'open');
    const isCancel = open.length > OPEN_MAX || (open.length > 20 && this.#random.chance(0.4));
    try {
      if (isCancel) await this.#cancel(target, open[this.#random.below(open.length)]!);
      else await this.#place(target, price);
      return true;
    } catch {
      // The desk was killed: whether this one command took effect is not known, and not promised.
      return false;
    }
  }

  async #place(target: LoadTarget, price: string): Promise<void> {
    const clientId = newClientId();
    const order = {
      account: target.account,
      instrument: 'BTC-PERP',
      side: 'buy',
      type: 'limit',
      size: '0.001',
      price,
      clientId,
    } as const;
    const result = await this.#send(target, { type: 'PlaceOrder', order });
    if (result.status !== 'resting')
      throw new Error(`an order far below the market is ${JSON.stringify(result)}`);
    this.#known.set(clientId, { clientId, orderId: result.orderId, state: 'open' });
  }

  async #cancel(target: LoadTarget, known: Known): Promise<void> {
    known.state = undefined;
    const result = await this.#send(target, {
      type: 'CancelOrder',
      account: target.account,
      orderId: known.orderId,
    });
    if (result.status === 'cancelled') known.state = 'cancelled';
  }

  async #send({ client, stream, desk, key }: LoadTarget, operation: OperationWire) {
    const answer = await stream.ask({ op: 'command', envelope: client.envelope(desk, key, [operation]) });
    if (answer.type !== 'answer') throw new Error(JSON.stringify(answer));
    this.#answered += 1;
    this.lastSeq = Math.max(this.lastSeq, answer.seq);
    return answer.results[0]!;
  }
}

/** A price that will not trade and is still inside the band of a mark made by this run of the desk: an old one refuses orders. */
async function farBelow({ stream, desk }: LoadTarget): Promise<string> {
  const market = desk.markets.find(({ name }) => name === 'BTC-PERP') as MarketView;
  const report = stream.next(
    'marketDelta',
    ({ instrument, mark }) => instrument === market.instrument && mark !== undefined,
  );
  await stream.ask({ op: 'subscribe', channel: 'market', instrument: market.instrument });
  const { mark } = await report;
  const markTicks = (mark!.markUsdPerLot * market.lotsPerUnit * market.ticksPerUsd) / 1e6;
  await stream.ask({ op: 'unsubscribe', channel: 'market', key: market.instrument });
  return String(Math.floor(markTicks * (1 - (market.bandPpm / 1e6) * 0.8)) / market.ticksPerUsd);
}
