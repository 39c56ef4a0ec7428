/** What a trading key is held to: only ever less than its member may. */
export interface AgentScope {
  /** Instruments it may place and change orders in, by name; empty: all. */
  markets: string[];
  /** Value at the index of the orders it may open in an hour of the clock, micro-USD; 0: no end. */
  notionalPerHourUsd: number;
  /** Network addresses it may be used from; empty: any. The host asks at its door. */
  addresses: string[];
}
