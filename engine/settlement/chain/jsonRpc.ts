import { AnswerTooLong, ChainError } from './chainError.ts';

/** The chain's own refusal of a call: a revert, a parameter it does not take. */
export class ChainRefusal extends ChainError {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

interface Bounds {
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
}

let lastId = 0;

/**
 * One JSON-RPC call.
 *
 * @fails ChainRefusal with the chain's own words; ChainError when it does not answer in time, or with something else
 */
export async function callRpc(
  url: string,
  method: string,
  params: readonly unknown[],
  bounds: Bounds,
): Promise<unknown> {
  const id = ++lastId;
  const text = await post(url, JSON.stringify({ jsonrpc: '2.0', id, method, params }), bounds);
  const answer = parsed(text);
  if (answer?.id !== id) throw new ChainError(`${method} was answered with something else.`);
  if (answer.error !== undefined) {
    const { code, message, data } = answer.error;
    throw new ChainRefusal(code ?? 0, message ?? 'refused', data);
  }
  return answer.result ?? null;
}

/** Bounds for one question about one block. */
const NODE_BOUNDS: Bounds = { timeoutMs: 5_000, answerBytesMax: 4 * 1_024 * 1_024 };

/** A node somewhere, asked one question at a time. */
export function nodeAt(url: string): { call(method: string, params: readonly unknown[]): Promise<unknown> } {
  return { call: (method, params) => callRpc(url, method, params, NODE_BOUNDS) };
}

interface Answer {
  id?: number;
  result?: unknown;
  error?: { code?: number; message?: string; data?: unknown };
}

function parsed(text: string): Answer | undefined {
  try {
    return (JSON.parse(text) as Answer | null) ?? undefined;
  } catch {
    return undefined;
  }
}

async function post(url: string, body: string, { timeoutMs, answerBytesMax }: Bounds): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > answerBytesMax)
        throw new AnswerTooLong(`An answer is longer than ${answerBytesMax} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof ChainError) throw error;
    throw new ChainError(`The chain does not answer: ${(error as Error).message}`);
  }
}
