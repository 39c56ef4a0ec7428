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
  /** Held to other terms than before. */
  AgentChanged: [68, ['agent', 'member', 'expiresAtMs']],
  /** `parent` is −1 for a firm's root, `account` for what is no subaccount. */
  NodeOpened: [60, ['node', 'firm', 'parent', 'account']],
  NodeRenamed: [61, ['node', 'firm']],
  /** Collateral moved between two subaccounts; `amount` in the asset's smallest unit. */
  CollateralTransferred: [70, ['fromAccount', 'toAccount', 'asset', 'amount']],
  /**
   * One side of a port: `lots` and `entryValue` came (negative: went), `paid` > 0 was received for it; `realizedPnl` of
   * what it closed here; then what is held.
   */
  PositionPorted: [
    71,
    [
      'account',
      'otherAccount',
      'instrument',
      'lots',
      'usdPerLot',
      'entryValue',
      'paid',
      'realizedPnl',
      'positionLots',
      'positionEntryValue',
    ],
  ],
  /** Why a change set was not done: the part that stood in the way, from 1, and the account of which it did, or −1. */
  ChangeSetRefused: [89, ['part', 'account', 'code']],
  NodeMoved: [62, ['node', 'firm', 'parent']],
  NodeTagged: [63, ['node', 'firm']],
  NodeArchived: [64, ['node', 'firm']],
  /** `state` is a NodeState. */
  NodeStateSet: [65, ['node', 'firm', 'state']],
  /** What one account gave up in a crossing: signed lots, the profit that was booked, what is held now. */
  PositionNetted: [
    72,
    ['account', 'instrument', 'lots', 'usdPerLot', 'realizedPnl', 'positionLots', 'positionEntryValue'],
  ],
  /** Longs and shorts of so many lots below a node were crossed. */
  NettingDone: [73, ['node', 'instrument', 'lots', 'usdPerLot', 'accounts']],
  /** Of what an account could have given up in a crossing these lots were left out, because of the refusal `code`. */
  NettingLeft: [95, ['account', 'instrument', 'lots', 'code']],
  /** `everyMinutes` is 0 when there are no more windows. */
  NettingWindowSet: [74, ['node', 'everyMinutes', 'startMinuteUtc', 'dueMs']],
  NettingWindowStarted: [75, ['node', 'dueMs']],
  /** One instrument could not be crossed in this window. */
  NettingSkipped: [76, ['node', 'instrument', 'code']],
  NettingWindowEnded: [77, ['node', 'nextDueMs']],
  /** What the book did not take of a position that was to be closed, and why. */
  PositionLeft: [78, ['account', 'instrument', 'lots', 'code']],
  AccountUnwound: [79, ['account', 'cancelledOrders', 'closedPositions', 'leftPositions']],
  MemberChanged: [80, ['member', 'firm', 'role']],
  MemberRemoved: [81, ['member', 'firm']],
  /** `agent` is the wallet's. */
  WalletLinked: [82, ['agent', 'member']],
  PolicySet: [83, ['firm', 'rules']],
  /** Waits for others; `action` is one of actionNumbers. */
  ProposalOpened: [84, ['proposal', 'firm', 'member', 'action', 'expiresAtMs']],
  ProposalApproved: [85, ['proposal', 'member', 'agent']],
  /** All agree: it is done at that time unless somebody says no before. */
  ProposalAgreed: [86, ['proposal', 'dueAtMs']],
  /** `end` is one of ProposalEnd; `code` the refusal of what failed, `member` who ended it or −1. */
  ProposalEnded: [87, ['proposal', 'firm', 'end', 'code', 'member']],
  /** What was said stands in the proposal. */
  ProposalCommented: [88, ['proposal', 'member', 'isQuestion']],
  LimitsSet: [66, ['node', 'firm']],
  /** The accounts of a node have lost more this day than its limit: `severity` 0 the soft one, 1 the hard one. */
  DayLossPassed: [67, ['node', 'firm', 'severity', 'lossUsd']],
  MarginCallsSet: [90, ['node', 'firm', 'levels']],
  /** Opened, or came to a worse level: nobody has taken it on. Ratios as in MarginCallView. */
  MarginCalled: [91, ['call', 'account', 'level', 'ratioPpm']],
  /** Came back to a milder level. */
  MarginCallEased: [92, ['call', 'account', 'level', 'ratioPpm']],
  MarginCallAcknowledged: [93, ['call', 'account', 'member']],
  MarginCallEnded: [94, ['call', 'account']],
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
  /** What closes an entry's fills from now on: triggers and limits, 0 for none. */
  BracketSet: [
    36,
    [
      'account',
      'instrument',
      'orderId',
      'takeProfitTicks',
      'takeProfitLimitTicks',
      'stopLossTicks',
      'stopLossLimitTicks',
    ],
  ],
  /** The order just accepted closes the fills of an entry, as its take-profit or stop (`BracketRole`). */
  BracketOrderOpened: [37, ['account', 'instrument', 'orderId', 'entryOrderId', 'role']],
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
  /** `id` is the vault's number of it, or will be. */
  DepositCredited: [27, ['account', 'asset', 'amount', 'id']],
  /** No account could take it: it is owed to its owner. `account` is −1 where there is none of that name. */
  DepositReturned: [105, ['id', 'nonce', 'account', 'asset', 'amount']],
  /** Its owner took it back before it was credited: its number counts nothing. */
  DepositSkipped: [121, ['id']],
  /** It is in the vault no more. `account` is −1 where no account had it; `amount` is 0 of one that counted nothing. */
  DepositReverted: [120, ['id', 'account', 'asset', 'amount']],
  VaultAdopted: [100, ['depositCount']],
  /** The next root commits to the state right after this command: deposits below `depositCursor`, and no other, are in it. */
  RootCut: [101, ['epoch', 'depositCursor']],
  /** Left the account for good; the vault pays it once it is in a root that is final. */
  WithdrawalAuthorised: [102, ['nonce', 'account', 'asset', 'amount']],
  WithdrawalPaid: [103, ['nonce', 'account', 'asset', 'amount', 'block']],
  /** The chain took the payment back: it waits again. */
  WithdrawalReopened: [106, ['nonce', 'account', 'asset', 'amount']],
  /** `fromMs` is 0 when the address is listed no more. */
  AddressListed: [104, ['account', 'fromMs']],
  /** The vault’s buckets of an asset, when full. */
  VaultCapSet: [122, ['asset', 'windowMs', 'ofAll', 'ofEach']],
  /** A demand of the owner’s in the vault’s block `block`: so much of it leaves the account as withdrawal `nonce`, by nobody else’s word. */
  DemandServed: [124, ['nonce', 'account', 'asset', 'amount', 'block']],
  /** Of a withdrawal that was refused: the earliest deadline that could do, and the one that does whenever others agree. */
  DeadlineTooSoon: [107, ['earliestMs', 'safeMs']],
  /** The firm's address book has an address more or less, or others of its terms. */
  DestinationsSet: [108, ['firm', 'count']],
  WithdrawalLimitsSet: [109, ['firm', 'dayUsd', 'destinationDayUsd']],
  SegregationSet: [110, ['account', 'isSegregated']],
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
