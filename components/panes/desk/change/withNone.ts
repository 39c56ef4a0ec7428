import type { SelectOption } from '../../../ui/Select.tsx';

/** Nothing is chosen before somebody chooses. */
export function withNone(options: readonly SelectOption<string>[]): readonly SelectOption<string>[] {
  return [{ value: '', label: 'Choose …' }, ...options];
}
