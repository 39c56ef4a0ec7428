import type { MarginCallView } from '../../protocol/views/account.ts';
import { EASE_PPM, levelsAt } from '../calls/callLevels.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** The open margin call of an account. Between a change of levels and the next look its level may be none of them. */
export function marginCallOf(state: State, account: number): MarginCallView | null {
  const { calls, members } = state.directory;
  const facts = calls.find((each) => each.account === account);
  if (facts === undefined) return null;
  const levels = levelsAt(state, state.accounts.columns.node[account]!);
  const level = levels[facts.level];
  if (level === undefined) return null;
  const { call, ratioPpm, openedMs, acknowledgedBy: member, acknowledgedMs: atMs } = facts;
  return {
    call,
    level: facts.level,
    levelCount: levels.length,
    fromPpm: level.ratioPpm,
    endsPpm: Math.max(0, levels[0]!.ratioPpm - EASE_PPM),
    ratioPpm,
    openedMs,
    roles: level.roles,
    prepare: level.prepare,
    taken: member === NONE ? null : { member, label: members[member]!.label, atMs },
  };
}
