import type { Approvals, Group } from '../../../../engine/protocol/commands/policy.ts';
import { Role } from '../../../../engine/protocol/enums.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../engine/units/time.ts';
import { roleName } from '../../../../lib/firm/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choices } from '../../../ui/Choices.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './RuleForm.module.css';

/** Who reads everything decides nothing. */
const deciding = Object.values(Role).filter((role) => role !== Role.auditor);

interface VerdictFieldsProps {
  verdict: Approvals;
  put: (verdict: Approvals) => void;
}

/** Who must agree, how long it waits then, and how long there is to agree. */
export function VerdictFields({ verdict, put }: VerdictFieldsProps) {
  const { groups, delayMs, expiryMs, vetoRoles } = verdict;
  const putGroup = (at: number, group: Group | undefined) =>
    put({ ...verdict, groups: groups.flatMap((each, place) => (place === at ? (group ?? []) : each)) });
  return (
    <>
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group of a quorum is its place.
        <GroupRow key={at} group={group} at={at} put={(next) => putGroup(at, next)} />
      ))}
      <Button
        size="row"
        onClick={() => put({ ...verdict, groups: [...groups, { roles: [Role.risk], side: 'from', min: 1 }] })}
      >
        one more group
      </Button>
      <div className={styles.row}>
        <Field
          label="Waits then"
          unit="h"
          inputMode="numeric"
          value={delayMs / HOUR_MS}
          onChange={({ target }) => put({ ...verdict, delayMs: wholeOf(target.value, 720) * HOUR_MS })}
        />
        <Field
          label="Time to agree"
          unit="min"
          inputMode="numeric"
          value={expiryMs / MINUTE_MS}
          onChange={({ target }) =>
            put({ ...verdict, expiryMs: Math.max(1, wholeOf(target.value, 43_200)) * MINUTE_MS })
          }
        />
      </div>
      <Choices
        label="May veto too"
        all="nobody else"
        values={deciding}
        chosen={vetoRoles.length === 0 ? undefined : vetoRoles}
        nameOf={roleName}
        onChoose={(roles) => put({ ...verdict, vetoRoles: roles ?? [] })}
      />
    </>
  );
}

interface GroupRowProps {
  group: Group;
  at: number;
  put: (group: Group | undefined) => void;
}

/** A group of several roles keeps them until another is picked. */
function GroupRow({ group, at, put }: GroupRowProps) {
  const name = group.roles.map(roleName).join(' or ');
  const options = [
    { value: group.roles.join(), label: name },
    ...deciding
      .filter((role) => String(role) !== group.roles.join())
      .map((role) => ({ value: String(role), label: roleName(role) })),
  ];
  return (
    <div className={styles.row}>
      <Field
        label={`People of group ${at + 1}`}
        inputMode="numeric"
        value={group.min}
        onChange={({ target }) => put({ ...group, min: Math.max(1, wholeOf(target.value, 10)) })}
      />
      <Select
        label="Role"
        value={group.roles.join()}
        options={options}
        onPick={(value) => put({ ...group, roles: value.split(',').map(Number) as Role[] })}
      />
      <Select
        label="Of"
        value={group.side}
        options={[
          { value: 'from', label: 'who asks' },
          { value: 'to', label: 'the receiver' },
        ]}
        onPick={(side) => put({ ...group, side })}
      />
      <Button size="row" onClick={() => put(undefined)}>
        remove
      </Button>
    </div>
  );
}

/** A whole number as typed, no larger than the engine takes; what is none is 0. */
function wholeOf(typed: string, max: number): number {
  const number = Number(typed.replaceAll(/\D/g, ''));
  return Math.min(max, number);
}
