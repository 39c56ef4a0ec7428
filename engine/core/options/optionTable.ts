/** Of every instrument that is an option: what its risk vector was made from. Row number = instrument number. */
export const OPTION_LAYOUT = {
  /** Engine time of the last vector; 0 before the first. */
  vectorMs: 'f64',
  /** Forward, USD per coin, and volatility per √year it was made with. */
  vectorForward: 'f64',
  vectorVolatility: 'f64',
  /** Change of value of one long lot per unit of return of the forward, micro-USD. */
  deltaUsdPerLot: 'f64',
} as const;

/** Risk vectors, micro-USD per lot. Row = instrument × RISK_CELLS + cell. */
export const RISK_CELL_LAYOUT = { change: 'f64' } as const;
