import type { ClickSizes } from '../../../../lib/hooks/clickSizes.ts';
import type { Settings } from '../../../../lib/settings/settings.ts';
import { changeSettings } from '../../../../lib/settings/settingsStore.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import { ClickSizeField } from './ClickSizeField.tsx';
import styles from './LadderBand.module.css';

export interface LadderMenuProps {
  choices: Settings['ladder'];
  unit: string;
  sizes: ClickSizes | undefined;
  onSizes: (sizes: ClickSizes) => void;
}

/** How the ladder moves, what its sizes say and what a click is worth. Static until somebody chooses otherwise. */
export function LadderMenu({ choices, unit, sizes, onSizes }: LadderMenuProps) {
  const change = (part: Partial<typeof choices>) => changeSettings({ ladder: { ...choices, ...part } });
  const label = choices.isFollowing ? 'follows' : 'static';
  return (
    <Popover
      label={
        <>
          {label}
          <span className="visually-hidden"> ladder, choices</span>
        </>
      }
      name="Ladder choices"
      className={styles.menuButton}
    >
      {() => (
        <div className={styles.menu}>
          <Toggle isOn={choices.isFollowing} onToggle={(isFollowing) => change({ isFollowing })}>
            follow the market
          </Toggle>
          <Toggle isOn={choices.isCumulative} onToggle={(isCumulative) => change({ isCumulative })}>
            sum sizes from the best price
          </Toggle>
          <Toggle isOn={choices.isPostOnly} onToggle={(isPostOnly) => change({ isPostOnly })}>
            one-click orders are post only
          </Toggle>
          {sizes !== undefined && (
            <p>
              armed, a click sends{' '}
              <ClickSizeField
                label={`A click, ${unit}`}
                value={sizes.first}
                onChange={(first) => onSizes({ ...sizes, first })}
              />{' '}
              and a right click{' '}
              <ClickSizeField
                label={`A right click, ${unit}`}
                value={sizes.second}
                onChange={(second) => onSizes({ ...sizes, second })}
              />{' '}
              {unit}
            </p>
          )}
        </div>
      )}
    </Popover>
  );
}
