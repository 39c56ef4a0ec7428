/** A short or long option as the standard manager sees it. */
export interface StandardOption {
  readonly isCall: boolean;
  readonly strike: number;
  /** Contracts of one coin, negative when short. */
  readonly size: number;
  /** Value of the whole position, USD: negative for a short. */
  readonly markToMarket: number;
}

/** Shares of spot unless said otherwise. */
export interface StandardOptionParameters {
  /** Initial: max − out-of-the-money share, at least min. */
  readonly maxSpot: number;
  readonly minSpot: number;
  readonly maintenanceCall: number;
  readonly maintenancePut: number;
  /** Share of a put's own value. */
  readonly maintenancePutValue: number;
  /** A put's initial requirement is at least this multiple of its maintenance. */
  readonly putInitialMultiple: number;
  /** Shares of the forward added to the largest loss for each call that nothing covers. */
  readonly unpairedInitial: number;
  readonly unpairedMaintenance: number;
}

/**
 * What a single option needs alone: 0 when long, otherwise minus (its share of spot + its value).
 *
 * @returns USD, ≤ 0 for a short
 * @see derivexyz/v2-core, src/risk-managers/StandardManager.sol
 * @example short call at 1,500, spot 1,500, worth 79.37 → initial −304.37, maintenance −191.87
 */
export function isolatedOptionMargin(
  option: StandardOption,
  spot: number,
  parameters: StandardOptionParameters,
): { initial: number; maintenance: number } {
  if (option.size > 0) return { initial: 0, maintenance: 0 };
  const out = option.isCall ? option.strike - spot : spot - option.strike;
  const share = Math.max(parameters.maxSpot - Math.max(0, out) / spot, parameters.minSpot);
  const initial = share * spot * option.size + option.markToMarket;
  if (option.isCall) {
    return { initial, maintenance: parameters.maintenanceCall * spot * option.size + option.markToMarket };
  }
  const maintenance =
    option.markToMarket +
    Math.min(
      parameters.maintenancePut * spot * option.size,
      parameters.maintenancePutValue * option.markToMarket,
    );
  return { initial: Math.min(initial, maintenance * parameters.putInitialMultiple), maintenance };
}

/**
 * The largest loss of one expiry at settlement, over prices 0 and every strike, plus a charge on the forward for calls
 * short on balance, whose loss has no end.
 *
 * @param unpaired share of the forward charged per such call
 * @returns USD, ≤ 0
 */
export function largestLoss(options: readonly StandardOption[], forward: number, unpaired: number): number {
  let worst = settlementValue(options, 0);
  let netCalls = 0;
  for (const { strike, isCall, size } of options) {
    worst = Math.min(worst, settlementValue(options, strike));
    if (isCall) netCalls += size;
  }
  return Math.min(worst, 0) + Math.min(netCalls, 0) * unpaired * forward;
}

function settlementValue(options: readonly StandardOption[], price: number): number {
  return options.reduce((sum, { isCall, strike, size }) => {
    const paid = Math.max(0, isCall ? price - strike : strike - price);
    return sum + size * paid;
  }, 0);
}
