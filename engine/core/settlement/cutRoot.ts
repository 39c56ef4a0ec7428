import type { CutRoot } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isHashValid, isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { rememberFact } from '../memory/undo.ts';
import { TAG } from '../out.ts';

/** Parent of the first root. */
const NO_ROOT = `0x${'0'.repeat(64)}`;

/**
 * Marks the place in the journal that a root commits to: whoever replays up to here makes the same root. What it
 * says is no fact of anybody's screen, so the directory keeps its version.
 *
 * Refusals: settlement.notOpen, parameters.invalid, root.outOfOrder.
 */
export function cutRoot({ state, undo, out }: Engine, { epoch, parent }: CutRoot): number {
  const { directory, globals } = state;
  const before = directory.settlement;
  if (before.vault === null) return refusal['settlement.notOpen'];
  if (!isIntegerIn(epoch, 1, Number.MAX_SAFE_INTEGER) || !isHashValid(parent))
    return refusal['parameters.invalid'];
  const last = before.root ?? { epoch: 0, parent: '' };
  const isNext = epoch === last.epoch + 1 && (epoch === 1) === (parent === NO_ROOT);
  const isAgain = epoch === last.epoch && parent === last.parent;
  const isEarlier = before.root?.isRewound === true && epoch <= last.epoch;
  if (!isNext && !isAgain && !isEarlier) return refusal['root.outOfOrder'];
  const { seq, timeMs, depositCursor } = globals.columns;
  directory.settlement = { ...before, root: { epoch, parent, seq: seq[0]!, timeMs: timeMs[0]! } };
  rememberFact(undo, () => {
    directory.settlement = before;
  });
  announce(out, TAG.RootCut, epoch, depositCursor[0]!);
  return OK;
}
