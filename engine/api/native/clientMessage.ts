import * as z from 'zod';
import type { ClientMessage } from '../../protocol/stream.ts';
import {
  commandEnvelopeWire,
  operationsWire,
  orderDraftWire,
  sizelessOrderWire,
} from '../../protocol/wire/commands.ts';

const id = z.int().min(0);
const seq = z.int().min(0);
const key = z.int().min(0);

const subscribe = z.discriminatedUnion('channel', [
  z.strictObject({
    op: z.literal('subscribe'),
    id,
    channel: z.literal('market'),
    instrument: key,
    resumeSeq: z.optional(seq),
  }),
  z.strictObject({
    op: z.literal('subscribe'),
    id,
    channel: z.literal('account'),
    account: key,
    resumeSeq: z.optional(seq),
  }),
  z.strictObject({ op: z.literal('subscribe'), id, channel: z.literal('markets') }),
]);

const message = z.discriminatedUnion('op', [
  subscribe,
  z.strictObject({
    op: z.literal('unsubscribe'),
    id,
    channel: z.enum(['market', 'account', 'markets']),
    key,
  }),
  z.strictObject({ op: z.literal('command'), id, envelope: commandEnvelopeWire }),
  z.strictObject({ op: z.literal('preview'), id, draft: orderDraftWire }),
  z.strictObject({ op: z.literal('previewOperations'), id, operations: operationsWire }),
  z.strictObject({
    op: z.literal('largestOrder'),
    id,
    order: sizelessOrderWire,
    lotsMax: z.optional(z.int().min(1).max(2_147_483_647)),
  }),
  z.strictObject({ op: z.literal('ping'), id }),
]) satisfies z.ZodType<ClientMessage>;

/** What a client may say on the native stream, at the door: made into code once, as every order passes it. */
export const clientMessage = z.compile(message);
