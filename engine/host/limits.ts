import { MINUTE_MS, SECOND_MS } from '../units/time.ts';

/** A limit on everything that comes from outside. The engine's own tables have theirs in the genesis. */
export const limits = {
  http: {
    /** As the wire schemas say: a signed batch of 100 fits. */
    bodyBytesMax: 65_536,
    headersTimeoutMs: 10 * SECOND_MS,
    requestTimeoutMs: 15 * SECOND_MS,
    /** Longer than most clients keep theirs, so that it is not us who close just when they send. */
    keepAliveMs: 65 * SECOND_MS,
    connectionsMax: 4_096,
  },
  stream: {
    socketsMax: 2_048,
    socketsPerAddressMax: 10,
    subscriptionsMax: 1_000,
    messageBytesMax: 65_536,
    /** Requests of one socket that wait for an answer. */
    waitingMax: 256,
    /** Beyond this a market's deltas are skipped and a snapshot follows when the client has caught up. */
    conflateAboveBytes: 256 * 1_024,
    /** Beyond this the socket is closed: orders and fills are never skipped. */
    bufferBytesMax: 1_024 * 1_024,
    pingIntervalMs: 15 * SECOND_MS,
    silenceMsMax: 45 * SECOND_MS,
    /** A socket that is closed and does not say goodbye. */
    closingMsMax: 500,
    flushIntervalMs: 40,
    heartbeatIntervalMs: SECOND_MS / 2,
    viewIntervalMs: 250,
    marketsIntervalMs: 500,
    /** Deltas kept for a client that comes back: 512 × 40 ms is twenty seconds. */
    resumeMessages: 512,
    levelsPerSide: 1_000,
    tapeLength: 100,
  },
  engine: {
    /** Commands handed to the engine and not answered yet; more are refused with engine.busy. */
    pendingMax: 16_384,
    /** Share of `pendingMax` the desk's own market may take, so that people always get in. */
    marketPendingMax: 4_096,
    answerTimeoutMs: 5 * SECOND_MS,
    groupCommandsMax: 1_024,
    tickIntervalMs: 250,
    /** The events' hash is compared at each commit, the whole state's after so many commands and this time … */
    hashEveryCommands: 4_096,
    hashEveryMsMin: SECOND_MS,
    /** … and in any case after this long. */
    hashEveryMsMax: 30 * SECOND_MS,
    /** A command of the flow takes some 40 µs to replay, writer and follower after one another: half a second. */
    snapshotEveryCommands: 10_000,
    snapshotEveryMsMin: 10 * SECOND_MS,
    snapshotEveryMsMax: 10 * MINUTE_MS,
  },
  follower: { answerTimeoutMs: 5 * SECOND_MS, waitingMax: 2_048 },
  signatures: { answerTimeoutMs: 5 * SECOND_MS, waitingMax: 8_192 },
  /** Contracts asked at a time, and how long a signature waits for a chain that is just starting. */
  chain: { questionsMax: 16, startMsMax: 3 * SECOND_MS },
  /** Signed commands on their way; refusals at the door written at once and per second, by all together. */
  audit: { originsMax: 16_384, refusalsMax: 500, refusalsPerSecond: 20, rowsMax: 200 },
  /** How long a question about approvals may wait, below what proxies take for silence, and how many of one session. */
  approvals: { waitMsMax: 25 * SECOND_MS, waitsPerSessionMax: 4 },
  /** A million commands from the nearest snapshot, on a machine that is not busy. */
  past: { timeoutMs: 20 * SECOND_MS, momentsMax: 2, idleMs: MINUTE_MS, waitingMax: 64 },
  records: { answerTimeoutMs: 5 * SECOND_MS, rowsMax: 500, stopMs: SECOND_MS },
  session: {
    nonceLifeMs: 5 * MINUTE_MS,
    noncesMax: 4_096,
    idleMs: 30 * MINUTE_MS,
    lifeMs: 12 * 60 * MINUTE_MS,
    sessionsMax: 4_096,
    ticketLifeMs: 30 * SECOND_MS,
  },
  faucet: {
    /** Whole units of one grant at most, by asset. */
    unitsMax: new Map([
      ['USDC', 1_000_000],
      ['BTC', 10],
      ['ETH', 100],
    ]),
    grantsPerAccountPerHour: 10,
  },
  orders: { finishedKept: 65_536, fillsKeptPerAccount: 200 },
  candles: { minutesKept: 10_080, answerMax: 5_000, generatedMax: 500 },
  stopMs: 1_800,
} as const;

/**
 * Token buckets by address: `capacity` at once, then `perSecond`. Cancels have their own, so that a
 * throttled trader can always get out.
 */
export const buckets = {
  requests: { capacity: 400, perSecond: 40 },
  orders: { capacity: 200, perSecond: 50 },
  cancels: { capacity: 1_000, perSecond: 200 },
  signIns: { capacity: 20, perSecond: 0.5 },
} as const;

export type Lane = keyof typeof buckets;
