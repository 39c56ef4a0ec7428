'use client';

import { type ActionKind, actionNumbers } from '../../../../engine/protocol/commands/actionNumbers.ts';
import type { Rule } from '../../../../engine/protocol/commands/policy.ts';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { actionName, roleName } from '../../../../lib/firm/words.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { usePolicyDraft } from '../../../../lib/hooks/policy.ts';
import { changeRule, removeRule } from '../../../../lib/stores/policyStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/Choices.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { ConditionSelect } from './ConditionSelect.tsx';
import styles from './RuleForm.module.css';
import { isOf, verdictOf, withAmount, withCondition } from './RuleForm.state.ts';
import { VerdictFields } from './VerdictFields.tsx';

/** One rule, field by field; each change goes into the draft at once. */
export function RuleForm() {
  const firm = useFirm();
  if (firm === undefined) return <Pane title="Rule">{null}</Pane>;
  return <Selected firm={firm} />;
}

function Selected({ firm }: { firm: FirmView }) {
  const { rules, selected } = usePolicyDraft(firm);
  if (selected === undefined)
    return (
      <Pane title="Rule">
        <EmptyState title="Choose a rule to change it.">
          Every change makes a draft; nothing holds before others agree.
        </EmptyState>
      </Pane>
    );
  const put = (rule: Rule) => changeRule(rules, selected.id, rule);
  return (
    <Pane
      title={`Rule ${selected.id}`}
      actions={
        <Button size="row" tone="danger" onClick={() => removeRule(rules, selected.id)}>
          remove
        </Button>
      }
    >
      <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
        <Field
          label="Id"
          value={selected.id}
          maxLength={24}
          error={isOf(rules, selected) ? undefined : 'Another rule has this id.'}
          onChange={(event) =>
            put({ ...selected, id: event.target.value.toUpperCase().replace(/[^A-Z0-9:/_-]/g, '') })
          }
        />
        <When rule={selected} firm={firm} put={put} />
        <Segmented
          label="Then"
          value={selected.verdict.is}
          options={[
            { value: 'allow', label: 'done at once' },
            { value: 'approve', label: 'others agree' },
            { value: 'deny', label: 'refused' },
          ]}
          onPick={(is) => put({ ...selected, verdict: verdictOf(is) })}
        />
        {selected.verdict.is === 'approve' && (
          <VerdictFields verdict={selected.verdict} put={(verdict) => put({ ...selected, verdict })} />
        )}
      </form>
    </Pane>
  );
}

const directions = [
  { value: 'loosen', label: 'gives more' },
  { value: 'tighten', label: 'takes away' },
] as const;

const reaches = [
  { value: 'ownFirm', label: 'the firm itself' },
  { value: 'otherFirm', label: 'another owner' },
] as const;

interface WhenProps {
  rule: Rule;
  firm: FirmView;
  put: (rule: Rule) => void;
}

function When({ rule, firm, put }: WhenProps) {
  const { when } = rule;
  const kinds = Object.keys(actionNumbers) as ActionKind[];
  return (
    <>
      <Choices
        label="Who asks"
        all="any role"
        values={Object.values(Role)}
        chosen={when.roles}
        nameOf={roleName}
        onChoose={(roles) => put(withCondition(rule, 'roles', roles))}
      />
      <Choices
        label="For what"
        all="any action"
        values={kinds}
        chosen={when.actions}
        nameOf={actionName}
        onChoose={(actions) => put(withCondition(rule, 'actions', actions))}
      />
      <Choices
        label="Where"
        all="anywhere in the tree"
        values={firm.nodes.filter(({ isArchived }) => !isArchived).map(({ node }) => node)}
        chosen={when.nodes}
        nameOf={(node) => `${firm.nodes.find((each) => each.node === node)?.label ?? '?'} (${node})`}
        onChoose={(nodes) => put(withCondition(rule, 'nodes', nodes))}
      />
      <div className={styles.row}>
        <ConditionSelect
          label="Room"
          any="more or less"
          value={when.direction}
          options={directions}
          onPick={(direction) => put(withCondition(rule, 'direction', direction))}
        />
        <ConditionSelect
          label="To"
          any="any owner"
          value={when.reach}
          options={reaches}
          onPick={(reach) => put(withCondition(rule, 'reach', reach))}
        />
      </div>
      <div className={styles.row}>
        <Field
          label="Worth over"
          unit="USD"
          inputMode="numeric"
          value={when.overUsd ?? ''}
          onChange={(event) => put(withAmount(rule, 'overUsd', event.target.value))}
        />
        <Field
          label="Worth up to"
          unit="USD"
          inputMode="numeric"
          value={when.upToUsd ?? ''}
          onChange={(event) => put(withAmount(rule, 'upToUsd', event.target.value))}
        />
      </div>
    </>
  );
}
