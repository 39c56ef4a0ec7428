import { liveRows, type Table } from '../../core/memory/table.ts';
import { PROPOSALS_MAX } from '../../core/proposals/judgeAsking.ts';
import type { State } from '../../core/state.ts';
import type { TableUseView } from '../../protocol/views/health.ts';

/**
 * How full the tables are that people fill, and the fullest firm's list of open proposals: what is full refuses everybody
 * (`engine.full`, `proposal.tooMany`), so whoever runs the desk hears of it before.
 */
export function tableUseOf(state: State): TableUseView[] {
  const { firms, accounts, agents, instruments, positions, directory } = state;
  const of = (name: string, table: Table) => ({ name, used: liveRows(table), limit: table.capacity });
  const open = directory.firms.map(
    (_, firm) => directory.proposals.filter((each) => each.firm === firm).length,
  );
  return [
    of('firms', firms),
    of('accounts', accounts),
    of('keys and wallets', agents),
    of('instruments', instruments),
    of('positions', positions),
    { name: 'members', used: directory.members.length, limit: state.limits.members },
    { name: 'proposals of one firm', used: Math.max(0, ...open), limit: PROPOSALS_MAX },
  ];
}
