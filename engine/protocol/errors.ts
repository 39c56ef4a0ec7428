import { agentErrors } from './agentErrors.ts';
import { pageErrors } from './pageErrors.ts';
import { proposalErrors } from './proposalErrors.ts';
import { settlementErrors } from './settlementErrors.ts';

/**
 * Every error code: a number for columns, bytes and events, a name for people and wires, a sentence
 * that tells the way out. A code is never reused and never renamed.
 *
 * 1–99 the door (never reaches the engine), 100–899 refusals of the engine (journalled),
 * 900–999 the machine underneath.
 */
export const errors = {
  ...pageErrors,
  'request.malformed': [1, 'The request is not JSON of the documented shape.'],
  'request.tooLarge': [2, 'The message is larger than 64 KiB.'],
  'request.tooMany': [3, 'Too many messages. Cancels have their own lane and still work.'],
  'request.methodNotAllowed': [5, 'This address does not answer that method.'],
  'request.hostNotAllowed': [6, 'This host name is not one the desk answers to.'],
  'request.originNotAllowed': [7, 'Requests from another origin are not accepted.'],
  'request.subscriptionUnknown': [8, 'There is no such channel.'],
  'request.tooManySubscriptions': [9, 'Too many subscriptions on one socket.'],
  'session.nonceInvalid': [
    21,
    'The sign-in nonce is unknown, used or older than five minutes. Ask for a new one.',
  ],
  'session.messageInvalid': [22, 'The sign-in message does not name this desk, chain and address.'],
  'session.signatureInvalid': [23, 'The signature does not belong to the address that signs in.'],
  'session.unknown': [26, 'There is no such session, or it is not yours to end. It may have ended already.'],
  'session.notMember': [24, 'This address is not a member of any firm here.'],
  'session.cookieNotKept': [
    25,
    'The browser did not keep the session cookie. Open the desk on localhost or over TLS.',
  ],
  'signature.notBinding': [
    32,
    'The contract at this address says yes to any text, so its yes proves nothing. Use another wallet.',
  ],
  'outcome.notFound': [41, 'No order with this client id is known.'],
  'audit.empty': [42, 'The audit log has no record of that time.'],
  'past.unknown': [43, 'What is asked for was not there yet at that sequence.'],
  'past.busy': [44, 'Somebody else is looking into the past. Ask again in some seconds.'],
  'past.tooFar': [
    45,
    'To get there takes longer than the desk gives it. Ask for a sequence nearer to a snapshot.',
  ],
  'past.future': [46, 'The desk has not come to that sequence yet. Ask for one that has been.'],
  'past.pruned': [
    47,
    'The journal no longer reaches back there: it was pruned behind an older snapshot. Ask for a later sequence.',
  ],
  'past.notShown': [48, 'That is not kept by sequence, so it cannot be shown as it was.'],
  'root.unknown': [51, 'No posted root has that: it comes with a later one, or is too old to be kept here.'],
  'chain.methodRefused': [50, 'Of the chain only reads and signed transactions are passed on.'],

  'actor.unknown': [100, 'The agent key is not approved here.'],
  'actor.expired': [101, 'The agent key has expired. Approve a new one.'],
  'actor.revoked': [102, 'The agent key was revoked.'],
  'actor.outOfScope': [103, 'The agent key does not cover this account.'],
  'actor.notPermitted': [104, 'The role of this member does not allow that.'],
  'nonce.replayed': [105, 'This nonce was used before.'],
  'nonce.tooLow': [106, 'This nonce is lower than the hundred highest already used.'],
  'nonce.outsideWindow': [107, 'A nonce is a time in milliseconds, at most two days old and one day ahead.'],
  ...agentErrors,

  'genesis.repeated': [120, 'The journal already has its genesis.'],
  'genesis.missing': [121, 'The first command must be the genesis.'],
  'asset.unknown': [122, 'There is no such asset.'],
  'asset.exists': [123, 'An asset of this name is listed already.'],
  'underlying.unknown': [124, 'There is no such underlying.'],
  'underlying.exists': [125, 'An underlying of this name is listed already.'],
  'instrument.unknown': [126, 'There is no such instrument.'],
  'instrument.exists': [127, 'An instrument of this name is listed already.'],
  'firm.unknown': [128, 'There is no such firm.'],
  'firm.full': [
    115,
    'The firm has half of all places there are for groups and accounts, and no firm has more. Use what it has.',
  ],
  'account.unknown': [129, 'There is no such account.'],
  'member.unknown': [130, 'This address is not a member of the firm.'],
  'member.exists': [131, 'This address is a member of the firm already.'],
  'label.invalid': [
    132,
    'A name is 1–24 of A–Z 0–9 : / _ -, a label 1–64 characters without control characters.',
  ],
  'parameters.invalid': [133, 'A parameter is out of its documented range.'],
  'amount.invalid': [134, 'The amount is not a positive whole number of the smallest unit.'],
  'engine.full': [135, 'A table of the engine is full. Nothing was changed.'],
  ...proposalErrors,
  ...settlementErrors,
  'price.invalid': [136, 'A reported price must be positive and inside the bounds of its underlying.'],
  'deposit.repeated': [137, 'This deposit was credited before.'],

  'instrument.expiryInvalid': [
    139,
    'A future or option expires at 08:00 UTC of a day to come; nothing else does.',
  ],
  'instrument.strikeInvalid': [140, 'An option needs a strike, and nothing else has one.'],
  'instrument.tooMany': [
    141,
    'One account could not hold all that trades: 128 dated futures, options on 16 underlyings. Wait for an expiry.',
  ],
  'surface.expiryUnknown': [150, 'No contract that still trades expires then.'],
  'surface.forwardInvalid': [151, 'A forward must be positive and within half and double of the index.'],
  'surface.butterfly': [
    152,
    'The slice has a butterfly arbitrage or is out of range. The last good one stands.',
  ],
  'surface.calendar': [153, 'The slice has a calendar arbitrage with a neighbour. The last good one stands.'],
  'redemption.stepTooLarge': [154, 'A redemption ratio may move by at most 1 % in a day.'],

  'node.unknown': [600, 'There is no such place in the firm’s tree.'],
  'node.notGroup': [601, 'Below a subaccount lies nothing. Choose a group.'],
  'node.tooDeep': [602, 'A tree is at most eight steps deep.'],
  'node.isRoot': [610, 'The top of a firm’s tree stays as it is. Choose a place below it.'],
  'node.circular': [611, 'A group cannot move below itself. Choose one outside of it.'],
  'node.archived': [612, 'This place of the tree is archived for good. Open another one.'],
  'node.inUse': [
    613,
    'It, or something below it, holds positions, open orders or balances. Close, cancel and move them first.',
  ],
  'node.frozen': [615, 'The account, or a group above it, is frozen. Cancels pass, and money that comes in.'],
  'node.reduceOnly': [616, 'The account, or a group above it, may only reduce. Mark the order reduce-only.'],
  'limit.instrument': [620, 'This instrument is not one that the account, or a group above it, may trade.'],
  'limit.orderValue': [
    621,
    'The order is worth more than one order of the account, or of a group above it, may be.',
  ],
  'limit.orderRate': [
    622,
    'The account, or a group above it, has sent as many orders in this minute as it may.',
  ],
  'limit.assetGross': [
    623,
    'Positions and open orders in this coin would pass the gross limit of the account or of a group above it.',
  ],
  'limit.assetNet': [
    624,
    'Net of positions and open orders in this coin would pass the limit of the account or of a group above it.',
  ],
  'limit.classGross': [
    625,
    'Positions and open orders in coins of this class would pass the gross limit of the account or of a group above it.',
  ],
  'limit.classNet': [
    626,
    'Net of positions and open orders in coins of this class would pass the limit of the account or of a group above it.',
  ],
  'limit.gross': [
    627,
    'Positions and open orders would pass the gross limit of the account or of a group above it.',
  ],
  'limit.net': [
    628,
    'Net of positions and open orders would pass the limit of the account or of a group above it.',
  ],
  'limit.concentration': [
    629,
    'This coin would be a larger share of positions and open orders than the account, or a group above it, may have.',
  ],
  'limit.dayLoss': [
    630,
    'The account, or a group above it, has lost as much this day as it may. Only orders that open nothing pass until 00:00 UTC.',
  ],
  'limit.softDayLoss': [
    631,
    'The account, or a group above it, has lost as much this day as it may. An approval lets it pass.',
  ],
  'limit.leverage': [
    632,
    'Positions and open orders would be a larger multiple of what the account, or a group above it, is worth than it may hold.',
  ],
  'limit.softLeverage': [
    633,
    'Positions and open orders would be a larger multiple of what the account, or a group above it, is worth than it may hold. An approval lets it pass.',
  ],
  'limit.softInstrument': [
    635,
    'This instrument is not one that the account, or a group above it, may trade. An approval lets it pass.',
  ],
  'limit.softOrderValue': [
    636,
    'The order is worth more than one order of the account, or of a group above it, may be. An approval lets it pass.',
  ],
  'limit.softOrderRate': [
    637,
    'The account, or a group above it, has sent as many orders in this minute as it may. An approval lets it pass.',
  ],
  'limit.softAssetGross': [
    638,
    'Positions and open orders in this coin would pass the gross limit of the account or of a group above it. An approval lets it pass.',
  ],
  'limit.softAssetNet': [
    639,
    'Net of positions and open orders in this coin would pass the limit of the account or of a group above it. An approval lets it pass.',
  ],
  'limit.softClassGross': [
    640,
    'Positions and open orders in coins of this class would pass the gross limit of the account or of a group above it. An approval lets it pass.',
  ],
  'limit.softClassNet': [
    641,
    'Net of positions and open orders in coins of this class would pass the limit of the account or of a group above it. An approval lets it pass.',
  ],
  'limit.softGross': [
    642,
    'Positions and open orders would pass the gross limit of the account or of a group above it. An approval lets it pass.',
  ],
  'limit.softNet': [
    643,
    'Net of positions and open orders would pass the limit of the account or of a group above it. An approval lets it pass.',
  ],
  'limit.softConcentration': [
    644,
    'This coin would be a larger share of positions and open orders than the account, or a group above it, may have. An approval lets it pass.',
  ],
  'tags.invalid': [614, 'A place of the tree has at most eight tags, each a label, none twice.'],

  'move.sameAccount': [650, 'What moves goes from one account to another.'],
  'move.foreignAccount': [651, 'The account belongs to another firm. A firm moves what is its own.'],
  'transfer.pot': [652, 'A pot gives and takes collateral of its own account only.'],
  'transfer.countInvalid': [653, 'A list has 1 to 50 transfers.'],
  'position.insufficient': [654, 'The account holds fewer lots of the instrument than that.'],
  'netting.nothingToCross': [655, 'No two subaccounts below hold opposite positions in it.'],
  'netting.windowInvalid': [
    656,
    'A netting window comes every 5 to 1,440 minutes, a whole number of times a day, from a minute of the day on.',
  ],
  'netting.windowUnknown': [657, 'The group has no netting window to end.'],
  'call.unknown': [658, 'There is no such open margin call: the account has recovered.'],
  'call.taken': [659, 'Somebody has taken this margin call on already.'],
  'change.countInvalid': [660, 'A change set has 2 to 16 parts. One move alone is asked for by itself.'],
  'policy.denied': [
    603,
    'No rule of the firm’s policy lets this role do that. The policy page shows who may.',
  ],
  'policy.invalid': [604, 'A rule of the policy is not of the documented shape. Nothing was changed.'],
  'policy.lockout': [
    605,
    'After this nobody could change roles and policy any more. Admit the people it needs first.',
  ],
  'policy.quorumImpossible': [
    606,
    'The firm does not have the people this needs to agree. Admit them, or change the policy.',
  ],
  'member.removed': [607, 'This member has left the firm.'],
  'member.lastWallet': [608, 'A member keeps one wallet. Remove the member instead.'],
  'wallet.inUse': [609, 'This address is a wallet of a member already.'],

  'batch.empty': [200, 'A batch holds at least one operation.'],
  'batch.tooLarge': [201, 'A batch holds at most 100 operations.'],
  'order.sizeZero': [211, 'The size must be at least one lot.'],
  'order.sizeTooLarge': [212, 'The size is over the largest order of this instrument.'],
  'order.priceInvalid': [
    215,
    'The price must be at least one tick and below the largest price of this instrument.',
  ],
  'order.priceOutOfBand': [216, 'The price is outside the band around the mark.'],
  'order.notionalTooSmall': [217, 'The order is worth less than the smallest order of this instrument.'],
  'order.termsConflict': [218, 'These terms cannot go together.'],
  'order.expiryPast': [219, 'The expiry is not in the future.'],
  'order.clientIdInUse': [220, 'An open order of this account has this client id.'],
  'order.tooManyOpen': [221, 'The account has as many open orders as it may.'],
  'order.reduceOnlyWouldIncrease': [222, 'A reduce-only order needs an opposite position to reduce.'],
  'order.postOnlyWouldCross': [223, 'A post-only order would have matched at once.'],
  'order.fokNotFillable': [224, 'The book cannot fill the whole size at this price now.'],
  'order.noLiquidity': [225, 'Nothing in the book could be matched at this price.'],
  'order.triggerInvalid': [226, 'The trigger price is on the side of the mark that has passed already.'],
  'order.nothingToChange': [227, 'The amendment changes nothing, or makes the order larger than it may be.'],
  'order.selfTrade': [228, 'The order would only have met orders of the same firm.'],
  'instrument.expired': [229, 'The instrument has expired. Only cancels pass.'],
  'bracket.reduceOnly': [230, 'A reduce-only order opens nothing that a take-profit or stop could close.'],
  'bracket.spot': [231, 'Spot moves coins and leaves no position: it has no take-profit or stop.'],
  'bracket.takeProfitInvalid': [232, 'A take-profit stands on the side of profit of the entry price.'],
  'bracket.stopLossInvalid': [233, 'A stop stands on the side of loss of the entry price.'],
  'bracket.sizeFollowsEntry': [
    234,
    'A take-profit or stop is as large as what its entry has filled. Cancel it and place one of your own.',
  ],
  'bracket.legUnknown': [235, 'The order has no such take-profit or stop to change or to take away.'],
  'bracket.legIsOpen': [
    236,
    'The entry has filled: its take-profit or stop is an order of its own now. Change that one.',
  ],
  'scale.countInvalid': [240, 'A scale has 2 to 40 orders.'],
  'scale.ratioInvalid': [241, 'The last size ÷ the first is between 0.01 and 100.'],
  'scale.pricesTooClose': [242, 'There are fewer ticks between the two prices than orders.'],
  'scale.sizeTooSmall': [243, 'Spread over so many orders the smallest would have no lot.'],
  'margin.initialInsufficient': [300, 'The account would have less equity than initial margin.'],
  'margin.bookTooLarge': [
    301,
    'The position in one underlying would pass the largest book the engine can hold.',
  ],
  'margin.debtLimit': [
    302,
    'The account owes more USDC than its other collateral allows. Only orders that reduce risk pass.',
  ],
  'spot.balanceInsufficient': [
    303,
    'The account has fewer coins than its sales of them. A spot sale never borrows.',
  ],
  'market.isolated': [311, 'The market stands alone for now: only orders that reduce a position pass.'],
  'oracle.stale': [310, 'The mark is older than the limit. Only cancels pass.'],
  'balance.insufficient': [340, 'The account holds less of this asset than that.'],
  'pot.exists': [341, 'The account has a pot of this underlying already.'],
  'pot.ofPot': [342, 'A pot has no pots of its own.'],
  'pot.unrelated': [343, 'Collateral moves between an account and its own pots only.'],
  'pot.usdcOnly': [344, 'A pot holds USDC and nothing else.'],
  'pot.otherUnderlying': [345, 'A pot trades its own underlying only.'],
  'pot.spot': [346, 'Spot moves coins, and a pot holds USDC only. Trade it in the account itself.'],
  'cap.ownerShare': [
    350,
    'Positions and open orders of the firm in this coin would pass what one owner may hold of it.',
  ],
  'cap.marketOpenInterest': [
    351,
    'Open interest in this coin would pass what the market may hold. What closes positions still trades.',
  ],
  'cap.leverage': [352, 'Notional would pass the leverage cap of the account or of the coin.'],

  'engine.halted': [901, 'The engine has stopped. Nothing more is accepted.'],
  'engine.busy': [902, 'The engine has more waiting than it takes. Nothing was changed.'],
  'journal.locked': [910, 'Another desk is running on this data folder.'],
  'journal.corrupt': [911, 'The journal is damaged before its tail. Nothing was guessed, nothing was cut.'],
  'journal.halted': [912, 'A write or sync of the journal failed. The engine stopped.'],
  'journal.incompatible': [913, 'The data folder was written by an incompatible version.'],
  'market.fileUnreadable': [920, 'The market data file cannot be read.'],
  'market.fileTruncated': [921, 'The market data file ends in the middle of a message.'],
  'market.fileReordered': [922, 'The market data file has messages out of order.'],
  'market.bookCrossed': [923, 'The market data file holds a crossed book.'],
  'market.fileGap': [924, 'The market data file lacks messages in the middle.'],
  'chain.unavailable': [
    930,
    'The settlement chain does not answer now. What does not need it works; try again in some seconds.',
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errors;

/** 0 in a column or event: not refused. */
export const OK = 0;

/** Numbers by name, for code that refuses: `return refusal['order.unknown']`. */
export const refusal = Object.fromEntries(
  Object.entries(errors).map(([code, [number]]) => [code, number]),
) as {
  readonly [C in ErrorCode]: (typeof errors)[C][0];
};

const byNumber = new Map<number, ErrorCode>(
  Object.entries(errors).map(([code, [number]]) => [number, code as ErrorCode]),
);

/** The name of a number; undefined for OK. */
export function errorCodeOf(number: number): ErrorCode | undefined {
  return byNumber.get(number);
}

/** What every refusal looks like on every wire. */
export interface ErrorView {
  readonly code: ErrorCode;
  readonly message: string;
  /** Of a change set: the part that is refused, from 1; the others are not done either. */
  readonly part?: number;
}

export function errorView(code: ErrorCode, detail?: string): ErrorView {
  const sentence = errors[code][1];
  return { code, message: detail === undefined ? sentence : `${sentence} ${detail}` };
}
