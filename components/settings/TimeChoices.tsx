import { formatDateTime } from '../../lib/format.ts';
import { useTicked } from '../../lib/hooks/now.ts';
import { changeSettings, useSettings } from '../../lib/settings/settingsStore.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import styles from './Settings.module.css';

const zones = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'this computer' },
  { value: 'desk', label: 'the desk' },
] as const;

/** In which zone every time of every page is written. */
export function TimeChoices() {
  const { times } = useSettings();
  const now = useTicked(1_000, formatDateTime, '');
  return (
    <>
      <Segmented
        label="Times in the zone of"
        value={times.zone}
        options={zones}
        onPick={(zone) => changeSettings({ times: { ...times, zone } })}
      />
      {times.zone === 'desk' && (
        <Select
          label="Zone of the desk"
          value={times.desk}
          options={zonesWith(times.desk)}
          onPick={(desk) => changeSettings({ times: { ...times, desk } })}
        />
      )}
      <p className={styles.note}>
        Now it is {now}. Files, signatures, days of limits and names of contracts stay in UTC.
      </p>
    </>
  );
}

/** As this browser knows them; the chosen one may be known under another name. */
function zonesWith(chosen: string): { value: string; label: string }[] {
  const names = new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')]);
  return [...names].sort().map((name) => ({ value: name, label: name }));
}
