import type { LargestOrderView } from '../engine/protocol/views/largestOrder.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { SizelessOrderWire } from '../engine/protocol/wire/commands.ts';
import { probeOf, termsOf } from './draftNow.ts';
import type { PlacedOperation } from './draftOrder.ts';
import { guardedMost } from './guardedMost.ts';
import { RequestError } from './http.ts';
import { draftStore, setMost } from './stores/draftStore.ts';

/** After the last key: half a price is no question. */
const AFTER_KEY_MS = 400;
/** The account and the book move under terms that stand still. */
const AGAIN_MS = 5_000;

export interface MostPorts {
  account: number;
  market: MarketView;
  ask(order: SizelessOrderWire, lotsMax: number | undefined): Promise<LargestOrderView>;
  /** What a person's own hard limits say to an order; undefined while it is within them. */
  guardRefusal(operation: PlacedOperation): string | undefined;
  after(delayMs: number, run: () => void): () => void;
}

/**
 * Keeps the largest size that passes known for the terms in the ticket, so that `max` can say it before it is
 * pressed: a person's own limits are read here, all others are one question to the engine's copy.
 *
 * @returns stops
 */
export function followMost(ports: MostPorts): () => void {
  const { account, market } = ports;
  /** Undefined while none runs. */
  let cancelTimer: (() => void) | undefined;
  let isStopped = false;
  let lastTerms = termsNow();

  async function find(): Promise<void> {
    cancelTimer = undefined;
    const terms = termsNow();
    if (terms !== '') await answer(terms);
    // A key that was pressed meanwhile has set a nearer time.
    if (!isStopped && cancelTimer === undefined) schedule(AGAIN_MS);
  }

  async function answer(terms: string): Promise<void> {
    const { draft } = draftStore.getState();
    const probe = (lots: number) => probeOf(draft, account, market, lots);
    const order = probe(1);
    if (order === undefined) return;
    const guarded = guardedMost((lots) => {
      const operation = probe(lots);
      return operation && ports.guardRefusal(operation);
    }, market.sizeLotsMax);
    if (guarded?.lots === 0) return setMost({ lots: 0, terms, beyond: guarded.refusal });
    try {
      const { lots, refusal } = await ports.ask(sizeless(order), guarded?.lots);
      if (isStopped || termsNow() !== terms) return;
      const beyond = refusal?.message ?? (lots === guarded?.lots ? guarded.refusal : undefined);
      setMost({ lots, terms, beyond });
    } catch (error) {
      // A desk that does not answer leaves the last word standing; it is asked again.
      if (!(error instanceof RequestError)) throw error;
    }
  }

  function termsNow(): string {
    return termsOf(draftStore.getState().draft, account, market);
  }

  function schedule(delayMs: number): void {
    cancelTimer?.();
    cancelTimer = ports.after(delayMs, () => void find());
  }

  const unsubscribe = draftStore.subscribe(({ draft }, before) => {
    if (draft === before.draft) return;
    const terms = termsNow();
    if (terms !== lastTerms) schedule(AFTER_KEY_MS);
    lastTerms = terms;
  });
  schedule(AFTER_KEY_MS);
  return () => {
    isStopped = true;
    cancelTimer?.();
    unsubscribe();
  };
}

function sizeless(operation: PlacedOperation): SizelessOrderWire {
  if (operation.type === 'PlaceOrder') {
    const { size: _size, ...order } = operation.order;
    return { type: 'PlaceOrder', order };
  }
  const { size: _size, ...scale } = operation.scale;
  return { type: 'PlaceScale', scale };
}
