import { Select, type SelectOption } from '../../../ui/Select.tsx';

interface ConditionSelectProps<T extends string> {
  label: string;
  /** What holds while nothing is picked. */
  any: string;
  value: T | undefined;
  options: readonly SelectOption<T>[];
  /** Undefined: the rule does not ask. */
  onPick: (value: T | undefined) => void;
}

/** One of a few, or none of them: then the rule holds whatever it is. */
export function ConditionSelect<T extends string>(props: ConditionSelectProps<T>) {
  const { label, any, value, options, onPick } = props;
  return (
    <Select<T | ''>
      label={label}
      value={value ?? ''}
      options={[{ value: '', label: any }, ...options]}
      onPick={(picked) => onPick(picked === '' ? undefined : picked)}
    />
  );
}
