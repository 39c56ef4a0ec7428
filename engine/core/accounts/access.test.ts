import { expect, test } from 'vitest';
import { ALTS, BASIS, Desk, MAKER, ORDER, openDesk, START_MS, VOL } from '../../lab/fixtures/desk.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { AgentScheme, OrderFlag } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';

/** Who may order, and the nonces that let a command through once. */

const KEY = 'ab'.repeat(32);

function approve(desk: Desk, member: string, accounts: number[] = []): number {
  desk.accept({
    kind: 'ApproveAgent',
    member,
    scheme: AgentScheme.ed25519,
    publicKey: KEY,
    accounts,
    expiresAtMs: desk.timeMs + HOUR_MS,
    nonce: START_MS,
  });
  return desk.engine.state.directory.agents.length;
}

function cancel(account: number): Command {
  return { kind: 'CancelAll', account, instrument: 0 };
}

test('an agent orders for the accounts of its member', () => {
  const desk = openDesk();
  const agent = approve(desk, addressOf('trader'));
  desk.run(cancel(BASIS), agent, START_MS);
  expect(desk.code).toBeUndefined();
  desk.run(cancel(ALTS), agent, START_MS + 1);
  expect(desk.code).toBeUndefined();
});

test('actor.outOfScope: not for other accounts, and not beyond its own scope', () => {
  const desk = openDesk();
  const agent = approve(desk, addressOf('trader'), [BASIS]);
  const events = desk.run({ kind: 'CancelOrder', account: ALTS, orderId: 1 }, agent, START_MS);
  expect(desk.code).toBe('actor.outOfScope');
  expect(events.map((event) => event.kind)).toEqual(['CommandApplied', 'CancelRejected']);
});

test('actor.unknown, actor.revoked, actor.expired', () => {
  const desk = openDesk();
  desk.run(cancel(BASIS), 900, START_MS);
  expect(desk.code).toBe('actor.unknown');
  const agent = approve(desk, addressOf('trader'));
  desk.wait(HOUR_MS).run(cancel(BASIS), agent, START_MS);
  expect(desk.code).toBe('actor.expired');
  desk.timeMs = START_MS + HOUR_MS;
  desk.accept({ kind: 'RevokeAgent', publicKey: KEY });
  desk.run(cancel(BASIS), agent, START_MS);
  expect(desk.code).toBe('actor.revoked');
});

test('actor.notPermitted: a firm owner sees and has no key that trades; an agent never gives system commands', () => {
  expect(() => approve(openDesk(), addressOf('firm owner'))).toThrow('actor.notPermitted');
  const other = openDesk();
  const trader = approve(other, addressOf('trader'));
  other.run(
    { kind: 'CreditDeposit', account: BASIS, asset: 'USDC', amount: 1, reference: 'mine' },
    trader,
    START_MS,
  );
  expect(other.code).toBe('actor.notPermitted');
});

test('a key of risk reduces and cancels, in any account of its firm, and opens nothing', () => {
  const desk = openDesk();
  const agent = approve(desk, addressOf('risk'));
  const codeOf = (command: Command) => {
    desk.run(command, agent, desk.timeMs++);
    return desk.code;
  };
  desk.place({ account: MAKER, side: 1 });
  desk.place({});
  const opened = Desk.orderId(desk.place({ priceTicks: 590_000 }));
  const reduce = { ...ORDER, side: 1, flags: OrderFlag.reduceOnly, priceTicks: 610_000 } as const;
  const reducing = Desk.orderId(desk.run(reduce, agent, desk.timeMs++));
  const amend = (orderId: number) =>
    codeOf({
      kind: 'AmendOrder',
      account: BASIS,
      orderId,
      priceTicks: 0,
      sizeLots: 5_000,
      triggerTicks: 0,
    });
  expect(codeOf(ORDER)).toBe('actor.notPermitted');
  expect(amend(opened)).toBe('actor.notPermitted');
  expect(amend(reducing)).toBeUndefined();
  expect(amend(9_999)).toBe('order.unknown');
  expect(codeOf({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' })).toBe(
    'actor.notPermitted',
  );
  expect(codeOf({ kind: 'CancelOrder', account: BASIS, orderId: opened })).toBeUndefined();
  expect(codeOf(cancel(VOL))).toBeUndefined();
});

test('P6: a nonce passes once; the hundred highest are kept and no lower one passes', () => {
  const desk = openDesk();
  const agent = approve(desk, addressOf('trader'));
  for (let k = 0; k < 100; k++) desk.run(cancel(BASIS), agent, START_MS + 10 * ((k * 37) % 100));
  expect(desk.code).toBeUndefined();
  desk.run(cancel(BASIS), agent, START_MS + 500);
  expect(desk.code).toBe('nonce.replayed');
  desk.run(cancel(BASIS), agent, START_MS + 505);
  expect(desk.code).toBeUndefined();
  // The lowest, START_MS, made room: it and all below are too low now.
  desk.run(cancel(BASIS), agent, START_MS);
  expect(desk.code).toBe('nonce.tooLow');
  desk.run(cancel(BASIS), agent, START_MS + 2 * DAY_MS);
  expect(desk.code).toBe('nonce.outsideWindow');
  desk.run(cancel(BASIS), agent, Number.NaN);
  expect(desk.code).toBe('nonce.outsideWindow');
});
