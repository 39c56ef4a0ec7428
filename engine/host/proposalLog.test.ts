import { expect, test } from 'vitest';
import { directoryOf } from '../core/views/directory.ts';
import { FIRM, FirmDesk } from '../lab/fixtures/firmDesk.ts';
import type { Action } from '../protocol/commands/actions.ts';
import { ProposalLog } from './proposalLog.ts';

const transfer: Action = { kind: 'Transfer', from: 8, to: 9, asset: 'USDC', amount: 300_000_000_000 };

/** Lets the log see what one person's deed announced, as a commit would. */
function committed(firm: FirmDesk, log: ProposalLog, act: () => void): void {
  const { engine } = firm.desk;
  act();
  log.apply(engine.out.lanes.slice(0, engine.out.length));
  // The engine hands over a copy, as every thread does.
  log.follow(structuredClone(directoryOf(engine)));
}

test('what became of a proposal is kept with who agreed, newest first', () => {
  const firm = new FirmDesk();
  const log = new ProposalLog();
  let [first, second] = [0, 0];
  committed(firm, log, () => {
    first = firm.open('portfolio manager', transfer);
  });
  committed(firm, log, () => {
    second = firm.open('ops-maker', transfer);
  });
  committed(firm, log, () => firm.approve('ops-approver', first));
  committed(firm, log, () => firm.approve('risk', second, { decision: 'veto' }));
  const risk = firm.memberOf('risk');
  const approver = firm.memberOf('ops-approver');
  expect(log.closedOf(FIRM)).toMatchObject([
    { proposal: { proposal: second, approvals: [] }, end: 'vetoed', member: risk, refusal: null },
    { proposal: { proposal: first, approvals: [{ member: approver }] }, end: 'done', member: null },
  ]);
  expect(log.closedOf(2)).toEqual([]);
});
