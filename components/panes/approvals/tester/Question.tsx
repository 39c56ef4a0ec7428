import { type ActionKind, actionNumbers } from '../../../../engine/protocol/commands/actionNumbers.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type { PolicyQuestion } from '../../../../engine/protocol/views/policyTrial.ts';
import { actionName } from '../../../../lib/firm/words.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Tester.module.css';

const kinds = Object.keys(actionNumbers) as ActionKind[];
const KEYS: readonly ActionKind[] = ['ApproveKey', 'ChangeKey'];

/** What an amount is of an action. */
function worthName(action: ActionKind): string {
  return KEYS.includes(action) ? 'Past a soft limit' : 'Worth';
}

/** A change set is asked about as one of each part it may have. */
function kindName(kind: ActionKind): string {
  return kind === 'ChangeSet' ? 'Change set: a transfer and a port' : actionName(kind);
}

interface QuestionProps {
  firm: FirmView;
  question: PolicyQuestion;
  put: (question: PolicyQuestion) => void;
}

/** An action somewhere in the tree, worth so much. */
export function Question({ firm, question, put }: QuestionProps) {
  const { action, node, direction, movedUsd, isOwn } = question;
  return (
    <div className={styles.question}>
      <Select
        label="Action"
        value={action}
        options={kinds.map((kind) => ({ value: kind, label: kindName(kind) }))}
        onPick={(picked) => put({ ...question, action: picked })}
      />
      <Select
        label="Place"
        value={String(node)}
        options={firm.nodes.map((each) => ({
          value: String(each.node),
          label: `${each.label} (${each.node})`,
        }))}
        onPick={(picked) => put({ ...question, node: Number(picked) })}
      />
      <Select
        label="Room"
        value={direction}
        options={[
          { value: 'loosen', label: 'gives more' },
          { value: 'tighten', label: 'takes away' },
        ]}
        onPick={(picked) => put({ ...question, direction: picked })}
      />
      <Select
        label="About"
        value={isOwn ? 'own' : 'others'}
        options={[
          { value: 'others', label: 'others' },
          { value: 'own', label: 'oneself' },
        ]}
        onPick={(picked) => put({ ...question, isOwn: picked === 'own' })}
      />
      <Field
        label={worthName(action)}
        unit="USD"
        inputMode="numeric"
        value={movedUsd}
        onChange={({ target }) =>
          put({ ...question, movedUsd: Math.min(1e9, Number(target.value.replaceAll(/\D/g, ''))) })
        }
      />
    </div>
  );
}
