import type { TypedTerms } from '../../../lib/wallet/keyTerms.ts';
import { Field } from '../../ui/Field.tsx';
import styles from './TradingKeys.module.css';

export interface KeyTermsFieldsProps {
  typed: TypedTerms;
  /** What stands where no days are written: nothing for a new key, as it is for one that is changed. */
  daysPlaceholder?: string;
  isLocked?: boolean;
  onChange: (part: Partial<TypedTerms>) => void;
}

/** What a key is held to, as it is typed. */
export function KeyTermsFields({ typed, daysPlaceholder, isLocked, onChange }: KeyTermsFieldsProps) {
  const { markets, usdPerHour, addresses, days } = typed;
  return (
    <fieldset className={styles.fields} disabled={isLocked} aria-label="Terms of the key">
      <Field
        label="Markets"
        placeholder="all"
        value={markets}
        onChange={(event) => onChange({ markets: event.target.value })}
      />
      <Field
        label="Opens an hour, at most"
        unit="USD"
        inputMode="decimal"
        placeholder="no end"
        value={usdPerHour}
        onChange={(event) => onChange({ usdPerHour: event.target.value })}
      />
      <Field
        label="From addresses"
        placeholder="anywhere"
        value={addresses}
        onChange={(event) => onChange({ addresses: event.target.value })}
      />
      <Field
        label={daysPlaceholder === undefined ? 'Good for' : 'Good from now for'}
        unit="days"
        inputMode="numeric"
        placeholder={daysPlaceholder}
        value={days}
        onChange={(event) => onChange({ days: event.target.value })}
      />
    </fieldset>
  );
}
