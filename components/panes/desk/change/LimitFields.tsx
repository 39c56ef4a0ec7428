import { type LimitDraft, limitFields, type Severity } from '../../../../lib/firm/limitDraft.ts';
import { Field } from '../../../ui/Field.tsx';
import styles from './Change.module.css';

interface LimitFieldsProps {
  draft: LimitDraft;
  onChange: (draft: LimitDraft) => void;
}

const severities: readonly Severity[] = ['soft', 'hard'];

/** Soft beside hard, one line for each; an empty field limits nothing. */
export function LimitFields({ draft, onChange }: LimitFieldsProps) {
  const { typed } = draft;
  const put = (severity: Severity, name: string, text: string) =>
    onChange({ ...draft, typed: { ...typed, [severity]: { ...typed[severity], [name]: text } } });
  return (
    <div className={styles.limits}>
      {limitFields.flatMap(({ name, label, unit }) =>
        severities.map((severity) => (
          <Field
            key={`${name} ${severity}`}
            label={`${label}, ${severity}`}
            unit={unit === '' ? undefined : unit}
            inputMode="decimal"
            value={typed[severity][name]}
            onChange={(event) => put(severity, name, event.target.value)}
          />
        )),
      )}
    </div>
  );
}
