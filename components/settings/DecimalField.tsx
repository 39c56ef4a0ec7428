import { type ReactNode, useState } from 'react';
import { Field } from '../ui/Field.tsx';

export interface DecimalFieldProps {
  label: string;
  unit?: ReactNode;
  /** Decimal text; empty is none. */
  value: string;
  /** Told of every text that is a number or empty, and of no other. */
  onValue: (value: string) => void;
}

/** As `settings.ts` keeps them. */
const DECIMAL = /^(\d{1,12}(\.\d{1,8})?)?$/;

/** A number that is kept as it is typed. What is not a number yet stays in the field and says so. */
export function DecimalField({ label, unit, value, onValue }: DecimalFieldProps) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value;
  const isNumber = DECIMAL.test(text);
  return (
    <Field
      label={label}
      unit={unit}
      inputMode="decimal"
      placeholder="none"
      value={text}
      error={isNumber ? undefined : 'A plain number such as 2.5, or nothing.'}
      onChange={(event) => {
        const next = event.target.value.replaceAll(',', '').trim();
        setTyped(next);
        if (DECIMAL.test(next)) onValue(next);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
