'use client';

import { useApprovals } from '../../../../lib/hooks/approvals.ts';
import { Pane } from '../../../ui/Pane.tsx';
import { RulesTable } from './RulesTable.tsx';

/** The rules beside a proposal, where there is room for them: those that matched it are marked. */
export function RulesInForce() {
  const approvals = useApprovals();
  if (approvals === undefined) return null;
  const { firm, entry } = approvals;
  const { version, hash, rules } = firm.policy;
  return (
    <Pane
      title={`Policy v${version}`}
      aside={<span title={hash}>in force, {hash.slice(0, 10)}… · what matched this proposal is marked</span>}
    >
      <RulesTable firm={firm} rules={rules} marked={entry?.proposal.rules ?? []} />
    </Pane>
  );
}
