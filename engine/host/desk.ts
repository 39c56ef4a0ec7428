import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Names, namesOf } from '../api/native/names.ts';
import { acquireLock, type JournalLock } from '../journal/lock.ts';
import type { OrderView } from '../protocol/views/account.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import type { HealthView } from '../protocol/views/health.ts';
import { assert } from '../units/assert.ts';
import { ApprovalQuestions } from './approvalQuestions.ts';
import { Audit } from './audit.ts';
import { DeskChain } from './chain.ts';
import { type Config, describeConfig } from './config.ts';
import { ContractRoll } from './contractRoll.ts';
import { makeFolder } from './dataFolder.ts';
import { DirectoryNews } from './directoryNews.ts';
import { Gateway } from './gateway.ts';
import { History } from './history.ts';
import { limits } from './limits.ts';
import { log, logError } from './log.ts';
import { Margins } from './margins.ts';
import { maySee, standingOf } from './membership.ts';
import { Metrics } from './metrics.ts';
import { Past } from './past.ts';
import { peopleAccounts } from './people.ts';
import { Previews } from './previews.ts';
import { openSandbox, refuseForeign } from './sandbox.ts';
import { OnceTokens } from './sessions/onceTokens.ts';
import type { Session } from './sessions/session.ts';
import { SessionStore } from './sessions/sessionStore.ts';
import { DeskSettlement } from './settlement/deskSettlement.ts';
import { WalletSignatures } from './signatures/walletSignatures.ts';
import { startFollower, startMarket, startRecords } from './startThreads.ts';
import { AccountFeeds } from './streams/accountFeeds.ts';
import { indexPricesE8 } from './streams/indexPrices.ts';
import { MarketFeeds } from './streams/marketFeeds.ts';
import { PeopleOrders } from './streams/peopleOrders.ts';
import { StreamServer } from './streams/streamServer.ts';
import { tableHealth } from './tableAlarms.ts';
import { type Applied, type Durable, EngineClient, type RecoveredMessage } from './threads/engineClient.ts';
import type { FollowerClient } from './threads/followerClient.ts';
import type { MarketClient } from './threads/marketClient.ts';
import type { FollowerAnswers, FollowerCall } from './threads/messages.ts';
import { CallError } from './threads/pendingCalls.ts';
import type { RecordsClient } from './threads/recordsClient.ts';
import { SignaturesClient } from './threads/signaturesClient.ts';
import { isLoopback, TokenBuckets } from './tokenBuckets.ts';

/** How often figures that only the core knows are asked for. */
const CORE_STATS_MS = 2_000;
const SESSION_SWEEP_MS = 10_000;
/** How often expiries are looked at. */
const ROLL_MS = 2_000;

/** The desk without its port: threads, what is kept in memory of them, and the order in which they start. */
export class Desk {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly markets = new MarketFeeds();
  readonly orders = new PeopleOrders();
  readonly history = new History(this.markets, this.orders);
  /** Accounts of people only: nobody looks back at how a participant of the market fared. */
  readonly margins = new Margins({
    accounts: () => (this.#status === 'ok' ? [...this.orders.accounts] : []),
    ask: async (accounts) => (await this.ask({ kind: 'accounts', accounts })).accounts,
    recorded: this.history,
    records: () => this.#records,
  });
  readonly sessions = new SessionStore(Date.now);
  readonly nonces = new OnceTokens<true>(Date.now, limits.session.nonceLifeMs, limits.session.noncesMax);
  readonly tickets = new OnceTokens<string>(Date.now, limits.session.ticketLifeMs, limits.session.noncesMax);
  readonly buckets: TokenBuckets;
  readonly gateway: Gateway;
  readonly streams: StreamServer;
  readonly signatures: SignaturesClient;
  readonly wallets: WalletSignatures;
  readonly audit: Audit;
  readonly past: Past;
  readonly chain: DeskChain;
  readonly settlement: DeskSettlement;
  readonly news = new DirectoryNews();
  readonly approvalQuestions = new ApprovalQuestions(Date.now);
  readonly #accounts: AccountFeeds;
  readonly #roll: ContractRoll;
  readonly #fatal: (sentence: string) => void;
  readonly #startedMs = Date.now();
  #status: HealthView['status'] = 'starting';
  #names: Names | undefined;
  #lock: JournalLock | undefined;
  #engine: EngineClient | undefined;
  #follower: FollowerClient | undefined;
  #records: RecordsClient | undefined;
  #market: MarketClient | undefined;
  #timers: NodeJS.Timeout[] = [];
  /** Coins whose futures and options the market lists; unknown until it is open. */
  #recordedCoins: ReadonlySet<string> | undefined;

  /** @param fatal told once when the desk cannot go on; it has stopped accepting by then */
  constructor(config: Config, fatal: (sentence: string) => void) {
    this.config = config;
    this.#fatal = fatal;
    const isExempt = (address: string) => isLoopback(address) && !config.isLoopbackLimited;
    this.buckets = new TokenBuckets(Date.now, isExempt);
    const failed = (sentence: string) => this.halt(sentence);
    this.signatures = new SignaturesClient(failed);
    this.chain = new DeskChain(config);
    this.wallets = new WalletSignatures({ keys: this.signatures, chain: this.chain });
    this.past = new Past(path.resolve(config.dataDir));
    this.audit = new Audit({ names: () => this.#names, nowMs: Date.now, failed });
    this.gateway = new Gateway({
      names: () => this.names,
      submit: (envelope) => this.#submit(envelope),
      signatures: this.signatures,
      wallets: this.wallets,
      instrumentOf: (orderId) => this.orders.order(orderId)?.instrument,
      take: (lane, address) => this.buckets.take(lane, address),
    });
    this.settlement = new DeskSettlement({
      config,
      chain: this.chain,
      names: () => this.names,
      state: () => this.ask({ kind: 'settlement' }),
      submit: (command) => this.gateway.submitSystem(command),
    });
    this.#roll = new ContractRoll({
      engine: () => this.#engine,
      directory: () => this.names?.view,
      indexE8: ({ markets }) => indexPricesE8(markets, this.markets),
      recordedCoins: () => this.#recordedCoins,
    });
    this.#accounts = new AccountFeeds({
      viewOf: (account, atLeastSeq) => this.#behind().call({ kind: 'watchedAccount', account }, atLeastSeq),
      fillsOf: (account) => this.history.fillsOf(account),
      acceptedMsOf: (orderId) => this.orders.order(orderId)?.acceptedMs ?? 0,
    });
    this.streams = new StreamServer({
      markets: this.markets,
      build: config.build,
      isPaused: config.pace === 'paused',
      nowMs: Date.now,
      take: (lane, address) => this.buckets.take(lane, address),
      isLoopbackExempt: isExempt,
      maySee: (session, account) => this.maySee(session, account),
      isRevoked: (publicKey) => this.#names?.agentByKey.get(publicKey)?.isRevoked === true,
      accountFeed: (account) => this.#accounts.feed(account, this.markets.seq, this.markets.timeMs),
      refreshViews: () => this.#accounts.refreshViews(),
      submitSigned: (envelope, origin) =>
        this.audit.watch(envelope.signature, origin, () =>
          this.gateway.submitSigned(envelope, origin.ipAddress),
        ),
      previews: new Previews({
        names: () => this.names,
        maySee: (session, account) => this.maySee(session, account),
        ask: (call) => this.ask(call),
      }),
    });
    this.sessions.onEnd(({ id }) => this.streams.endSession(id));
    this.sessions.onEnd((session, end) => this.audit.signIns.ended(session, end));
    this.metrics = new Metrics({
      sequence: () => this.markets.seq,
      followerSequence: () => this.#follower?.appliedSeq ?? 0,
      recordsSequence: () => this.#records?.writtenSeq ?? 0,
      pendingCommands: () => this.#engine?.pendingCount ?? 0,
      sockets: () => this.streams.clientCount,
      sessions: () => this.sessions.count,
      settlement: () => this.settlement.health(),
      tables: () => this.#follower?.tables ?? [],
    });
  }

  /** Names to read requests by; undefined while orders are not accepted. */
  get names(): Names | undefined {
    return this.#status === 'ok' ? this.#names : undefined;
  }

  /**
   * Lock, recover, follow, genesis, accept, market.
   *
   * @fails JournalError or CallError with a sentence for the operator; nothing was accepted then
   */
  async start(): Promise<void> {
    const dir = makeFolder(this.config.dataDir);
    this.#lock = await acquireLock(dir);
    log(describeConfig(this.config));
    const engine = this.#startEngine(dir);
    // Both threads start at once: loading their code takes longer than recovering.
    const follower = startFollower(dir, engine, this.audit, this.chain, (sentence) => this.halt(sentence));
    this.#follower = follower;
    const recovered = await engine.recovered;
    for (const sentence of recovered.sentences) log(sentence);
    log(`engine stands at seq ${recovered.seq}, state hash ${recovered.stateHash || 'none'}`);
    if (recovered.directory !== undefined) refuseForeign(recovered.directory);
    // Whatever is set aside has been by now; nobody waits for it.
    this.chain.start();
    this.#keepInMemory(recovered);
    await this.audit.open(dir, recovered.seq, follower);
    this.audit.started(this.config.build, recovered.seq);
    await follower.capture(recovered.seq);
    engine.follow(follower.framesPort);
    this.#startRecords(dir, follower, recovered);
    if (recovered.directory === undefined) await openSandbox(engine);
    await this.signatures.ready;
    engine.start();
    this.#status = 'ok';
    this.settlement.start();
    this.streams.start();
    this.#startTimers();
    await this.#startMarket(engine);
  }

  /** Bounded: what was accepted becomes durable, then threads end. */
  async stop(): Promise<void> {
    this.#status = 'halted';
    for (const timer of this.#timers) clearInterval(timer);
    this.past.close();
    this.news.close();
    this.streams.stop();
    const settled = this.settlement.stop();
    await this.#market?.terminate();
    await settled;
    const chainStopped = this.chain.stop();
    await this.#engine?.stop();
    await this.#follower?.stop(true);
    await this.audit.close();
    await this.#stopRecords();
    await chainStopped;
    await this.signatures.terminate();
    await this.#lock?.release();
  }

  /** Records that are slow to close are left: they can be made again, and know it. */
  async #stopRecords(): Promise<void> {
    if (this.#records === undefined) return;
    this.margins.stop();
    await Promise.race([this.#records.stop(), delay(limits.records.stopMs)]);
    await this.#records.terminate();
  }

  /** Fail-stop: nothing more is accepted, the operator is told, the process ends. */
  halt(sentence: string): void {
    if (this.#status === 'halted') return;
    this.#status = 'halted';
    this.#fatal(sentence);
  }

  health(): HealthView {
    return {
      status: this.#status,
      sequence: this.markets.seq,
      timeMs: this.markets.timeMs,
      followerSequence: this.#follower?.appliedSeq ?? 0,
      hashCheckedSequence: this.#follower?.hashCheckedSeq ?? 0,
      stateHash: this.#follower?.stateHash ?? '',
      recordsSequence: this.#records?.writtenSeq ?? 0,
      uptimeMs: Date.now() - this.#startedMs,
      market: this.config.market.kind,
      build: this.config.build,
      ...{ chain: this.chain.health(), settlement: this.settlement.health() },
      ...tableHealth(this.#follower?.tables),
    };
  }

  maySee(session: Session | undefined, account: number): boolean {
    return maySee(this.#names, session, account);
  }

  /** The engine's copy, at or behind everything that is durable now. */
  ask<C extends FollowerCall>(call: C): Promise<FollowerAnswers[C['kind']]> {
    return this.#behind().call(call, this.markets.seq);
  }

  /** Answers only once everything that was on its way before the question is durable or will never be. */
  async orderByClientId(account: number, clientId: string): Promise<OrderView | undefined> {
    const known = this.orders.orderByClientId(account, clientId);
    if (known !== undefined) return known;
    await this.gateway.settled();
    await this.#engine?.barrier();
    return await this.history.orderByClientId(account, clientId);
  }

  #startEngine(dir: string): EngineClient {
    this.#engine = new EngineClient(dir, {
      durable: (message) => this.#durable(message),
      alarm: (sentence) => {
        this.metrics.clockJumps.inc();
        logError(sentence);
      },
      died: (code, sentence) => this.halt(`${code}: ${sentence}`),
    });
    return this.#engine;
  }

  /** The follower restores from where the records stand, so that they miss nothing. */
  #startRecords(dir: string, follower: FollowerClient, recovered: RecoveredMessage): void {
    if (!this.config.hasRecords) {
      follower.restore(recovered, { recordsSeq: undefined, auditSeq: this.audit.wantedSeq });
      return;
    }
    const people = { seq: recovered.seq, accounts: [...this.orders.accounts] };
    this.#records = startRecords(
      { dir, people, seqMax: recovered.seq },
      follower,
      () => void this.#seedHistory(),
    );
    this.history.follow(this.#records, recovered.seq);
    const { wantedSeq: auditSeq } = this.audit;
    void this.#records.wanted.then((recordsSeq) => follower.restore(recovered, { recordsSeq, auditSeq }));
  }

  async #seedHistory(): Promise<void> {
    try {
      await this.history.seedOrderTimes();
      this.#accounts.refreshViews();
      await this.history.seedCandles();
      await this.margins.keep();
    } catch (error) {
      logError('Candles and order times of earlier runs are not shown.', error);
    }
  }

  /** Streams and order lists go on from where the engine recovered. */
  #keepInMemory({ seq, timeMs, directory, markets, orders }: RecoveredMessage): void {
    this.markets.startAt(seq, timeMs);
    if (directory === undefined) return;
    this.#named(directory);
    this.markets.list(directory.markets, markets);
    this.orders.seed(orders);
  }

  #named(directory: DirectoryView): void {
    const names = namesOf(directory);
    this.#names = names;
    this.sessions.endLost(({ address, standing }) => standingOf(names, address) !== standing);
    this.orders.follow(peopleAccounts(directory));
    this.#records?.people({ seq: directory.seq, accounts: this.orders.accounts });
    this.markets.list(directory.markets);
    this.news.told(directory.seq);
  }

  #durable(message: Durable): void {
    const { seq, timeMs, lanes, directory } = message;
    this.metrics.group(message.syncMs, lanes.length, message.journalBytes);
    if (directory !== undefined) {
      this.#named(directory);
      this.#market?.onDirectory(directory);
      this.streams.recheck();
    }
    const hasMarkMoved = this.markets.apply(lanes, seq, timeMs);
    const changes = this.orders.apply(lanes);
    if (changes.size > 0) this.settlement.noteChange();
    this.#accounts.apply(lanes, seq, timeMs, changes, hasMarkMoved);
    this.#market?.onEvents(lanes);
  }

  /** @fails MarketError when the market cannot be played */
  async #startMarket(engine: EngineClient): Promise<void> {
    const names = this.#names;
    assert(names !== undefined, 'a market is started on listed instruments');
    const { market: source, pace, seed } = this.config;
    const startPricesE8 = indexPricesE8(names.view.markets, this.markets);
    const data = { source, pace, seed, directory: names.view, startPricesE8 };
    this.#market = startMarket(data, engine, (sentence) => this.halt(sentence));
    this.#recordedCoins = source.kind === 'generated' ? new Set() : undefined;
    // A generated market cannot fail to open, and nobody has to wait for it.
    if (source.kind === 'generated') return;
    const { sentences, recordedCoins } = await this.#market.opened;
    for (const sentence of sentences) log(sentence);
    this.#recordedCoins = new Set(recordedCoins);
  }

  #startTimers(): void {
    const every = (intervalMs: number, run: () => void) => this.#timers.push(setInterval(run, intervalMs));
    every(SESSION_SWEEP_MS, () => this.sessions.sweep((id) => this.streams.isSessionInUse(id)));
    every(SESSION_SWEEP_MS, () => this.audit.signIns.sweep());
    every(ROLL_MS, () => void this.#roll.look());
    every(CORE_STATS_MS, () => void this.#refreshCoreStats());
    this.margins.start(every);
  }

  async #refreshCoreStats(): Promise<void> {
    try {
      const markets = await this.#behind().call({ kind: 'markets', levels: 1 });
      this.markets.coreStats(markets.map(({ stats }) => stats));
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
    }
  }

  #behind(): FollowerClient {
    if (this.#follower === undefined) throw new CallError('engine.notReady');
    return this.#follower;
  }

  async #submit(envelope: Uint8Array): Promise<Applied> {
    if (this.#engine === undefined || this.#status !== 'ok') throw new CallError('engine.notReady');
    const startMs = performance.now();
    const applied = await this.#engine.submit(envelope);
    this.metrics.acknowledged(performance.now() - startMs);
    return applied;
  }
}
