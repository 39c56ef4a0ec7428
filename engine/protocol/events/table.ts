/**
 * Every event: its tag and its lanes, in order. An event leaves the core as 1 + n doubles in a
 * Float64Array, so nothing is allocated while matching; objects are made where they are wanted.
 *
 * Lanes carry integers: money in micro-USD (or the asset's smallest unit), prices in ticks or
 * micro-USD per lot, sizes in lots, times in ms, enums as in enums.ts. `op` is the place in a batch
 * (0 for a single command), −1 when no request asked for it.
 *
 * Each command's events begin with CommandApplied, which carries their sequence and time.
 */
export const eventTable = {
  CommandApplied: [1, ['seq', 'timeMs', 'commandKind', 'actor', 'nonce', 'code']],
  AssetListed: [2, ['asset']],
  UnderlyingListed: [3, ['underlying']],
  InstrumentListed: [4, ['instrument']],
  FirmOpened: [5, ['firm']],
  SubaccountOpened: [6, ['account', 'firm']],
  /** The subaccount just opened is a pot of another. */
  PotOpened: [33, ['account', 'potOf', 'underlying']],
  /** `underlying` is −1 for all of the account; 0 takes the cap away. */
  LeverageCapSet: [34, ['account', 'underlying', 'leverageMilli']],
  MarketMakerRegistered: [35, ['firm', 'capMultiple']],
  MemberAdded: [7, ['member', 'firm']],
  AgentApproved: [8, ['agent', 'member', 'expiresAtMs']],
  AgentRevoked: [9, ['agent', 'member']],
  /** Double entry: `amount` ≥ 0 leaves `debitAccount` and reaches `creditAccount`. `instrument` is −1 where there is none. */
  LedgerPosted: [10, ['debitAccount', 'creditAccount', 'asset', 'amount', 'reason', 'instrument']],
  OrderAccepted: [
    11,
    [
      'op',
      'account',
      'instrument',
      'orderId',
      'side',
      'type',
      'timeInForce',
      'flags',
      'priceTicks',
      'sizeLots',
      'triggerTicks',
      'expiresAtMs',
      'clientId0',
      'clientId1',
      'clientId2',
      'clientId3',
    ],
  ],
  OrderRejected: [
    12,
    ['op', 'account', 'instrument', 'code', 'clientId0', 'clientId1', 'clientId2', 'clientId3'],
  ],
  /** One side of a trade. `fee` > 0 is paid by the account; position and entry value are those after the fill. */
  OrderFilled: [
    13,
    [
      'account',
      'instrument',
      'orderId',
      'tradeId',
      'side',
      'priceTicks',
      'lots',
      'remainingLots',
      'isMaker',
      'fee',
      'realizedPnl',
      'positionLots',
      'entryValue',
    ],
  ],
  Traded: [14, ['instrument', 'tradeId', 'takerSide', 'priceTicks', 'lots']],
  OrderAmended: [
    15,
    ['op', 'account', 'instrument', 'orderId', 'priceTicks', 'remainingLots', 'triggerTicks', 'keptPriority'],
  ],
  AmendRejected: [16, ['op', 'account', 'orderId', 'code']],
  OrderCancelled: [17, ['op', 'account', 'instrument', 'orderId', 'remainingLots', 'reason']],
  CancelRejected: [18, ['op', 'account', 'orderId', 'code']],
  OrderTriggered: [19, ['account', 'instrument', 'orderId', 'mark']],
  /** A price level after the command: total open lots and orders; 0 and 0 when it is gone. */
  LevelChanged: [20, ['instrument', 'side', 'priceTicks', 'lots', 'orderCount']],
  /** Mark and index in micro-USD per lot; `sources` live of those listed; `confidencePpm` their share of weight. */
  MarkChanged: [21, ['instrument', 'mark', 'index', 'sources', 'confidencePpm']],
  /** Rate of the hour that ended and what one lot held through all of it pays, in 1e-6 micro-USD. */
  FundingRateSet: [22, ['instrument', 'ratePpb', 'premiumPpb', 'samples']],
  /** `amount` > 0: received by the account. */
  FundingPaid: [23, ['account', 'instrument', 'amount', 'lotSamples', 'ratePpb']],
  InterestCharged: [24, ['account', 'amount', 'ratePpmYear']],
  CorrelationsSet: [25, ['underlyings']],
  FeeTiersSet: [26, ['tiers']],
  DepositCredited: [27, ['account', 'asset', 'amount']],
  SurfaceSet: [28, ['underlying', 'expiryMs', 'forwardE8', 'aE8', 'bE8', 'rhoE8', 'mE8', 'sigmaE8']],
  /** Trading has ended and the price is fixed, micro-USD per lot: the mean of `samples` of the index. */
  InstrumentExpired: [29, ['instrument', 'settlement', 'samples']],
  /** A position closed at the settlement price: the lots it had, and the profit that was booked. */
  PositionSettled: [30, ['account', 'instrument', 'lots', 'settlement', 'realizedPnl']],
  /** The last position of an instrument was settled: it is a row of history now. */
  InstrumentSettled: [31, ['instrument', 'settlement']],
  /** Volatility multipliers of an underlying: what new risk pays at least, what held risk pays now, and from when what. */
  MultiplierSet: [40, ['underlying', 'targetPpm', 'nowPpm', 'nextPpm', 'nextAtMs']],
  /** What the settlement currency itself is worth, ppm of a dollar, and how many sources say so. */
  SettlementPriceSet: [50, ['pricePpm', 'sources']],
  RedemptionRatioSet: [51, ['asset', 'redemptionPpm']],
  /** An underlying stands alone from now on and until `endsMsMin` at least; `rule` is one of IsolationRule. */
  IsolationStarted: [52, ['underlying', 'rule', 'endsMsMin']],
  /** It does so no longer. `rule` is the one that had started it. */
  IsolationEnded: [53, ['underlying', 'rule', 'startedMs']],
} as const satisfies Record<string, readonly [number, readonly string[]]>;

export type EventKind = keyof typeof eventTable;

type LanesOf<K extends EventKind> = (typeof eventTable)[K][1][number];

/** An event as an object; `seq` and `timeMs` come from its command. */
export type EventOf<K extends EventKind> = { kind: K; seq: number; timeMs: number } & {
  [L in LanesOf<K>]: number;
};

export type EngineEvent = { [K in EventKind]: EventOf<K> }[EventKind];

/** Tags by name. */
export const eventTags = Object.fromEntries(
  Object.entries(eventTable).map(([kind, [tag]]) => [kind, tag]),
) as {
  readonly [K in EventKind]: (typeof eventTable)[K][0];
};

/** Lanes after the tag, by tag: how far the next event is. */
export const laneCounts: readonly number[] = (() => {
  const counts: number[] = [];
  for (const [tag, lanes] of Object.values(eventTable)) counts[tag] = lanes.length;
  return counts;
})();
