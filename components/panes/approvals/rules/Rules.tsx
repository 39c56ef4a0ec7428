'use client';

import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { usePolicyDraft } from '../../../../lib/hooks/policy.ts';
import { addRule, dropDraft, selectRule } from '../../../../lib/stores/policyStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { RulesTable } from './RulesTable.tsx';

/** Who may do what, and who must agree: the rules in force, or the draft of others. */
export function Rules() {
  const firm = useFirm();
  if (firm === undefined)
    return (
      <Pane title="Policy">
        <EmptyState title="Waiting for the rules." />
      </Pane>
    );
  return <Written firm={firm} />;
}

function Written({ firm }: { firm: FirmView }) {
  const { rules, isDraft, selected } = usePolicyDraft(firm);
  const { version, hash } = firm.policy;
  return (
    <Pane
      title={isDraft ? 'Policy, draft' : `Policy v${version}`}
      aside={
        <span title={hash}>
          {isDraft
            ? `of v${version}, which holds until others agree`
            : `in force, ${hash.slice(0, 10)}… · the most restrictive rule that matches holds`}
        </span>
      }
      actions={
        <>
          {isDraft && (
            <Button size="row" onClick={dropDraft}>
              drop the draft
            </Button>
          )}
          <Button size="row" onClick={() => addRule(rules, selected ?? blank)}>
            {selected === undefined ? 'new rule' : `copy ${selected.id}`}
          </Button>
        </>
      }
    >
      <RulesTable
        firm={firm}
        rules={rules}
        marked={selected === undefined ? [] : [selected.id]}
        onPick={(id) => selectRule(id === selected?.id ? undefined : id)}
      />
    </Pane>
  );
}

const blank = { id: 'NEW', when: {}, verdict: { is: 'deny' } } as const;
