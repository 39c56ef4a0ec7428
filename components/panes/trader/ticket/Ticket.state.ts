import type { ErrorView } from '../../../../engine/protocol/errors.ts';
import type { OperationResult } from '../../../../engine/protocol/stream.ts';

/** How an order ended, as far as this ticket is concerned. */
export type Outcome =
  | { kind: 'accepted'; seq: number; ackMs: number; result: Exclude<OperationResult, { status: 'refused' }> }
  | { kind: 'refused'; seq: number | undefined; ackMs: number; error: ErrorView }
  /** Found on the account's own stream after the answer was lost. */
  | { kind: 'found'; orderId: number }
  /** Asked by client id, and no order of that id exists: nothing was placed. */
  | { kind: 'neverArrived' };

/** Where one order is: it is written, previewed, sent, perhaps late, and done. */
export type TicketState =
  | { tag: 'drafting' }
  | { tag: 'previewed' }
  | { tag: 'sent'; sentMs: number }
  | { tag: 'late'; sentMs: number }
  | { tag: 'done'; outcome: Outcome };

export type TicketEvent =
  | { type: 'edited' }
  | { type: 'previewed' }
  | { type: 'sent'; sentMs: number }
  | { type: 'timedOut' }
  | { type: 'settled'; outcome: Outcome };

type Step = (state: TicketState, event: TicketEvent) => TicketState;

const stay: Step = (state) => state;
const draft: Step = () => ({ tag: 'drafting' });
/** What was refused is about the old terms; what was accepted stays in sight while the next order is written. */
const leave: Step = (state) =>
  state.tag === 'done' && state.outcome.kind !== 'refused' ? state : { tag: 'drafting' };
const send: Step = (state, event) => (event.type === 'sent' ? { tag: 'sent', sentMs: event.sentMs } : state);
const beLate: Step = (state) => (state.tag === 'sent' ? { ...state, tag: 'late' } : state);
const settle: Step = (state, event) =>
  event.type === 'settled' ? { tag: 'done', outcome: event.outcome } : state;

/**
 * What each event means in each state. While an order is on its way the draft may be edited, but nothing
 * else can be sent: one ticket never has two orders whose outcome it does not know.
 */
export const transitions: Record<TicketState['tag'], Record<TicketEvent['type'], Step>> = {
  drafting: {
    edited: stay,
    previewed: () => ({ tag: 'previewed' }),
    sent: stay,
    timedOut: stay,
    settled: stay,
  },
  previewed: { edited: draft, previewed: stay, sent: send, timedOut: stay, settled: stay },
  sent: { edited: stay, previewed: stay, sent: stay, timedOut: beLate, settled: settle },
  late: { edited: stay, previewed: stay, sent: stay, timedOut: stay, settled: settle },
  done: { edited: leave, previewed: stay, sent: send, timedOut: stay, settled: stay },
};

export function nextTicket(state: TicketState, event: TicketEvent): TicketState {
  return transitions[state.tag][event.type](state, event);
}
