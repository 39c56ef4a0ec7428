import type { ChangePart, ChangeSet } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { allOrNone } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { moveNode } from '../firms/moveNode.ts';
import { NONE } from '../memory/table.ts';
import { forgetPart, refusePart } from './partRefused.ts';
import { judgePort, performPort } from './portPosition.ts';
import { SetMargin } from './setMargin.ts';
import { judgeTransfer, performTransfer } from './transfer.ts';

const PARTS_MIN = 2;
/** As many moves as a person takes in before they agree to all of them. */
const PARTS_MAX = 16;

/**
 * Does several moves as one: all of them or none. Each is judged in the state that those before it leave, by all that
 * holds of it alone but margin: that is judged once, after the last, of every account that gave collateral or had a
 * part in a port. So two moves that neither account could bear alone pass together.
 *
 * Which part stood in the way is noted in `engine.partRefused`: of margin the one after which the account stayed short.
 *
 * Refusals: change.countInvalid, then of the first part that has one those of Transfer or PortPosition but margin's or of MoveNode,
 * then of the accounts: oracle.stale, margin.bookTooLarge, margin.debtLimit, margin.initialInsufficient.
 *
 * @see engine/decisions/083-a-change-set-is-judged-by-what-it-leads-to.md
 */
export function changeSet(engine: Engine, firm: number, { parts }: ChangeSet): number {
  forgetPart(engine);
  if (!isIntegerIn(parts.length, PARTS_MIN, PARTS_MAX)) return refusal['change.countInvalid'];
  return allOrNone(engine, () => {
    const margin = new SetMargin(engine);
    for (const [at, part] of parts.entries()) {
      const code = performPart(engine, firm, part);
      if (code !== OK) return refusePart(engine, at + 1, NONE, code);
      margin.follow(at + 1, part);
    }
    const short = margin.judge();
    return short === undefined ? OK : refusePart(engine, short.part, short.account, short.code);
  });
}

function performPart(engine: Engine, firm: number, part: ChangePart): number {
  switch (part.kind) {
    case 'Transfer': {
      const code = judgeTransfer(engine.state, firm, part);
      if (code === OK) performTransfer(engine, part);
      return code;
    }
    case 'PortPosition':
      return judgePort(engine.state, firm, part) || performPort(engine, part, () => OK);
    case 'MoveNode':
      return moveNode(engine, firm, part);
  }
}
