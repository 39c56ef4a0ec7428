/**
 * Error codes that a page says itself, because it never asked the desk or got no answer, as in
 * `errors.ts`: one table in several files. Every other sentence comes with the desk's answer, so
 * that a page need not load them all before it shows anything.
 */
export const pageErrors = {
  'request.unknownRoute': [4, 'There is nothing at this address.'],
  'session.required': [20, 'Sign in first.'],
  'signature.invalid': [30, 'The signature does not match the signed bytes and the key.'],
  'signature.payloadMismatch': [31, 'The signed text is not the command that was sent.'],
  'outcome.unknown': [
    40,
    'The engine did not answer in time: the command may or may not have taken effect. Ask by client id.',
  ],
  'past.readOnly': [49, 'This is the past: nothing can be changed from there. Go back to now.'],
  'order.unknown': [210, 'There is no such open order. It was filled, cancelled or never placed.'],
  'order.sizeOffLot': [213, 'The size is not a multiple of the lot.'],
  'order.priceOffTick': [214, 'The price is not a multiple of the tick.'],
  'approval.actionChanged': [686, 'What was signed is not what is proposed.'],
  'engine.notReady': [900, 'The engine is starting. Orders are not accepted yet.'],
} as const satisfies Record<string, readonly [number, string]>;

export type PageErrorCode = keyof typeof pageErrors;

/** A refusal as the wire has it (`ErrorView`), said by the page. */
export function pageError(code: PageErrorCode, detail?: string): { code: PageErrorCode; message: string } {
  const sentence = pageErrors[code][1];
  return { code, message: detail === undefined ? sentence : `${sentence} ${detail}` };
}
