import type { MarginCallLevel } from '../../../../engine/protocol/commands/actions.ts';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { CallDraft } from '../../../../lib/firm/change.ts';
import { roleName } from '../../../../lib/firm/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/Choices.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Change.module.css';

/** As many as the engine takes. */
const LEVELS_MAX = 4;
const roles = Object.values(Role);
const firstCalled = [Role.trader, Role.portfolioManager, Role.risk];

const prepared: readonly { value: MarginCallLevel['prepare']; label: string }[] = [
  { value: 'nothing', label: 'nothing' },
  { value: 'transfer', label: 'a transfer' },
  { value: 'unwind', label: 'closing all' },
];

interface CallFieldsProps {
  levels: readonly CallDraft[];
  onChange: (levels: CallDraft[]) => void;
}

/** Levels at which people are called, mildest first: from which margin on, who, and what is laid ready for them. */
export function CallFields({ levels, onChange }: CallFieldsProps) {
  const put = (at: number, level: CallDraft | undefined) =>
    onChange(levels.flatMap((each, place) => (place === at ? (level ?? []) : each)));
  return (
    <>
      {levels.map((level, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place among the others.
        <fieldset key={at} className={styles.level}>
          <legend className="visually-hidden">Level {at + 1}</legend>
          <Field
            label={`Level ${at + 1} calls from`}
            unit="% of equity"
            inputMode="decimal"
            value={level.typed}
            onChange={(event) => put(at, { ...level, typed: event.target.value })}
          />
          <Select
            label="Laid ready"
            value={level.prepare}
            options={prepared}
            onPick={(prepare) => put(at, { ...level, prepare })}
          />
          <Button size="row" onClick={() => put(at, undefined)}>
            remove
          </Button>
          <div className={styles.who}>
            <Choices
              label="Called"
              all="nobody yet"
              values={roles}
              chosen={level.roles.length === 0 ? undefined : level.roles}
              nameOf={roleName}
              onChoose={(chosen) => put(at, { ...level, roles: chosen ?? [] })}
            />
          </div>
        </fieldset>
      ))}
      {levels.length < LEVELS_MAX && (
        <div>
          <Button
            size="row"
            onClick={() => onChange([...levels, { typed: '', roles: firstCalled, prepare: 'nothing' }])}
          >
            one more level
          </Button>
        </div>
      )}
    </>
  );
}
