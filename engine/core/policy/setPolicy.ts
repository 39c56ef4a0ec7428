import type { SetPolicy } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { TAG } from '../out.ts';
import { isPolicyValid } from './checkPolicy.ts';

/** Refusal: policy.invalid. */
export function setPolicy(engine: Engine, firm: number, { rules }: SetPolicy): number {
  if (!isPolicyValid(rules)) return refusal['policy.invalid'];
  const facts = engine.state.directory.firms[firm]!;
  const before = facts.policy;
  facts.policy = { rules, version: (before?.version ?? 1) + 1 };
  directoryChanged(engine, () => {
    facts.policy = before;
  });
  announce(engine.out, TAG.PolicySet, firm, rules.length);
  return OK;
}
