import { type ErrorCode, errorView } from '../../protocol/errors.ts';
import { BLOCK_GAS_MAX } from '../chain/anvilProcess.ts';
import { ChainRefusal } from '../chain/jsonRpc.ts';
import { allowedMethods, boundedParams, isSending } from './methods.ts';

export interface ChainDoorPorts {
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  sendRawTransaction(params: readonly unknown[]): Promise<unknown>;
}

/** Calls of one request, and of all requests at a time. */
export const CALLS_IN_BATCH_MAX = 20;
export const CALLS_AT_ONCE_MAX = 64;
const PARAMS_MAX = 4;

/** JSON-RPC's own numbers for what our codes say by name. */
const NUMBERS: Partial<Record<ErrorCode, number>> = {
  'request.malformed': -32_600,
  'chain.methodRefused': -32_601,
  'request.tooMany': -32_005,
};
const INTERNAL = -32_603;

type Id = string | number;

type RpcAnswer = { jsonrpc: '2.0'; id: Id | null } & (
  | { result: unknown }
  | { error: { code: number; message: string; data?: unknown } }
);

/** The chain as a page may have it: JSON-RPC on our own address, each call judged by itself. */
export class ChainDoor {
  readonly #ports: ChainDoorPorts;
  #onTheWay = 0;

  constructor(ports: ChainDoorPorts) {
    this.#ports = ports;
  }

  /**
   * @param text JSON-RPC 2.0, one call or a batch of them
   * @returns what to answer, refusals of single calls included; undefined when it is neither call nor batch
   */
  async answer(text: string): Promise<RpcAnswer | RpcAnswer[] | undefined> {
    const body = parsed(text);
    if (!Array.isArray(body)) return isObject(body) && 'method' in body ? await this.#one(body) : undefined;
    if (body.length === 0 || body.length > CALLS_IN_BATCH_MAX) return undefined;
    return await Promise.all(body.map((each) => this.#one(each)));
  }

  async #one(request: unknown): Promise<RpcAnswer> {
    const call = readCall(request);
    if ('error' in call) return refused(call.id, call.error);
    if (this.#onTheWay >= CALLS_AT_ONCE_MAX) return refused(call.id, 'request.tooMany');
    this.#onTheWay += 1;
    try {
      return { jsonrpc: '2.0', id: call.id, result: await this.#pass(call) };
    } catch (error) {
      if (!(error instanceof ChainRefusal)) return refused(call.id, 'chain.unavailable');
      const { code, message, data } = error;
      return { jsonrpc: '2.0', id: call.id, error: { code, message, ...(data !== undefined && { data }) } };
    } finally {
      this.#onTheWay -= 1;
    }
  }

  #pass({ method, params }: Call): Promise<unknown> {
    return isSending(method) ? this.#ports.sendRawTransaction(params) : this.#ports.call(method, params);
  }
}

interface Call {
  readonly id: Id;
  readonly method: string;
  readonly params: readonly unknown[];
}

function readCall(request: unknown): Call | { id: Id | null; error: ErrorCode } {
  if (!isObject(request)) return { id: null, error: 'request.malformed' };
  const { jsonrpc, id, method, params = [] } = request;
  // A call without an id would be one nobody hears the outcome of.
  if (jsonrpc !== '2.0' || !isId(id)) return { id: null, error: 'request.malformed' };
  if (typeof method !== 'string' || !Array.isArray(params) || params.length > PARAMS_MAX)
    return { id, error: 'request.malformed' };
  if (!allowedMethods.has(method)) return { id, error: 'chain.methodRefused' };
  const bounded = boundedParams(method, params, BLOCK_GAS_MAX);
  return bounded === undefined ? { id, error: 'request.malformed' } : { id, method, params: bounded };
}

function refused(id: Id | null, code: ErrorCode): RpcAnswer {
  const { message } = errorView(code);
  return { jsonrpc: '2.0', id, error: { code: NUMBERS[code] ?? INTERNAL, message, data: { code } } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isId(id: unknown): id is Id {
  return typeof id === 'string' ? id.length <= 64 : Number.isSafeInteger(id);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
