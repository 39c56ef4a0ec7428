// Goal: the engine itself, whatever stands before it, does what the matrix of roles says: every action and every order
// operation, asked for by the wallet and by a key of every role. How: the sandbox's firm in one engine; each question is
// asked, its outcome held against the table, and taken back.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readCommand } from '../../api/native/commands.ts';
import { namesOf } from '../../api/native/names.ts';
import { beginUndo, rollBack } from '../../core/memory/undo.ts';
import { directoryOf } from '../../core/views/directory.ts';
import { actionNumbers } from '../../protocol/commands/actionNumbers.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { commandKinds } from '../../protocol/commands/kinds.ts';
import type { Command, CommandKind } from '../../protocol/commands/types.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import type { OperationWire } from '../../protocol/wire/commands.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS } from '../../units/time.ts';
import { ALTS, all, BASIS, Desk, MAKER, ORDER, openDesk } from '../fixtures/desk.ts';
import { FIRM } from '../fixtures/firmDesk.ts';
import { actionCases, isTrading } from './actionCases.ts';
import { type CaseName, type Column, caseNames, columns, expectedOf, waitingText } from './actionMatrix.ts';
import { systemKinds } from './doors.ts';
import { expectedOrderOf, orderCaseNames, orderCases, scopedOutcomeOf, scopes } from './orderMatrix.ts';
import { Stage, stagePlaces, stageTerms, termsOf } from './stage.ts';

let desk: Desk;
let stage: Stage;
let nonce = 0;
const keys = new Map<Column, number>();

beforeAll(() => {
  desk = openDesk();
  stage = new Stage(
    () => directoryOf(desk.engine),
    () => desk.timeMs,
    { buyTicks: 590_000, sellTicks: 610_000 },
  );
  for (const command of stagePlaces()) desk.accept(command);
  for (const command of stageTerms(stage)) desk.accept(command);
  // The first subaccount holds one BTC, the second is short of as much: something to port, to cross and to reduce.
  trade(BASIS, ALTS);
  for (const column of columns.filter(isTrading)) {
    desk.accept(stage.newKeyOf(column));
    keys.set(column, desk.engine.state.directory.agents.length);
  }
  // These stay.
  stage.endKeys();
});

afterEach(() => {
  for (const command of stage.endKeys()) desk.accept(command);
});

/** The two are of one firm and never meet: a maker stands between them. */
function trade(buyer: number, seller: number): void {
  desk.place({ account: MAKER, side: 1 });
  desk.place({ account: buyer });
  desk.place({ account: MAKER });
  desk.place({ account: seller, side: 1 });
}

function walletOf(column: Column): number {
  const address = addressOf(column);
  return desk.engine.state.directory.agents.findIndex(({ publicKey }) => publicKey === address) + 1;
}

/** What somebody's command comes to; the desk is as before. */
function attempt(actor: number, command: Command): { events: EngineEvent[]; outcome: string } {
  const { undo, state } = desk.engine;
  beginUndo(undo);
  const events = desk.run(command, actor, desk.timeMs + nonce++);
  const waits = state.directory.proposals.at(-1);
  const isOpened = all(events, 'ProposalOpened').length === 1;
  const outcome = desk.code ?? (isOpened ? waitingText(waits!.needs) : 'now');
  rollBack(undo);
  return { events, outcome };
}

function prepare(name: CaseName, column: Column) {
  const { before, action } = actionCases[name];
  for (const command of before?.(stage, column) ?? []) desk.accept(command);
  const terms = termsOf(directoryOf(desk.engine), desk.timeMs);
  return { kind: 'Propose', firm: FIRM, action: action(stage, column), terms } as const;
}

const cellOf = (outcome: string, refusal: string) => (outcome === refusal ? '—' : outcome);

describe.each(caseNames)('%s', (name) => {
  test.each(columns)('asked for by the wallet of %s', (column) => {
    const propose = prepare(name, column);
    const { outcome } = attempt(walletOf(column), propose);
    const passed = outcome === actionCases[name].isPassed ? 'now' : outcome;
    expect(cellOf(passed, 'policy.denied')).toBe(expectedOf(name, column));
  });

  test('a key asks for nothing of it, whoever it orders for', () => {
    const propose = prepare(name, 'trader');
    for (const [column, key] of keys)
      expect([column, attempt(key, propose).outcome]).toEqual([column, 'actor.notPermitted']);
  });
});

test('the table has every action the engine knows', () => {
  const kinds = caseNames.map((name) => prepare(name, 'trader').action.kind);
  expect(new Set(kinds)).toEqual(new Set(Object.keys(actionNumbers)));
});

function commandOf(operation: OperationWire): Command {
  const view = directoryOf(desk.engine);
  const wire = {
    domain: 'Ballast',
    chainId: view.chainId,
    vault: view.vault,
    nonce: 1,
    operations: [operation],
  };
  const reading = readCommand(namesOf(view), { ...wire, domain: 'Ballast' });
  if ('error' in reading) throw new Error(reading.error.message);
  return reading.value;
}

describe.each(orderCaseNames)('%s', (name) => {
  const { operation, order } = orderCases[name];

  test.each(columns)('ordered by a key of %s, and never by the wallet', (column) => {
    if (order !== undefined) stage.orderId = Desk.orderId(desk.accept(order(stage)));
    const command = commandOf(operation(stage));
    const expected = expectedOrderOf(name, column);
    const key = keys.get(column);
    if (key !== undefined)
      expect(attempt(key, command).outcome).toBe(
        { '—': 'actor.notPermitted', scope: 'actor.outOfScope' }[expected] ?? expected,
      );
    else expect(expected).toBe('—');
    expect(attempt(walletOf(column), command).outcome).toBe('actor.notPermitted');
    if (name === 'cancelByClientId') desk.accept(command);
  });

  test.each(['market', 'notional'] as const)('ordered by a trader’s key that is held to a %s', (scope) => {
    if (order !== undefined) stage.orderId = Desk.orderId(desk.accept(order(stage)));
    const command = commandOf(operation(stage));
    desk.accept({ ...stage.newKeyOf('trader'), scope: scopes[scope] });
    const key = desk.engine.state.directory.agents.length;
    expect(attempt(key, command).outcome).toBe(scopedOutcomeOf(name, scope));
    if (name === 'cancelByClientId') desk.accept(command);
  });
});

test.each(columns)('a key is let order for %s, or nobody has one', (column) => {
  desk.run(stage.newKeyOf(column));
  expect(desk.code).toBe(isTrading(column) ? undefined : 'actor.notPermitted');
});

test.each(columns)('a key that outlives a day is let order for %s as the firm has it', (column) => {
  const { member, ...terms } = { ...stage.newKeyOf(column), expiresAtMs: desk.timeMs + 2 * DAY_MS };
  const approve = (notionalPerHourUsd: number): Command => ({
    ...terms,
    member,
    scope: { markets: [], notionalPerHourUsd, addresses: [] },
  });
  desk.run(approve(0));
  const past = expectedOf('approveKeyPastSoft', column);
  expect(desk.code).toBe(past === '—' ? 'policy.denied' : 'agent.approvalNeeded');
  desk.run(approve(1_000_000));
  expect(desk.code).toBe(expectedOf('approveKey', column) === '—' ? 'policy.denied' : undefined);
});

test('a key of a treasury signer that was something else before orders nothing', () => {
  const { directory } = desk.engine.state;
  const member = stage.memberOf('second portfolio manager');
  desk.accept(stage.newKeyOf('second portfolio manager'));
  const key = directory.agents.length;
  expect(attempt(key, { kind: 'CancelAll', account: ALTS, instrument: 0 }).outcome).toBe('now');
  const change: Action = { kind: 'ChangeMember', member, role: 8, nodes: [] };
  desk.accept({ kind: 'Propose', firm: FIRM, action: change });
  expect(attempt(key, { kind: 'CancelAll', account: ALTS, instrument: 0 }).outcome).toBe(
    'actor.notPermitted',
  );
});

const payloads: Partial<Record<CommandKind, object>> = { ReportPrices: { reports: [] } };

test.each(systemKinds)('%s is the desk’s own: no wallet and no key gives it', (kind) => {
  const command = { kind, ...payloads[kind] } as Command;
  const actors = [...columns.map(walletOf), ...keys.values()];
  for (const actor of actors) expect(attempt(actor, command).outcome).toBe('actor.notPermitted');
});

test('every command is the desk’s own, an order, a member’s, or one of a firm', () => {
  const operations = orderCaseNames.map((name) => commandOf(orderCases[name].operation(stage)).kind);
  const firm = ['Propose', 'Decide', 'WithdrawProposal', 'CommentProposal', 'Batch'];
  expect(new Set([...systemKinds, ...operations, ...firm])).toEqual(new Set(Object.keys(commandKinds)));
});

test('one operation in a batch that is not permitted is refused alone', () => {
  const place = { ...ORDER, priceTicks: 590_000, account: BASIS };
  const cancel = { kind: 'CancelAll', account: BASIS, instrument: 0 } as const;
  const { events } = attempt(keys.get('risk')!, { kind: 'Batch', operations: [place, cancel] });
  expect(all(events, 'OrderRejected')).toHaveLength(1);
  expect(all(events, 'OrderAccepted')).toHaveLength(0);
});
