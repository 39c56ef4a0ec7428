import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { LocalAccount } from 'viem';
import { createSiweMessage } from 'viem/siwe';
import { WebSocket } from 'ws';
import type { ErrorView } from '../protocol/errors.ts';
import type { ClientMessage, CommandAnswer, ServerMessage } from '../protocol/stream.ts';
import type { MarketsView, SessionView } from '../protocol/views/health.ts';
import type { CommandEnvelopeWire, CommandWire, OperationWire } from '../protocol/wire/commands.ts';
import { type ApproveAgentWire, approveAgentSummary, approveAgentTypes } from '../protocol/wire/session.ts';
import { HOUR_MS } from '../units/time.ts';

export interface HttpAnswer<T> {
  readonly status: number;
  readonly body: T & { error?: ErrorView };
  readonly headers: Headers;
}

/** An agent key of a program: what a browser keeps in WebCrypto. */
export interface AgentKey {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** A program that trades on a desk over its own wire, as a bot of a member would. For tests, load and benches. */
export class DeskClient {
  readonly address: string;
  #cookie = '';
  #lastNonce = 0;

  constructor(address: string) {
    this.address = address;
  }

  /** What a request of this client carries; empty while it is not signed in. */
  get cookie(): string {
    return this.#cookie;
  }

  async get<T>(path: string): Promise<HttpAnswer<T>> {
    return await this.#request<T>('GET', path, undefined);
  }

  async post<T>(path: string, body: unknown): Promise<HttpAnswer<T>> {
    return await this.#request<T>('POST', path, JSON.stringify(body));
  }

  /** What is answered with a file. */
  async getText(path: string): Promise<string> {
    return await (await fetch(this.address + path, { headers: { cookie: this.#cookie } })).text();
  }

  /** Sends bytes that may be anything. */
  async postText<T>(path: string, text: string): Promise<HttpAnswer<T>> {
    return await this.#request<T>('POST', path, text);
  }

  async delete<T>(path: string): Promise<HttpAnswer<T>> {
    return await this.#request<T>('DELETE', path, undefined);
  }

  /** Signs in with a wallet; the cookie is kept for later requests. */
  async signIn(wallet: LocalAccount): Promise<SessionView> {
    const { body: desk } = await this.get<MarketsView>('/api/v1/markets');
    const { body } = await this.post<{ nonce: string }>('/api/v1/session/nonce', {});
    const message = createSiweMessage({
      address: wallet.address,
      chainId: desk.chainId,
      domain: new URL(this.address).host,
      uri: this.address,
      nonce: body.nonce,
      version: '1',
    });
    const signature = await wallet.signMessage({ message });
    return succeeded(await this.post<SessionView>('/api/v1/session', { message, signature }));
  }

  /** Makes an Ed25519 key and has the wallet let it trade. */
  async approveAgent(
    wallet: LocalAccount,
    accounts: number[],
    scope: Partial<ApproveAgentWire['scope']> = {},
    lifeMs = HOUR_MS,
  ): Promise<AgentKey> {
    const { body: desk } = await this.get<MarketsView>('/api/v1/markets');
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
    const nowMs = Date.now();
    const request = {
      member: wallet.address.toLowerCase(),
      scheme: 'ed25519' as const,
      publicKey: raw,
      accounts,
      expiresAtMs: nowMs + lifeMs,
      nonce: this.nextNonce(nowMs),
      scope: { markets: [], notionalPerHourUsd: 0, addresses: [], ...scope },
    };
    const signature = await signApproval(wallet, desk, request);
    succeeded(await this.post<CommandAnswer>('/api/v1/agents', { ...request, signature }));
    return { publicKey: raw, privateKey };
  }

  /** A command as it travels, signed by an agent key. */
  envelope(
    desk: Pick<MarketsView, 'chainId' | 'vault'>,
    key: AgentKey,
    operations: OperationWire[],
  ): CommandEnvelopeWire {
    const nonce = this.nextNonce(Date.now());
    const wire: CommandWire = {
      domain: 'Ballast',
      chainId: desk.chainId,
      vault: desk.vault,
      nonce,
      operations,
    };
    const text = JSON.stringify(wire);
    const signature = sign(null, Buffer.from(text, 'utf8'), key.privateKey).toString('hex');
    return { text, agent: key.publicKey, signature };
  }

  nextNonce(nowMs: number): number {
    this.#lastNonce = Math.max(this.#lastNonce + 1, nowMs);
    return this.#lastNonce;
  }

  /** Opens the stream: for the session when signed in, else for market data alone. */
  async openStream(): Promise<DeskStream> {
    let query = '';
    if (this.#cookie !== '') {
      const { ticket } = succeeded(await this.post<{ ticket: string }>('/api/v1/stream/ticket', {}));
      query = `?ticket=${ticket}`;
    }
    return await DeskStream.open(`${this.address.replace('http', 'ws')}/api/v1/stream${query}`);
  }

  async #request<T>(method: string, path: string, body: string | undefined): Promise<HttpAnswer<T>> {
    const headers: Record<string, string> = { cookie: this.#cookie, 'x-ballast': '1' };
    if (method === 'POST') headers['content-type'] = 'application/json';
    const response = await fetch(this.address + path, { method, headers, body });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie !== undefined) this.#cookie = cookie.includes('Max-Age=0') ? '' : (cookie.split(';')[0] ?? '');
    const text = await response.text();
    const answer = text === '' ? {} : (JSON.parse(text) as unknown);
    return { status: response.status, body: answer as HttpAnswer<T>['body'], headers: response.headers };
  }
}

/** One socket of the native stream. */
export class DeskStream {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: ServerMessage) => void>();
  readonly #listeners: ((message: ServerMessage) => void)[] = [];
  readonly closed: Promise<number>;
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
    socket.on('error', () => socket.terminate());
    socket.on('message', (bytes) => this.#receive(JSON.parse(String(bytes)) as ServerMessage));
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<DeskStream> {
    const socket = new WebSocket(url, { headers });
    const stream = new DeskStream(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('unexpected-response', (_, response) =>
        reject(new Error(`refused with ${response.statusCode}`)),
      );
      socket.once('error', reject);
    });
    return stream;
  }

  onMessage(listener: (message: ServerMessage) => void): void {
    this.#listeners.push(listener);
  }

  /** The first message from now on that is of a type and passes the test. */
  next<K extends ServerMessage['type']>(
    type: K,
    isWanted: (message: Extract<ServerMessage, { type: K }>) => boolean = () => true,
  ): Promise<Extract<ServerMessage, { type: K }>> {
    return new Promise((resolve) => {
      this.onMessage((message) => {
        if (message.type !== type) return;
        const found = message as Extract<ServerMessage, { type: K }>;
        if (isWanted(found)) resolve(found);
      });
    });
  }

  /** Sends a request and waits for the message with its id. */
  ask(message: DistributiveOmit<ClientMessage, 'id'>): Promise<ServerMessage> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      void this.closed.then((code) => reject(new Error(`the stream was closed with ${code}`)));
      this.sendText(JSON.stringify({ ...message, id }));
    });
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: ServerMessage): void {
    if ('id' in message) {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    }
    for (const listener of this.#listeners) listener(message);
  }
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

export function newClientId(): string {
  return randomBytes(16).toString('hex');
}

function succeeded<T>({ status, body }: HttpAnswer<T>): T {
  if (status !== 200) throw new Error(`${status}: ${body.error?.code} ${body.error?.message}`);
  return body;
}

async function signApproval(
  wallet: LocalAccount,
  desk: Pick<MarketsView, 'chainId' | 'vault'>,
  request: Omit<ApproveAgentWire, 'signature'>,
): Promise<string> {
  return await wallet.signTypedData({
    domain: {
      name: 'Ballast',
      version: '1',
      chainId: desk.chainId,
      verifyingContract: desk.vault as `0x${string}`,
    },
    types: approveAgentTypes,
    primaryType: 'ApproveAgent',
    message: {
      member: request.member as `0x${string}`,
      scheme: request.scheme,
      publicKey: `0x${request.publicKey}`,
      accounts: request.accounts,
      expiresAtMs: BigInt(request.expiresAtMs),
      ...request.scope,
      notionalPerHourUsd: BigInt(request.scope.notionalPerHourUsd),
      nonce: BigInt(request.nonce),
      summary: approveAgentSummary(request),
    },
  });
}
