import { useState } from 'react';
import { useMarkets } from '../../lib/hooks/market.ts';
import { changeSettings, useSettings } from '../../lib/settings/settingsStore.ts';
import { Select } from '../ui/Select.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import { DecimalField } from './DecimalField.tsx';
import styles from './Settings.module.css';

const noSizes = { first: '', second: '' };

/** What a click on the armed ladder sends, how ladder and tape behave, and the ticket's buttons. */
export function LadderSettings() {
  const { clickSizes, ladder, tape } = useSettings();
  const markets = useMarkets();
  const [chosen, setMarket] = useState<string>();
  const market = chosen ?? markets[0]?.name ?? '';
  const unit = markets.find(({ name }) => name === market)?.underlying;
  const sizes = clickSizes[market] ?? noSizes;
  const changeSizes = (change: Partial<typeof sizes>) =>
    changeSettings({ clickSizes: { ...clickSizes, [market]: { ...sizes, ...change } } });
  const changeLadder = (change: Partial<typeof ladder>) =>
    changeSettings({ ladder: { ...ladder, ...change } });
  return (
    <>
      <p className={styles.note}>
        Armed, a left click on the ladder sends the first size, a right click the second. An empty one sends
        nothing; until one is chosen the ladder proposes a size of its own.
      </p>
      <Select
        label="Click sizes of"
        value={market}
        options={markets.map(({ name }) => ({ value: name, label: name }))}
        onPick={setMarket}
      />
      <div className={styles.fields}>
        <DecimalField
          label="Left click sends"
          unit={unit}
          value={sizes.first}
          onValue={(first) => changeSizes({ first })}
        />
        <DecimalField
          label="Right click sends"
          unit={unit}
          value={sizes.second}
          onValue={(second) => changeSizes({ second })}
        />
      </div>
      <Toggle isOn={ladder.isFollowing} onToggle={(isFollowing) => changeLadder({ isFollowing })}>
        The ladder recentres itself when the market leaves its middle half
      </Toggle>
      <Toggle isOn={ladder.isCumulative} onToggle={(isCumulative) => changeLadder({ isCumulative })}>
        Its sizes are summed from the best price
      </Toggle>
      <Toggle isOn={ladder.isPostOnly} onToggle={(isPostOnly) => changeLadder({ isPostOnly })}>
        Its one-click orders only rest: what would trade at once is refused
      </Toggle>
      <Toggle isOn={tape.isMerged} onToggle={(isMerged) => changeSettings({ tape: { ...tape, isMerged } })}>
        The tape shows an order that met several as one line
      </Toggle>
      <div className={styles.fields}>
        <DecimalField
          label="Tape shows from"
          unit="USD"
          value={tape.minimumUsd}
          onValue={(minimumUsd) => changeSettings({ tape: { ...tape, minimumUsd } })}
        />
      </div>
      <SizeButtons />
    </>
  );
}

/** The ticket's buttons for a quantity, in the unit of the market on screen. */
function SizeButtons() {
  const { sizePresets } = useSettings();
  const change = (at: number, text: string) =>
    changeSettings({ sizePresets: sizePresets.map((preset, index) => (index === at ? text : preset)) });
  return (
    <div className={styles.fields}>
      {sizePresets.map((preset, at) => (
        <DecimalField
          // biome-ignore lint/suspicious/noArrayIndexKey: a preset is its place in the row of buttons.
          key={at}
          label={`Ticket button ${at + 1}`}
          value={preset}
          onValue={(text) => change(at, text)}
        />
      ))}
    </div>
  );
}
