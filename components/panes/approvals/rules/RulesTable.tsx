import type { Rule } from '../../../../engine/protocol/commands/policy.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { lintPolicy } from '../../../../lib/firm/lintPolicy.ts';
import { thenWords, whenWords } from '../../../../lib/firm/words.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Cell, Row, Table, WordHeads } from '../../../ui/Table.tsx';
import styles from './Rules.module.css';

interface RulesTableProps {
  firm: FirmView;
  rules: readonly Rule[];
  marked: readonly string[];
  /** Left out where rules are only read. */
  onPick?: (id: string) => void;
}

/** Rules in words, each with what is odd about it. */
export function RulesTable({ firm, rules, marked, onPick }: RulesTableProps) {
  const findings = lintPolicy(rules, firm);
  const label = (node: number) => firm.nodes.find((each) => each.node === node)?.label ?? `node ${node}`;
  return (
    <Table
      label="Rules"
      className={styles.table}
      head={<WordHeads names={['rule', 'when', 'then', 'note']} />}
    >
      {rules.map((rule) => {
        const finding = findings.find((each) => each.rule === rule.id);
        const isMarked = marked.includes(rule.id);
        return (
          <Row key={rule.id} kind={isMarked ? 'marked' : 'plain'}>
            <Cell align="left" isStrong>
              {onPick === undefined ? (
                rule.id
              ) : (
                <button
                  type="button"
                  className={styles.rule}
                  aria-pressed={isMarked}
                  onClick={() => onPick(rule.id)}
                >
                  {rule.id}
                </button>
              )}
            </Cell>
            <Cell align="left" title={whenWords(rule, label)}>
              {whenWords(rule, label)}
            </Cell>
            <Cell align="left" title={thenWords(rule)}>
              {thenWords(rule)}
            </Cell>
            <Cell align="left" title={finding?.sentence}>
              {finding !== undefined && <Badge tone="warn">{finding.is}</Badge>}
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}
