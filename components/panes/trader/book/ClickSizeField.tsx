import { useState } from 'react';
import { readNumber } from '../../../../lib/numberInput.ts';
import styles from './LadderBand.module.css';

export interface ClickSizeFieldProps {
  label: string;
  /** Decimal text. */
  value: string;
  onChange: (value: string) => void;
}

/** A size that stands in a sentence and can be written over: kept at Enter or when left, if it can be read. */
export function ClickSizeField({ label, value, onChange }: ClickSizeFieldProps) {
  const [typed, setTyped] = useState<string>();
  const keep = () => {
    const number = readNumber(typed ?? value);
    setTyped(undefined);
    if (number.is === 'decimal' && Number(number.text) > 0) onChange(number.text);
  };
  const text = typed ?? value;
  return (
    <input
      className={styles.clickSize}
      aria-label={label}
      value={text}
      size={Math.max(2, text.length)}
      inputMode="decimal"
      autoComplete="off"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setTyped(undefined);
      }}
    />
  );
}
