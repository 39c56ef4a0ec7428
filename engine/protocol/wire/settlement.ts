import * as z from 'zod/mini';

/** One exit is some 9,000 digits with five assets; together they fit a message. */
const EXITS_MAX = 16;
const call = z.string().check(z.regex(/^0x(?:[0-9a-f]{2}){4,}$/), z.maxLength(32_768));

/** POST /api/v1/settlement/rehearsal: data of `escape` transactions, as they stand in an exit kit. */
export const rehearsalWire = z.strictObject({
  escapes: z.array(call).check(z.minLength(1), z.maxLength(EXITS_MAX)),
});
