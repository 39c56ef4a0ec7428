/** An account with what it needs or could give, micro-USD ≥ 0. */
export interface Side {
  account: number;
  usd: number;
}

export interface PlannedTransfer {
  from: number;
  to: number;
  usd: number;
}

/**
 * Who gives what to whom, so that as much as can be of each need is met with few transfers.
 *
 * Needs are met in their order, the first as far as anything is there, each from whoever has most to spare by then: of
 * one need that is the smallest number of transfers there is, of several at most as many as needs and givers together,
 * less one.
 *
 * @param spares what each may give at most; nobody is in both lists
 * @param countMax transfers at most; what is left then stays unmet
 * @returns no giver gives more than its spare, nobody gets more than its need, and no transfer is of nothing
 * @example needs 5; spares 3, 9, 6 → one transfer of 5 from the one with 9
 */
export function planTransfers(
  needs: readonly Side[],
  spares: readonly Side[],
  countMax: number,
): PlannedTransfer[] {
  const left = spares.map((side) => ({ ...side }));
  const planned: PlannedTransfer[] = [];
  for (const { account: to, usd } of needs) {
    let wanted = usd;
    while (wanted > 0 && planned.length < countMax) {
      const giver = giverOf(left);
      if (giver === undefined) break;
      const given = Math.min(wanted, giver.usd);
      planned.push({ from: giver.account, to, usd: given });
      giver.usd -= given;
      wanted -= given;
    }
  }
  return planned;
}

/** The one that has the most; of equals the first. */
function giverOf(left: readonly Side[]): Side | undefined {
  const most = left.reduce<Side | undefined>(
    (best, each) => (best === undefined || each.usd > best.usd ? each : best),
    undefined,
  );
  return most !== undefined && most.usd > 0 ? most : undefined;
}
