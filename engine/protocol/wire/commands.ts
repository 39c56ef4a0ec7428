import * as z from 'zod/mini';

/**
 * The JSON of commands at the door: decimal strings for prices and sizes, names for instruments and
 * enums, unknown keys refused. What a client signs is exactly the text of one `CommandWire`.
 */

const decimal = z.string().check(z.regex(/^[0-9]{1,16}(\.[0-9]{1,12})?$/));
const clientId = z.string().check(z.regex(/^[0-9a-f]{32}$/));
const instrument = z.string().check(z.regex(/^[A-Z0-9:/_-]{1,24}$/));
const name = z.string().check(z.regex(/^[A-Z0-9:/_-]{1,24}$/));
const account = z.int().check(z.nonnegative(), z.lte(4_294_967_295));
const orderId = z.int().check(z.positive());
const nonce = z.int().check(z.positive());

/** What closes a fill: the mark that triggers it, and the worst price it then takes (none: the edge of the band). */
const bracketLeg = z.strictObject({ triggerPrice: decimal, price: z.optional(decimal) });
export type BracketLegWire = z.infer<typeof bracketLeg>;

/** What an amendment makes of it: these terms, whole, or no such order any more. */
const bracketLegChange = z.union([bracketLeg, z.literal('none')]);
export type BracketLegChangeWire = z.infer<typeof bracketLegChange>;

const orderTerms = {
  account,
  instrument,
  side: z.enum(['buy', 'sell']),
  type: z.enum(['limit', 'market', 'stopMarket', 'stopLimit', 'takeMarket', 'takeLimit']),
  size: decimal,
  price: z.optional(decimal),
  triggerPrice: z.optional(decimal),
  timeInForce: z.optional(z.enum(['gtc', 'ioc', 'fok', 'gtt'])),
  expiresAtMs: z.optional(z.int().check(z.positive())),
  isPostOnly: z.optional(z.boolean()),
  isReduceOnly: z.optional(z.boolean()),
  selfTrade: z.optional(z.enum(['expireTaker', 'expireMaker', 'expireBoth'])),
  clientId: z.optional(clientId),
  takeProfit: z.optional(bracketLeg),
  stopLoss: z.optional(bracketLeg),
};

/** An order as a person writes it; also what a preview asks about. */
export const orderDraftWire = z.strictObject(orderTerms);
export type OrderDraftWire = z.infer<typeof orderDraftWire>;

/** Several limit orders at even steps of price. */
export const scaleDraftWire = z.strictObject({
  account,
  instrument,
  side: z.enum(['buy', 'sell']),
  /** Of all orders together. */
  size: decimal,
  fromPrice: decimal,
  toPrice: decimal,
  count: z.int().check(z.gte(2), z.lte(40)),
  /** Size of the last order ÷ size of the first, up to three decimals; 1 when left out. */
  sizeRatio: z.optional(decimal),
  isPostOnly: z.optional(z.boolean()),
  isReduceOnly: z.optional(z.boolean()),
  selfTrade: z.optional(z.enum(['expireTaker', 'expireMaker', 'expireBoth'])),
  /** Of the first order; each further one has the next number. */
  clientId: z.optional(clientId),
});
export type ScaleDraftWire = z.infer<typeof scaleDraftWire>;

/** An order or a scale whose size is what is asked for. */
export const sizelessOrderWire = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('PlaceOrder'), order: z.omit(orderDraftWire, { size: true }) }),
  z.strictObject({ type: z.literal('PlaceScale'), scale: z.omit(scaleDraftWire, { size: true }) }),
]);
export type SizelessOrderWire = z.infer<typeof sizelessOrderWire>;

const operation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('PlaceOrder'), order: orderDraftWire }),
  z.strictObject({ type: z.literal('PlaceScale'), scale: scaleDraftWire }),
  z.strictObject({
    type: z.literal('AmendOrder'),
    account,
    /** Whose tick and lot the new price and size are written in: a signed text must read alone. */
    instrument,
    orderId,
    price: z.optional(decimal),
    size: z.optional(decimal),
    triggerPrice: z.optional(decimal),
    /** Of what will close its fills; what is left out stays as it is. */
    takeProfit: z.optional(bracketLegChange),
    stopLoss: z.optional(bracketLegChange),
  }),
  z.strictObject({ type: z.literal('CancelOrder'), account, orderId }),
  z.strictObject({ type: z.literal('CancelByClientId'), account, clientId }),
  z.strictObject({ type: z.literal('CancelAll'), account, instrument: z.optional(instrument) }),
  z.strictObject({
    type: z.literal('OpenPot'),
    account,
    underlying: name,
    label: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
  /** `amount` in whole units of the asset. */
  z.strictObject({
    type: z.literal('MoveCollateral'),
    from: account,
    to: account,
    asset: name,
    amount: decimal,
  }),
  /** `leverage` such as `2.5`; `0` takes the cap away. Without an underlying it caps all of the account. */
  z.strictObject({
    type: z.literal('SetLeverageCap'),
    account,
    underlying: z.optional(name),
    leverage: decimal,
  }),
]);
export type OperationWire = z.infer<typeof operation>;

/** What a command may hold, and what a preview may ask about. */
export const operationsWire = z.array(operation).check(z.minLength(1), z.maxLength(100));

/** The signed text: one operation, or several order operations judged each on its own. */
export const commandWire = z.strictObject({
  domain: z.literal('Ballast'),
  chainId: z.int(),
  vault: z.string().check(z.regex(/^0x[0-9a-f]{40}$/)),
  nonce,
  operations: operationsWire,
});
export type CommandWire = z.infer<typeof commandWire>;

/** What travels: the exact text, who signed it, and the signature over its UTF-8 bytes. */
export const commandEnvelopeWire = z.strictObject({
  text: z.string().check(z.maxLength(60_000)),
  /** Raw public key of the agent, lower case hex. */
  agent: z.string().check(z.regex(/^[0-9a-f]{64,130}$/)),
  signature: z.string().check(z.regex(/^[0-9a-f]{128}$/)),
});
export type CommandEnvelopeWire = z.infer<typeof commandEnvelopeWire>;
