/** The settlement chain. Without it the desk trades, and what needs it is refused with a code. */
export interface ChainHealthView {
  status: 'off' | 'starting' | 'ok' | 'down' | 'stopped';
  /** What an operator should know of it. */
  sentence: string;
  chainId: number;
  /** Last block that survives anything; null before there is one. */
  finalBlock: number | null;
}
