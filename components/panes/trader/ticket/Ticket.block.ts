import { roleWords } from '../../../../engine/protocol/roleWords.ts';
import type { AccountSummaryView } from '../../../../engine/protocol/views/account.ts';
import type { DraftReading } from '../../../../lib/draftOrder.ts';
import { type Block, feedBlock } from '../../../../lib/feedBlock.ts';
import { formatAge } from '../../../../lib/format.ts';
import { type Freshness, STALE_AFTER_MS } from '../../../../lib/freshness.ts';
import { guardBlock } from '../../../../lib/guards.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';
import type { SessionState } from '../../../../lib/stores/sessionStore.ts';
import type { TicketState } from './Ticket.state.ts';

export interface BlockInput {
  session: SessionState;
  account: AccountSummaryView | undefined;
  feed: Freshness;
  book: Freshness;
  mark: Freshness;
  ticket: TicketState;
  reading: DraftReading | undefined;
  preview: PreviewState;
  /** Why the person's own hard limits refuse it; undefined when they do not. */
  guardRefusal: string | undefined;
  nowMs: number;
  /** Why nothing is sent from a page of the past; undefined on one of now. */
  past?: string | undefined;
}

/** The book moves: what would be refused for its sake now may pass when it arrives. */
const movingRefusals = new Set(['order.postOnlyWouldCross', 'order.fokNotFillable', 'order.noLiquidity']);

/** The first reason, in the order a person can do something about it; undefined when the order may go out. */
export function blockOf(input: BlockInput): Block | undefined {
  return blockOfPerson(input) ?? blockOfFeeds(input) ?? blockOfTicket(input) ?? blockOfPreview(input);
}

function blockOfPerson({ session, account, past }: BlockInput): Block | undefined {
  if (past !== undefined) return stop('The past is read only', past);
  if (session.state === 'unknown') return wait('Starting', 'The session is being looked up.');
  if (session.state !== 'signedIn')
    return stop('Sign in to trade', 'What an order would do is shown for an account.');
  if (account === undefined) return stop('No account', 'This member has no account here.');
  if (!account.mayTrade) {
    return stop(
      'Not permitted',
      `A ${roleWords(session.session.role)} may look at this account, not trade on it.`,
    );
  }
  if (session.agent === undefined) {
    return stop('No trading key', 'Let your wallet approve a trading key for this browser.');
  }
  return undefined;
}

function blockOfFeeds({ feed, book, mark }: BlockInput): Block | undefined {
  if (feed.face === 'unknown') return wait('Connecting', 'Nothing was heard from the desk yet.');
  return feedBlock([
    ['feed', feed],
    ['book', book],
    ['mark', mark],
  ]);
}

function blockOfTicket({ ticket, nowMs }: BlockInput): Block | undefined {
  if (ticket.tag === 'sent') return wait('Sent, waiting for the engine', 'The order is on its way.');
  if (ticket.tag === 'late') {
    const age = formatAge(nowMs - ticket.sentMs);
    return wait(
      `No answer for ${age}`,
      'The outcome is not known. It is being asked by client id; do not send again.',
    );
  }
  return undefined;
}

const fieldNames = {
  size: 'quantity',
  price: 'price',
  triggerPrice: 'trigger',
  worstPrice: 'worst price',
  lifeMinutes: 'life in minutes',
  toPrice: 'last price',
  count: 'count of orders',
  sizeRatio: 'size ratio',
  takeProfit: 'take-profit',
  stopLoss: 'stop',
};

function blockOfPreview({ reading, preview, guardRefusal, nowMs }: BlockInput): Block | undefined {
  if (reading === undefined) return wait('Waiting for the market', 'The market list is not known yet.');
  if (reading.is === 'missing') return write(`Write a ${fieldNames[reading.field]}`);
  if (reading.is === 'unreadable') return write(`The ${fieldNames[reading.field]} cannot be read`);
  if (reading.is === 'waiting') {
    return wait(
      `Finding the ${fieldNames[reading.field]}`,
      'What was written needs a number that is being asked.',
    );
  }
  const overLimit = guardBlock(guardRefusal);
  if (overLimit !== undefined) return overLimit;
  if (preview.state === 'failed') return write('Refused', `${preview.error.code}: ${preview.error.message}`);
  if (preview.state !== 'known' || !preview.isCurrent) {
    return wait('Previewing', 'The preview of these terms is on its way.');
  }
  const ageMs = nowMs - preview.receivedMs;
  if (ageMs > STALE_AFTER_MS) return wait(`Preview ${formatAge(ageMs)} old`, 'A new preview is on its way.');
  const { refusal } = preview.preview;
  if (refusal !== undefined && !movingRefusals.has(refusal.code))
    return write('Would be refused', refusal.message);
  return undefined;
}

function wait(words: string, sentence: string): Block {
  return { words, sentence, kind: 'wait' };
}

function write(words: string, sentence = ''): Block {
  return { words, sentence, kind: 'write' };
}

function stop(words: string, sentence: string): Block {
  return { words, sentence, kind: 'stop' };
}
