import { useState } from 'react';
import { useMarkets } from '../../lib/hooks/market.ts';
import type { GuardLimit } from '../../lib/settings/settings.ts';
import { changeSettings, useSettings } from '../../lib/settings/settingsStore.ts';
import { Select } from '../ui/Select.tsx';
import { DecimalField } from './DecimalField.tsx';
import styles from './Settings.module.css';

const kinds = [
  { key: 'maxSizeUsd', label: 'Order value', unit: 'USD' },
  { key: 'minuteVolumePercent', label: 'Share of the volume of 1 min', unit: '%' },
  { key: 'dayVolumePercent', label: 'Share of the volume of 24 h', unit: '%' },
  { key: 'priceAwayPercent', label: 'Price away from the mark', unit: '%' },
] as const;

const noLimit: GuardLimit = { warn: '', hard: '' };

/** Against a slip of the finger: a warning is confirmed, a block is not passed. Empty is no limit. */
export function GuardFields() {
  const { guards, slippage } = useSettings();
  const markets = useMarkets();
  const [chosen, setMarket] = useState<string>();
  const market = chosen ?? markets[0]?.name ?? '';
  const change = (next: Partial<typeof guards>) => changeSettings({ guards: { ...guards, ...next } });
  return (
    <>
      <p className={styles.note}>
        Checked before an order leaves this browser, and besides the limits of the desk: from the first number
        on it asks, from the second on it refuses.
      </p>
      {kinds.map(({ key, label, unit }) => (
        <LimitFields
          key={key}
          label={label}
          unit={unit}
          limit={guards[key] ?? noLimit}
          onLimit={(limit) => change({ [key]: limit })}
        />
      ))}
      <LimitFields
        label="Worst fill at market, away from the mark"
        unit="%"
        limit={slippage}
        onLimit={({ warn, hard }) => changeSettings({ slippage: { ...slippage, warn, hard } })}
      />
      <DecimalField
        label="Worst price of an order at market that may open, from the mark or its trigger"
        unit="%"
        value={slippage.tolerancePercent}
        onValue={(tolerancePercent) => changeSettings({ slippage: { ...slippage, tolerancePercent } })}
      />
      <Select
        label="Quantity in one market"
        value={market}
        options={markets.map(({ name }) => ({ value: name, label: name }))}
        onPick={setMarket}
      />
      <LimitFields
        label={`Quantity of ${market}`}
        unit={markets.find(({ name }) => name === market)?.underlying ?? ''}
        limit={guards.maxSize[market] ?? noLimit}
        onLimit={(limit) => change({ maxSize: withLimit(guards.maxSize, market, limit) })}
      />
    </>
  );
}

/** A market without limits is not kept at all. */
function withLimit(
  limits: Record<string, GuardLimit>,
  market: string,
  limit: GuardLimit,
): Record<string, GuardLimit> {
  const { [market]: _before, ...rest } = limits;
  return limit.warn === '' && limit.hard === '' ? rest : { ...rest, [market]: limit };
}

interface LimitFieldsProps {
  label: string;
  unit: string;
  limit: GuardLimit;
  onLimit: (limit: GuardLimit) => void;
}

function LimitFields({ label, unit, limit, onLimit }: LimitFieldsProps) {
  return (
    <fieldset className={styles.limit}>
      <legend>{label}</legend>
      <DecimalField
        label="asks from"
        unit={unit}
        value={limit.warn}
        onValue={(warn) => onLimit({ ...limit, warn })}
      />
      <DecimalField
        label="refuses from"
        unit={unit}
        value={limit.hard}
        onValue={(hard) => onLimit({ ...limit, hard })}
      />
    </fieldset>
  );
}
