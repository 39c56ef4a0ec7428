// Goal: nothing is lifted by a move that could not be lifted by itself as fast and by as few. How: the sandbox's people and
// tree under the standard policy and one of their own; each of limits, calls and states, alone and through change sets.
import { describe, expect, test } from 'vitest';
import { all, BASIS, only } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, ChangePart, MoveNode, NodeLimits } from '../../protocol/commands/actions.ts';
import { Role } from '../../protocol/enums.ts';
import { DAY_MS } from '../../units/time.ts';
import { standardPolicy } from './standardPolicy.ts';

const [MACRO, VOLATILITY] = [1, 2];

const rolesOf = (firm: FirmDesk, proposal: number) => {
  const { needs } = firm.desk.engine.state.directory.proposals.find((each) => each.proposal === proposal)!;
  return { roles: needs.groups.map(({ roles }) => roles[0]), delayMs: needs.delayMs };
};
const done = (firm: FirmDesk, action: Action) => firm.desk.accept({ kind: 'Propose', firm: FIRM, action });
const limit = (firm: FirmDesk, node: number, hard: NodeLimits) =>
  done(firm, { kind: 'SetLimits', node, limits: { soft: {}, hard } });
const nodeOf = ({ desk }: FirmDesk, account: number) => desk.engine.state.accounts.columns.node[account]!;
const toVol = (firm: FirmDesk): MoveNode => ({
  kind: 'MoveNode',
  node: nodeOf(firm, BASIS),
  parent: VOLATILITY,
});
const asked = (firm: FirmDesk, action: Action, who: 'portfolio manager' | 'ops-maker' = 'ops-maker') =>
  rolesOf(firm, firm.open(who, action));

const RISK_ALONE = { roles: [Role.risk], delayMs: 0 };
const AS_LIMITS = { roles: [Role.risk, Role.admin], delayMs: DAY_MS };

describe('a move', () => {
  test('that lifts nothing asks risk and is done at once', () => {
    const firm = new FirmDesk();
    const proposal = firm.open('portfolio manager', toVol(firm));
    expect(rolesOf(firm, proposal)).toEqual(RISK_ALONE);
    expect(all(firm.approve('risk', proposal), 'NodeMoved')).toHaveLength(1);
  });

  test('out of limits asks for what a higher limit would, and waits as long', () => {
    const firm = new FirmDesk();
    limit(firm, MACRO, { grossUsd: 5e12 });
    for (const who of ['portfolio manager', 'ops-maker'] as const)
      expect(asked(firm, toVol(firm), who)).toEqual(AS_LIMITS);
    const proposal = firm.open('portfolio manager', toVol(firm));
    firm.approve('second risk', proposal);
    expect(all(firm.approve('admin', proposal), 'NodeMoved')).toEqual([]);
    expect(all(firm.wait(DAY_MS), 'NodeMoved')).toHaveLength(1);
  });

  test('below limits as tight as those it leaves lifts none; of one figure more it does', () => {
    const firm = new FirmDesk();
    limit(firm, MACRO, { grossUsd: 5e12, orderUsd: 1e12 });
    limit(firm, VOLATILITY, { grossUsd: 5e12, orderUsd: 1e12, netUsd: 1e12 });
    expect(asked(firm, toVol(firm))).toEqual(RISK_ALONE);
    limit(firm, VOLATILITY, { grossUsd: 5e12, orderUsd: 1e12 + 1 });
    expect(asked(firm, toVol(firm))).toEqual(AS_LIMITS);
  });

  test('from below a freeze asks for what ending it would', () => {
    const firm = new FirmDesk();
    done(firm, { kind: 'SetNodeState', node: MACRO, state: 'frozen' });
    expect(asked(firm, toVol(firm), 'portfolio manager')).toEqual({
      roles: [Role.risk, Role.admin],
      delayMs: 0,
    });
    done(firm, { kind: 'SetNodeState', node: VOLATILITY, state: 'frozen' });
    expect(asked(firm, toVol(firm))).toEqual(RISK_ALONE);
  });

  test('to later margin calls asks for what later calls would, also where its own levels are none', () => {
    const firm = new FirmDesk();
    const rules = standardPolicy.rules.map((rule) =>
      rule.id === 'CALLS-LOOSEN' && rule.verdict.is === 'approve'
        ? { ...rule, verdict: { ...rule.verdict, delayMs: DAY_MS } }
        : rule,
    );
    done(firm, { kind: 'SetPolicy', rules });
    const level = (ratioPpm: number) => [{ ratioPpm, roles: [Role.risk], prepare: 'nothing' as const }];
    const call = (node: number, ratioPpm: number) =>
      done(firm, { kind: 'SetMarginCalls', node, levels: level(ratioPpm) });
    call(MACRO, 500_000);
    call(VOLATILITY, 500_000);
    expect(asked(firm, toVol(firm))).toEqual(RISK_ALONE);
    call(VOLATILITY, 600_000);
    expect(asked(firm, toVol(firm))).toEqual({ ...RISK_ALONE, delayMs: DAY_MS });
  });

  test('in a change set is judged where those before it leave it: an empty group is no way out', () => {
    const firm = new FirmDesk();
    limit(firm, MACRO, { grossUsd: 5e12 });
    done(firm, { kind: 'OpenNode', parent: MACRO, label: 'Empty', isAccount: false });
    const empty = firm.desk.engine.state.directory.nodes.length - 1;
    const parts: ChangePart[] = [
      { kind: 'MoveNode', node: empty, parent: VOLATILITY },
      { kind: 'MoveNode', node: nodeOf(firm, BASIS), parent: empty },
    ];
    expect(asked(firm, { kind: 'ChangeSet', parts })).toEqual(AS_LIMITS);
    expect(asked(firm, { kind: 'ChangeSet', parts: parts.toReversed() })).toEqual(AS_LIMITS);
  });

  test('policy.denied: where nobody may lift what it lifts', () => {
    const firm = new FirmDesk();
    const rules = standardPolicy.rules.filter(({ id }) => id !== 'LIMITS-LOOSEN');
    done(firm, { kind: 'SetPolicy', rules });
    limit(firm, MACRO, { grossUsd: 5e12 });
    firm.ask('portfolio manager', toVol(firm));
    expect(firm.code).toBe('policy.denied');
  });

  test('whom one role may lift it alone asks one of that role, and a day', () => {
    const firm = new FirmDesk();
    const rules = [
      { id: 'MOVE', when: { actions: ['MoveNode' as const] }, verdict: { is: 'allow' as const } },
      {
        id: 'LIFT',
        when: { roles: [Role.admin], actions: ['SetLimits' as const] },
        verdict: { is: 'allow' as const },
      },
    ];
    done(firm, { kind: 'SetPolicy', rules });
    limit(firm, MACRO, { grossUsd: 5e12 });
    const events = firm.ask('ops-maker', toVol(firm));
    expect(firm.code).toBeUndefined();
    const { proposal } = only(events, 'ProposalOpened');
    expect(rolesOf(firm, proposal)).toEqual({ roles: [Role.admin], delayMs: DAY_MS });
  });
});
