import { expect, test } from 'vitest';
import { BASIS } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { Withdraw } from '../../protocol/commands/actions.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';

const USD = 1_000_000;

test('node.frozen: what a freeze holds is not withdrawn, also where all had agreed before it', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  openVault(desk);
  const { state } = desk.engine;
  const payout = (usd: number): Withdraw => ({
    ...{ kind: 'Withdraw', account: BASIS, asset: 'USDC', amount: usd * USD },
    ...{ to: addressOf('firm owner'), deadlineMs: desk.timeMs + DAY_MS },
  });
  const agree = (proposal: number, ...people: Parameters<FirmDesk['approve']>[0][]) => {
    for (const person of people) firm.approve(person, proposal);
  };
  const prices = () => desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  const small = firm.open('portfolio manager', payout(1_000));
  const large = firm.open('ops-maker', payout(1_000_001));
  agree(large, 'ops-approver', 'second ops-approver', 'treasury signer', 'second treasury signer');
  agree(large, 'firm owner');
  firm.ask('risk', { kind: 'SetNodeState', node: 0, state: 'frozen' });
  expect(firm.code).toBeUndefined();
  firm.ask('ops-maker', payout(1_000));
  expect(firm.code).toBe('node.frozen');
  agree(small, 'ops-approver', 'firm owner');
  prices();
  desk.wait(4 * HOUR_MS);
  prices();
  desk.run({ kind: 'Tick' });
  expect(state.directory.settlement.withdrawals).toEqual([]);
  expect(state.directory.decided.map(({ code }) => errorCodeOf(code))).toEqual([
    'node.frozen',
    'node.frozen',
  ]);
  const resume = { kind: 'SetNodeState', node: 0, state: 'normal' } as const;
  desk.accept({ kind: 'Propose', firm: FIRM, action: resume });
  agree(firm.open('ops-maker', payout(1_000)), 'ops-approver', 'firm owner');
  expect(state.directory.settlement.withdrawals).toHaveLength(1);
  checkInvariants(state);
});
