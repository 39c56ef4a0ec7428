'use client';

import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { policyRows } from '../../../../lib/firm/changeRows.ts';
import { lintPolicy } from '../../../../lib/firm/lintPolicy.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { usePolicyDraft } from '../../../../lib/hooks/policy.ts';
import { dropDraft } from '../../../../lib/stores/policyStore.ts';
import column from '../../../ui/Column.module.css';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { AskFor } from '../AskFor.tsx';
import styles from './PolicyDraft.module.css';

/** What the draft changes against what is in force, what is odd about it, and the way to ask for it. */
export function PolicyDraft() {
  const firm = useFirm();
  if (firm === undefined) return <Pane title="Change">{null}</Pane>;
  return <Draft firm={firm} />;
}

function Draft({ firm }: { firm: FirmView }) {
  const { rules } = usePolicyDraft(firm);
  const label = (node: number) => firm.nodes.find((each) => each.node === node)?.label ?? `node ${node}`;
  const rows = policyRows(firm.policy.rules, rules, label);
  const known = lintPolicy(firm.policy.rules, firm).map(({ rule, is }) => `${rule} ${is}`);
  const findings = lintPolicy(rules, firm);
  const action: Action | undefined = rows.length === 0 ? undefined : { kind: 'SetPolicy', rules: [...rules] };
  return (
    <Pane
      title="Change"
      aside={<span>{rows.length === 0 ? 'against what is in force' : `${rows.length} rules differ`}</span>}
    >
      <div className={column.column}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
        <section className={column.scroll} aria-label="Against what is in force" tabIndex={0}>
          {rows.length === 0 && <EmptyState title="The rules are those in force." />}
          <dl className={styles.rows}>
            {rows.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className={styles.before}>
                  <span aria-hidden="true">− </span>
                  <span className="visually-hidden">before: </span>
                  {before}
                </dd>
                <dd>
                  <span aria-hidden="true">+ </span>
                  <span className="visually-hidden">after: </span>
                  {after}
                </dd>
              </div>
            ))}
          </dl>
          {findings.length > 0 && (
            <ul className={styles.findings} aria-label="Findings">
              {findings.map(({ rule, is, sentence }) => (
                <li key={`${rule} ${is}`}>
                  <b>{rule}</b> {sentence} {known.includes(`${rule} ${is}`) ? '(in force today)' : ''}
                </li>
              ))}
            </ul>
          )}
        </section>
        <AskFor firm={firm.firm} action={action} missing="Change a rule to ask for it." onAsked={dropDraft} />
      </div>
    </Pane>
  );
}
