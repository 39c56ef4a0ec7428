/** Most dated futures one account holds: expiries netted, over all underlyings. */
export const EXPIRY_LEGS_MAX = 128;

/** Dated futures of an account, one row for each underlying and expiry. They are part of the linear notional. */
export interface ExpiryLegs {
  count: number;
  readonly underlying: Int32Array;
  readonly expiryMs: Float64Array;
  /** Signed, at mark, micro-USD. */
  readonly notional: Float64Array;
}

export function createExpiryLegs(): ExpiryLegs {
  return {
    count: 0,
    underlying: new Int32Array(EXPIRY_LEGS_MAX),
    expiryMs: new Float64Array(EXPIRY_LEGS_MAX),
    notional: new Float64Array(EXPIRY_LEGS_MAX),
  };
}

export function copyExpiryLegs(from: ExpiryLegs, to: ExpiryLegs): void {
  to.count = from.count;
  for (let leg = 0; leg < from.count; leg++) {
    to.underlying[leg] = from.underlying[leg]!;
    to.expiryMs[leg] = from.expiryMs[leg]!;
    to.notional[leg] = from.notional[leg]!;
  }
}
