import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { MarketView } from '../engine/protocol/views/market.ts';
import { PlainBook } from './plainBook.ts';

type Levels = readonly (readonly [price: string, size: string])[];

/** The two messages of a capture that make a book; others are passed over. */
interface Recorded {
  readonly lastUpdateId?: number;
  readonly bids: Levels;
  readonly asks: Levels;
  readonly data?: { readonly u: number; readonly b: Levels; readonly a: Levels };
}

/** Each touch a capture's book had from its snapshot on, for `lengthMs`. It begins with its snapshot or just before. */
export function recordedTouches(file: string, market: MarketView, lengthMs: number): ReadonlySet<string> {
  const bytes = readFileSync(file);
  const book = new PlainBook();
  const touches = new Set<string>();
  const change = (side: 'bids' | 'asks', levels: Levels) => {
    for (const [price, size] of levels) {
      book.set(
        side,
        Math.round(Number(price) * market.ticksPerUsd),
        Math.round(Number(size) * market.lotsPerUnit),
      );
    }
  };
  let early: Recorded[] = [];
  let snapshotId: number | undefined;
  let endMs = Number.POSITIVE_INFINITY;
  for (const line of (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n')) {
    if (!line.includes('depthUpdate') && !line.includes('lastUpdateId')) continue;
    const receivedMs = Number(line.slice(0, 13));
    if (receivedMs > endMs) break;
    const message = JSON.parse(line.slice(line.indexOf(' '))) as Recorded;
    early.push(message);
    if (message.lastUpdateId !== undefined) {
      snapshotId = message.lastUpdateId;
      endMs = receivedMs + lengthMs;
      change('bids', message.bids);
      change('asks', message.asks);
    }
    // Changes that came before the snapshot wait for it; those it holds already are passed over.
    if (snapshotId === undefined) continue;
    for (const { data } of early) {
      if (data === undefined || data.u < snapshotId) continue;
      change('bids', data.b);
      change('asks', data.a);
    }
    early = [];
    touches.add(book.touch() ?? '');
  }
  return touches;
}
