/** Lots by price in ticks, kept in the plainest way: none of the page's code, none of the market's. */
export class PlainBook {
  readonly bids = new Map<number, number>();
  readonly asks = new Map<number, number>();

  set(side: 'bids' | 'asks', ticks: number, lots: number): void {
    if (lots === 0) this[side].delete(ticks);
    else this[side].set(ticks, lots);
  }

  /** Best bid and ask with their sizes, as one word; undefined while a side is empty. */
  touch(): string | undefined {
    if (this.bids.size === 0 || this.asks.size === 0) return undefined;
    const bid = Math.max(...this.bids.keys());
    const ask = Math.min(...this.asks.keys());
    return `${bid} × ${this.bids.get(bid)}, ${ask} × ${this.asks.get(ask)}`;
  }
}
