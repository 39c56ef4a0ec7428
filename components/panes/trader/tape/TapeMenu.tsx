import { formatUsdShort } from '../../../../lib/format.ts';
import { changeSettings, type useSettings } from '../../../../lib/settings/settingsStore.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import styles from './Tape.module.css';

export type TapeChoices = ReturnType<typeof useSettings>['tape'];

/** Whole dollars: the setting takes any, these are at hand. */
const minimums = ['0', '1000', '10000', '100000', '1000000'];

/** What the tape leaves out, and whether an order is one line. */
export function TapeMenu({ choices }: { choices: TapeChoices }) {
  const { minimumUsd, isMerged } = choices;
  const offered = [...new Set([...minimums, minimumUsd])].sort((a, b) => Number(a) - Number(b));
  return (
    <Popover
      label={
        <>
          <span className="visually-hidden">prints shown: </span>
          {minimumText(minimumUsd)}
          {isMerged && ' Σ'}
        </>
      }
      name="Tape choices"
      className={styles.menuButton}
    >
      {() => (
        <div className={styles.menu}>
          <p>prints worth at least, USD</p>
          <Segmented
            label="Smallest print shown"
            value={minimumUsd}
            options={offered.map((value) => ({ value, label: minimumText(value) }))}
            onPick={(value) => changeSettings({ tape: { ...choices, minimumUsd: value } })}
          />
          <Toggle
            isOn={isMerged}
            onToggle={(isOn) => changeSettings({ tape: { ...choices, isMerged: isOn } })}
          >
            one line for each taker order
          </Toggle>
        </div>
      )}
    </Popover>
  );
}

export function minimumText(minimumUsd: string): string {
  return Number(minimumUsd) === 0 ? 'all' : `≥ ${formatUsdShort(Number(minimumUsd) * 1e6)}`;
}
