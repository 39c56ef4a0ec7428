import { expect, test } from 'vitest';
import { Side } from '../../protocol/enums.ts';
import type { AgentView } from '../../protocol/views/directory.ts';
import { cancellation } from './orderCommands.ts';
import { Participant } from './participant.ts';

const agent: AgentView = {
  agent: 3,
  member: 5,
  scheme: 0,
  publicKey: 'maker-1',
  accounts: [11],
  markets: [],
  notionalPerHourUsd: 0,
  addresses: [],
  expiresAtMs: 1e15,
  isRevoked: false,
};

/** A participant that has cleared its past and heard of it. */
function ready(): Participant {
  const participant = new Participant(agent, 2);
  participant.startOver(0);
  participant.onAnswer();
  return participant;
}

function accept(participant: Participant, orderId: number, lots: number): void {
  participant.onAccepted({ orderId, instrument: 1, side: Side.buy, priceTicks: 100, lots, placedLots: lots });
}

test('a participant first cancels what an earlier run may have left', () => {
  const participant = new Participant(agent, 2);
  expect(participant.isIdle()).toBe(false);
  const [step] = participant.startOver(0);
  expect(step).toMatchObject({ actor: 3, nonce: 0, command: { kind: 'CancelAll', account: 11 } });
  expect(participant.startOver(100)).toEqual([]);
  participant.onAnswer();
  expect(participant.isIdle()).toBe(true);
});

test('operations go in batches of a hundred, and it waits until all are answered', () => {
  const participant = ready();
  const steps = participant.send(
    Array.from({ length: 201 }, (_, k) => cancellation(11, k)),
    0,
  );
  const sizes = steps.map(({ command }) => (command.kind === 'Batch' ? command.operations.length : 1));
  expect(sizes).toEqual([100, 100, 1]);
  participant.onAnswer();
  participant.onAnswer();
  expect(participant.isIdle()).toBe(false);
  participant.onAnswer();
  expect(participant.isIdle()).toBe(true);
});

test('when no answer comes it starts over from nothing', () => {
  const participant = ready();
  accept(participant, 7, 10);
  participant.send([cancellation(11, 7)], 1_000);
  expect(participant.startOver(10_000)).toEqual([]);
  expect(participant.startOver(11_001)).toMatchObject([{ command: { kind: 'CancelAll' } }]);
  expect(participant.ordersOf(1, Side.buy).size).toBe(0);
});

test('an order lives from its acceptance to its last fill, and the position is what the fill says', () => {
  const participant = ready();
  accept(participant, 7, 10);
  participant.onFilled(7, 4, 1, 6);
  expect(participant.ordersOf(1, Side.buy).get(7)).toMatchObject({ lots: 4, placedLots: 10 });
  participant.onAmended(7, 99, 20);
  expect(participant.ordersOf(1, Side.buy).get(7)).toMatchObject({
    priceTicks: 99,
    lots: 20,
    placedLots: 20,
  });
  participant.onFilled(7, 0, 1, 26);
  expect(participant.ordersOf(1, Side.buy).size).toBe(0);
  expect(participant.positionLots(1)).toBe(26);
});
