import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DecideWire } from '../../protocol/wire/firm.ts';

/** Changes what the desk answers at a path. */
export type Lie = (path: string, body: unknown) => unknown;

/** Stands between a co-signer and its desk: keeps the decisions that pass, and may change what the desk says. */
export class LyingRelay {
  /** Of the desk behind it. */
  target: string;
  lie: Lie = (_, body) => body;
  readonly #decisions: { proposal: number; body: DecideWire }[] = [];
  readonly #server: Server;

  private constructor(target: string) {
    this.target = target;
    this.#server = createServer((asked, answer) => this.#pass(asked, answer));
  }

  static async open(target: string): Promise<LyingRelay> {
    const relay = new LyingRelay(target);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', () => resolve()));
    return relay;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Bodies that were sent for a proposal, each time. */
  decisionsOn(proposal: number): DecideWire[] {
    return this.#decisions.flatMap((each) => (each.proposal === proposal ? [each.body] : []));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const path = (asked.url ?? '').split('?')[0]!;
    const { hostname, port } = new URL(this.target);
    const { method, headers } = asked;
    const onward = request({ hostname, port, method, path: asked.url, headers }, async (reply) => {
      const text = await textOf(reply).catch(() => undefined);
      if (text === undefined) return void answer.destroy();
      const told = text === '' ? '' : JSON.stringify(this.lie(path, JSON.parse(text)));
      const { 'content-length': _, ...rest } = reply.headers;
      answer.writeHead(reply.statusCode ?? 502, { ...rest, 'content-length': Buffer.byteLength(told) });
      return void answer.end(told);
    });
    onward.on('error', () => answer.destroy());
    asked.on('error', () => onward.destroy());
    void textOf(asked).then((text) => {
      const decided = /^\/api\/v1\/proposals\/(\d+)\/decision$/.exec(path);
      if (decided !== null) this.#decisions.push({ proposal: Number(decided[1]), body: JSON.parse(text) });
      onward.end(text);
    });
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  message.setEncoding('utf8');
  let text = '';
  for await (const chunk of message) text += chunk;
  return text;
}
