import { describe, expect, test } from 'vitest';
import { nextTicket, type TicketEvent, type TicketState, transitions } from './Ticket.state.ts';

const states: Record<TicketState['tag'], TicketState> = {
  drafting: { tag: 'drafting' },
  previewed: { tag: 'previewed' },
  sent: { tag: 'sent', sentMs: 5 },
  late: { tag: 'late', sentMs: 5 },
  done: { tag: 'done', outcome: { kind: 'neverArrived' } },
};
const events: Record<TicketEvent['type'], TicketEvent> = {
  edited: { type: 'edited' },
  previewed: { type: 'previewed' },
  sent: { type: 'sent', sentMs: 9 },
  timedOut: { type: 'timedOut' },
  settled: { type: 'settled', outcome: { kind: 'found', orderId: 7 } },
};

/** The whole table, written a second time: a change of one must be a decision about the other. */
const expected: Record<TicketState['tag'], Record<TicketEvent['type'], TicketState['tag']>> = {
  drafting: {
    edited: 'drafting',
    previewed: 'previewed',
    sent: 'drafting',
    timedOut: 'drafting',
    settled: 'drafting',
  },
  previewed: {
    edited: 'drafting',
    previewed: 'previewed',
    sent: 'sent',
    timedOut: 'previewed',
    settled: 'previewed',
  },
  sent: { edited: 'sent', previewed: 'sent', sent: 'sent', timedOut: 'late', settled: 'done' },
  late: { edited: 'late', previewed: 'late', sent: 'late', timedOut: 'late', settled: 'done' },
  done: { edited: 'done', previewed: 'done', sent: 'sent', timedOut: 'done', settled: 'done' },
};

describe.each(Object.keys(transitions) as TicketState['tag'][])('a ticket that is %s', (tag) => {
  test.each(Object.keys(events) as TicketEvent['type'][])('meets %s', (type) => {
    expect(nextTicket(states[tag], events[type]).tag).toBe(expected[tag][type]);
  });
});

test('an order on its way is not forgotten when the draft is edited or a second one is sent', () => {
  const sent = states.sent;
  expect(nextTicket(nextTicket(sent, events.edited), events.sent)).toBe(sent);
});

test('late keeps the client id that is asked for', () => {
  expect(nextTicket(states.sent, events.timedOut)).toEqual({ tag: 'late', sentMs: 5 });
});

test('a refusal leaves with the terms it was about', () => {
  const error = { code: 'order.noLiquidity', message: 'Nothing in the book could be matched.' } as const;
  const refused: TicketState = { tag: 'done', outcome: { kind: 'refused', seq: 9, ackMs: 4, error } };
  expect(nextTicket(refused, events.edited)).toEqual({ tag: 'drafting' });
});
