'use client';

import { useState } from 'react';
import type { Rule } from '../../../../engine/protocol/commands/policy.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type {
  PolicyQuestion,
  PolicyTrialView,
  RoleOutcomeView,
} from '../../../../engine/protocol/views/policyTrial.ts';
import { roleName, thenWords } from '../../../../lib/firm/words.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { usePolicyDraft, useTold } from '../../../../lib/hooks/policy.ts';
import { postJson } from '../../../../lib/http.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, Row, Table, WordHeads } from '../../../ui/Table.tsx';
import { Question } from './Question.tsx';
import styles from './Tester.module.css';

const FIRST: PolicyQuestion = {
  action: 'Transfer',
  node: 0,
  direction: 'loosen',
  movedUsd: 1_000_000,
  isOwn: false,
};

/** Who could do what, by the judge of real questions: each role under the rules in force, or under the draft. */
export function Tester() {
  const firm = useFirm();
  if (useIsPast())
    return (
      <Pane title="Who could do what?">
        <EmptyState title="Questions are put to the desk as it is now." />
      </Pane>
    );
  if (firm === undefined) return <Pane title="Who could do what?">{null}</Pane>;
  return <Asked firm={firm} />;
}

function ask(question: { rules: readonly Rule[]; question: PolicyQuestion }): Promise<PolicyTrialView> {
  return postJson<PolicyTrialView>('/api/v1/firm/policy/trial', question);
}

function Asked({ firm }: { firm: FirmView }) {
  const { rules, isDraft } = usePolicyDraft(firm);
  const [question, setQuestion] = useState({ ...FIRST, node: firm.nodes[0]?.node ?? 0 });
  const { view, error } = useTold({ rules, question }, ask);
  const refusal = view?.refusal ?? error;
  return (
    <Pane
      title="Who could do what?"
      aside={<span>{isDraft ? 'by the draft' : `by policy v${firm.policy.version}`}</span>}
    >
      <div className={styles.box}>
        <Question firm={firm} question={question} put={setQuestion} />
        {refusal != null ? (
          <p className={styles.refused} role="status">
            {refusal.message}
          </p>
        ) : (
          <Table
            label="What each role may do"
            className={styles.table}
            head={<WordHeads names={['role', 'outcome', 'rules that match']} />}
          >
            {(view?.outcomes ?? []).map((outcome) => (
              <Outcome key={outcome.role} outcome={outcome} />
            ))}
          </Table>
        )}
      </div>
    </Pane>
  );
}

function Outcome({ outcome }: { outcome: RoleOutcomeView }) {
  const { role, verdict, rules, hasPeople } = outcome;
  const words = thenWords({ verdict });
  return (
    <Row data-verdict={verdict.is}>
      <Cell align="left">{roleName(role)}</Cell>
      <Cell align="left" isStrong={verdict.is !== 'deny'} title={words}>
        {words}
        {verdict.is !== 'deny' && !hasPeople && (
          <span className={styles.short}> · not the people for it</span>
        )}
      </Cell>
      <Cell align="left" title={rules.join(', ')}>
        {rules.length === 0 ? 'none' : rules.join(', ')}
      </Cell>
    </Row>
  );
}
