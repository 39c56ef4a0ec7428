import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { OK } from '../../protocol/errors.ts';
import { tryOut } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { judgeLockout, judgeOwnerStays } from '../policy/lockout.ts';
import { performAction } from './performAction.ts';

/** What may take from a firm the people or the rules by which it changes itself. */
const GOVERNING: readonly ActionKind[] = ['ChangeMember', 'RemoveMember', 'UnlinkWallet', 'SetPolicy'];

/** An action of a firm's people, agreed to by whoever must. Refusals: member.ownsFirm, policy.lockout, then those of the action. */
export function performAgreed(engine: Engine, firm: number, action: Action): number {
  const code = judgeGoverning(engine, firm, action);
  return code === OK ? performAction(engine, firm, action) : code;
}

/** What `performAgreed` would say now: done and taken back, so that nobody is asked to agree to what cannot be done. */
export function tryAction(engine: Engine, firm: number, action: Action): number {
  return tryOut(engine, () => performAgreed(engine, firm, action));
}

/** Whether an action may take people or rules from its firm. */
export function isGoverning({ kind }: Action): boolean {
  return GOVERNING.includes(kind);
}

function judgeGoverning(engine: Engine, firm: number, action: Action): number {
  if (!isGoverning(action)) return OK;
  const act = () => performAction(engine, firm, action);
  return judgeOwnerStays(engine, firm, act) || judgeLockout(engine, firm, act);
}
