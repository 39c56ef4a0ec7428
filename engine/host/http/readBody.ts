import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '../../protocol/errors.ts';
import { limits } from '../limits.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as text, or the refusal. Bytes beyond the limit are not kept. */
export async function readBody(request: IncomingMessage): Promise<{ text: string } | { code: ErrorCode }> {
  if (Number(request.headers['content-length'] ?? 0) > limits.http.bodyBytesMax)
    return { code: 'request.tooLarge' };
  // A compressed body could unfold to anything.
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    return { code: 'request.malformed' };
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limits.http.bodyBytesMax) return { code: 'request.tooLarge' };
      chunks.push(chunk);
    }
    return { text: utf8.decode(Buffer.concat(chunks)) };
  } catch {
    // Not UTF-8, or the client went away in the middle.
    return { code: 'request.malformed' };
  }
}
