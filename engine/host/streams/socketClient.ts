import type { WebSocket } from 'ws';
import { clientMessage } from '../../api/native/clientMessage.ts';
import { readJson } from '../../api/native/readJson.ts';
import { type ErrorCode, type ErrorView, errorView } from '../../protocol/errors.ts';
import type { ClientMessage, HeartbeatMessage, ServerMessage } from '../../protocol/stream.ts';
import type { OperationWire } from '../../protocol/wire/commands.ts';
import { unreachable } from '../../units/assert.ts';
import { limits } from '../limits.ts';
import { logError } from '../log.ts';
import type { Session } from '../sessions/session.ts';
import { CallError } from '../threads/pendingCalls.ts';
import type { Watcher } from './accountFeed.ts';
import type { StreamPorts } from './streamPorts.ts';

/** Why a socket was closed, as WebSocket close codes of our own range. */
export const closeCodes = {
  tooSlow: 4_408,
  sessionEnded: 4_401,
  keyRevoked: 4_403,
  tooMany: 4_429,
  stopping: 1_012,
} as const;

/** One WebSocket and what it listens to. */
export class SocketClient implements Watcher {
  readonly session: Session | undefined;
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #ports: StreamPorts;
  readonly #markets = new Set<number>();
  /** Markets whose deltas were skipped because the client reads too slowly: they get a snapshot. */
  readonly #behind = new Set<number>();
  readonly #accounts = new Set<number>();
  /** Keys whose commands came over it: it is theirs, and goes with any of them. */
  readonly #keys = new Set<string>();
  #hasOverview = false;
  #waitingCount = 0;
  lastHeardMs: number;

  constructor(socket: WebSocket, ports: StreamPorts, session: Session | undefined, address: string) {
    this.#socket = socket;
    this.#ports = ports;
    this.session = session;
    this.address = address;
    this.lastHeardMs = ports.nowMs();
    socket.on('message', (bytes, isBinary) => this.#receive(bytes as Buffer, isBinary));
    socket.on('pong', () => this.#heard());
    // A reset connection is no news; the close event follows.
    socket.on('error', () => socket.terminate());
  }

  get accounts(): ReadonlySet<number> {
    return this.#accounts;
  }

  get hasOverview(): boolean {
    return this.#hasOverview;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(message: ServerMessage): void {
    this.sendText(JSON.stringify(message));
  }

  /** Orders and fills are never skipped: a client that lets them pile up is let go. */
  sendText(text: string): void {
    if (!this.isOpen) return;
    if (this.#socket.bufferedAmount > limits.stream.bufferBytesMax) this.close('tooSlow');
    else this.#socket.send(text);
  }

  /** A market's delta: skipped while the client reads too slowly, replaced by a snapshot when it has caught up. */
  sendMarket(instrument: number, delta: string): void {
    if (!this.#markets.has(instrument)) return;
    if (this.#socket.bufferedAmount > limits.stream.conflateAboveBytes) this.#behind.add(instrument);
    if (!this.#behind.has(instrument)) this.sendText(delta);
  }

  /** Says how far this client was told on each of its channels. A market it reads too slowly for gets a snapshot anyway. */
  sendHeartbeat(pulse: Pick<HeartbeatMessage, 'seq' | 'timeMs' | 'sentMs'>): void {
    const markets: HeartbeatMessage['markets'] = [];
    for (const instrument of this.#markets) {
      const feed = this.#ports.markets.feed(instrument);
      if (feed !== undefined && !this.#behind.has(instrument)) markets.push([instrument, feed.seq]);
    }
    const accounts: HeartbeatMessage['accounts'] = [];
    for (const account of this.#accounts) {
      const seq = this.#ports.accountFeed(account).toldTo(this);
      if (seq !== undefined) accounts.push([account, seq]);
    }
    this.send({ type: 'heartbeat', ...pulse, markets, accounts });
  }

  /** After a flush: who has caught up gets whole books again. */
  catchUp(): void {
    if (this.#behind.size === 0 || this.#socket.bufferedAmount > 0) return;
    for (const instrument of this.#behind) this.#sendSnapshot(instrument);
    this.#behind.clear();
  }

  ping(): void {
    if (this.isOpen) this.#socket.ping();
  }

  /** Says why, and does not wait long for an answer: who was cut off is cut off. */
  close(reason: keyof typeof closeCodes): void {
    if (reason === 'tooSlow') return this.#socket.terminate();
    this.#socket.close(closeCodes[reason], reason);
    setTimeout(() => this.#socket.terminate(), limits.stream.closingMsMax).unref();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Ends what this client may no longer see, and itself with a key that was revoked. */
  recheck(): void {
    for (const key of this.#keys) if (this.#ports.isRevoked(key)) return this.close('keyRevoked');
    for (const account of this.#accounts)
      if (!this.#ports.maySee(this.session, account)) this.#leaveAccount(account);
  }

  leaveAll(): void {
    for (const account of this.#accounts) this.#leaveAccount(account);
  }

  #heard(): void {
    this.lastHeardMs = this.#ports.nowMs();
  }

  #receive(bytes: Buffer, isBinary: boolean): void {
    // What was sent after the end of a session is nobody's.
    if (!this.isOpen) return;
    this.#heard();
    const reading = isBinary
      ? { error: errorView('request.malformed', 'Messages are text.') }
      : readJson(bytes.toString('utf8'), clientMessage);
    if ('error' in reading) {
      this.#refuse(0, reading.error);
      if (!this.#ports.take('requests', this.address)) this.close('tooMany');
      return;
    }
    const message = reading.value;
    // Commands are counted by the gateway, where cancels have their own lane.
    if (message.op !== 'command' && !this.#ports.take('requests', this.address)) {
      this.#refuse(message.id, errorView('request.tooMany'));
      return;
    }
    this.#dispatch(message);
  }

  #dispatch(message: ClientMessage): void {
    switch (message.op) {
      case 'ping': {
        const { seq, timeMs } = this.#ports.markets;
        return this.send({ type: 'pong', id: message.id, seq, timeMs });
      }
      case 'subscribe':
        return this.#subscribe(message);
      case 'unsubscribe':
        this.#unsubscribe(message.channel, message.key);
        return this.send({ type: 'ok', id: message.id });
      case 'command':
        return this.#answer(message.id, async () => {
          const origin = { session: this.session, ipAddress: this.address };
          const answer = await this.#ports.submitSigned(message.envelope, origin);
          this.#keys.add(message.envelope.agent);
          // It may be revoked by now: the answer leaves first.
          setImmediate(() => this.recheck());
          return { type: 'answer', id: message.id, ...answer };
        });
      case 'preview':
        return this.#preview(message.id, [{ type: 'PlaceOrder', order: message.draft }]);
      case 'previewOperations':
        return this.#preview(message.id, message.operations);
      case 'largestOrder':
        return this.#largestOrder(message);
      default:
        unreachable(message);
    }
  }

  #preview(id: number, operations: readonly OperationWire[]): void {
    this.#answer(id, async () => {
      const preview = await this.#ports.previews.preview(this.session, operations);
      return { type: 'preview', id, preview };
    });
  }

  #largestOrder({ id, order, lotsMax }: Extract<ClientMessage, { op: 'largestOrder' }>): void {
    this.#answer(id, async () => {
      const largestOrder = await this.#ports.previews.largestOrder(this.session, order, lotsMax);
      return { type: 'largestOrder', id, largestOrder };
    });
  }

  #subscribe(message: Extract<ClientMessage, { op: 'subscribe' }>): void {
    if (this.#markets.size + this.#accounts.size >= limits.stream.subscriptionsMax) {
      return this.#refuseCode(message.id, 'request.tooManySubscriptions');
    }
    if (message.channel === 'markets') {
      this.#hasOverview = true;
      this.send({ type: 'ok', id: message.id });
      return this.send(this.#ports.markets.overview());
    }
    if (message.channel === 'market') return this.#subscribeMarket(message);
    this.#answer(message.id, () => this.#subscribeAccount(message));
  }

  #subscribeMarket(message: Extract<ClientMessage, { channel: 'market'; op: 'subscribe' }>): void {
    const { id, instrument, resumeSeq } = message;
    const feed = this.#ports.markets.feed(instrument);
    if (feed === undefined) return this.#refuseCode(id, 'request.subscriptionUnknown');
    // Everybody else gets what was gathered so far, so that this client's next delta follows its first.
    this.#ports.flushMarket(instrument);
    this.send({ type: 'ok', id, seq: feed.seq });
    const missed = resumeSeq === undefined ? undefined : feed.missedSince(resumeSeq);
    if (missed === undefined) this.#sendSnapshot(instrument);
    else for (const text of missed) this.sendText(text);
    this.#markets.add(instrument);
  }

  async #subscribeAccount(
    message: Extract<ClientMessage, { channel: 'account'; op: 'subscribe' }>,
  ): Promise<ServerMessage | undefined> {
    const { id, account, resumeSeq } = message;
    if (this.session === undefined) throw new CallError('session.required');
    if (!this.#ports.maySee(this.session, account)) throw new CallError('actor.outOfScope');
    this.send({ type: 'ok', id });
    const feed = this.#ports.accountFeed(account);
    await feed.add(this, resumeSeq);
    // The client may have gone, or lost its right, while the follower was asked.
    if (this.isOpen && this.#ports.maySee(this.session, account)) this.#accounts.add(account);
    else feed.remove(this);
    return undefined;
  }

  #unsubscribe(channel: 'market' | 'account' | 'markets', key: number): void {
    if (channel === 'markets') this.#hasOverview = false;
    else if (channel === 'account') this.#leaveAccount(key);
    else {
      this.#markets.delete(key);
      this.#behind.delete(key);
    }
  }

  #leaveAccount(account: number): void {
    if (this.#accounts.delete(account)) this.#ports.accountFeed(account).remove(this);
  }

  #sendSnapshot(instrument: number): void {
    const feed = this.#ports.markets.feed(instrument);
    if (feed !== undefined) this.send(feed.snapshot());
  }

  /** Runs a request that takes a while; its answer or refusal carries its id. */
  #answer(id: number, work: () => Promise<ServerMessage | undefined>): void {
    if (this.#waitingCount >= limits.stream.waitingMax) return this.#refuseCode(id, 'request.tooMany');
    this.#waitingCount += 1;
    void work()
      .then((message) => {
        if (message !== undefined) this.send(message);
      })
      .catch((error: unknown) => this.#refuse(id, refusalOf(error)))
      .finally(() => {
        this.#waitingCount -= 1;
      });
  }

  #refuseCode(id: number, code: ErrorCode): void {
    this.#refuse(id, errorView(code));
  }

  #refuse(id: number, error: ErrorView): void {
    this.send({ type: 'error', id, error });
  }
}

/** A refusal as it is; anything else is our own fault, told to the log and not to the client. */
function refusalOf(error: unknown): ErrorView {
  if (error instanceof CallError) return error.error;
  logError('A request on the stream failed.', error);
  return errorView('outcome.unknown');
}
