// Goal: a segregated account gives nothing to another and takes nothing from one. How: the sandbox's firm, one account
// kept apart, each way there is between two accounts.
import { expect, test } from 'vitest';
import { ALTS, BASIS, BTC, MAKER, OTHER, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, ChangeSet, PortPosition, Transfer } from '../../protocol/commands/actions.ts';
import { DAY_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater } from '../memory/table.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { actionFacets } from '../views/actionFacets.ts';

const MACRO = 1;

/** BASIS long and ALTS short of one BTC, BASIS kept apart. */
function apart(): FirmDesk {
  const firm = new FirmDesk();
  const { desk } = firm;
  desk.place({ account: MAKER, side: 1 });
  desk.place({ account: BASIS });
  desk.place({ account: MAKER });
  desk.place({ account: ALTS, side: 1 });
  firm.ask('portfolio manager', { kind: 'SetSegregation', account: BASIS, isSegregated: true });
  expect(firm.code).toBeUndefined();
  return firm;
}

function outcome(firm: FirmDesk, action: Action): string | undefined {
  firm.desk.run({ kind: 'Propose', firm: FIRM, action });
  return firm.code;
}

const transfer = (from: number, to: number): Transfer => ({
  kind: 'Transfer',
  from,
  to,
  asset: 'USDC',
  amount: 5,
});
const port = (from: number, to: number): PortPosition => ({
  ...{ kind: 'PortPosition', from, to, instrument: BTC, lots: 10, priceTicks: 0 },
});

test('nothing is transferred, ported or changed in a set between it and another, either way', () => {
  const firm = apart();
  const set: ChangeSet = { kind: 'ChangeSet', parts: [transfer(ALTS, VOL), transfer(ALTS, BASIS)] };
  const { kind: _, ...one } = transfer(BASIS, ALTS);
  const cases: Action[] = [
    transfer(BASIS, ALTS),
    transfer(ALTS, BASIS),
    transfer(BASIS, OTHER),
    port(BASIS, ALTS),
    port(ALTS, BASIS),
    { kind: 'TransferMany', transfers: [one] },
    set,
  ];
  for (const action of cases) expect([action, outcome(firm, action)]).toEqual([action, 'account.segregated']);
  expect(outcome(firm, transfer(ALTS, VOL))).toBeUndefined();
  checkInvariants(firm.desk.engine.state);
});

test('it crosses with nobody, asked for or by a window', () => {
  const firm = apart();
  const { desk } = firm;
  const net: Action = { kind: 'NetPositions', node: MACRO, instrument: BTC };
  expect(outcome(firm, net)).toBe('account.segregated');
  outcome(firm, { kind: 'SetNettingWindow', node: MACRO, everyMinutes: 60, startMinuteUtc: 0 });
  const kinds: string[] = [];
  for (let minute = 0; minute < 70; minute++) {
    desk.wait(60_000).prices({ 0: 60_000, 1: 3_000, 2: 150 });
    kinds.push(...desk.run({ kind: 'Tick' }).map(({ kind }) => kind));
  }
  expect(kinds).toContain('NettingWindowEnded');
  expect(kinds).not.toContain('NettingDone');
  expect(kinds).not.toContain('NettingSkipped');
  const { state } = desk.engine;
  expect([positionLots(state, BASIS, BTC), positionLots(state, ALTS, BTC)]).toEqual([10_000, -10_000]);
  expect(stateHash(restoreState(saveState(state)).state)).toBe(stateHash(state));
  firm.desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'SetSegregation', account: BASIS, isSegregated: false },
  });
  expect(outcome(firm, net)).toBeUndefined();
});

test('its pot is a part of it, and moves collateral with it', () => {
  const firm = apart();
  const { desk } = firm;
  desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'ETH', label: 'Pot' });
  const pot = highWater(desk.engine.state.accounts) - 1;
  desk.accept({ kind: 'MoveCollateral', from: BASIS, to: pot, asset: 'USDC', amount: 1_000 });
  expect(outcome(firm, port(ALTS, pot))).toBe('account.segregated');
  expect(outcome(firm, { kind: 'SetSegregation', account: pot, isSegregated: true })).toBe('transfer.pot');
});

test('to be kept apart no longer it waits a day for risk and operations', () => {
  const firm = apart();
  const end: Action = { kind: 'SetSegregation', account: BASIS, isSegregated: false };
  expect(actionFacets(firm.desk.engine.state, FIRM, end)).toEqual({
    [`account ${BASIS} is segregated`]: 'true',
  });
  const proposal = firm.open('ops-maker', end);
  for (const person of ['risk', 'ops-approver'] as const) firm.approve(person, proposal);
  expect(outcome(firm, transfer(BASIS, ALTS))).toBe('account.segregated');
  firm.wait(DAY_MS);
  firm.desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  expect(outcome(firm, transfer(BASIS, ALTS))).toBeUndefined();
});

test('refusals, each alone', () => {
  const firm = new FirmDesk();
  const of = (account: number, isSegregated: unknown = true) =>
    outcome(firm, { kind: 'SetSegregation', account, isSegregated: isSegregated as boolean });
  expect(of(9_999)).toBe('account.unknown');
  expect(of(OTHER)).toBe('move.foreignAccount');
  expect(of(BASIS, 'yes')).toBe('parameters.invalid');
  expect(of(BASIS)).toBeUndefined();
  expect(of(BASIS)).toBeUndefined();
});
