'use client';

import { useState } from 'react';
import { useListing, useMarkets } from '../../lib/hooks/market.ts';
import { Chain } from '../panes/options/chain/Chain.tsx';
import { Payoff } from '../panes/options/payoff/Payoff.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './OptionsLayout.module.css';
import screen from './Screen.module.css';

/** The options screen: a chain above, what the account would gain or lose below. */
export function OptionsLayout() {
  const isListed = useListing() !== undefined;
  const markets = useMarkets();
  const underlyings = [
    ...new Set(markets.filter(({ kind }) => kind === 'option').map(({ underlying }) => underlying)),
  ];
  const [picked, setPicked] = useState<string>();
  const underlying = underlyings.find((name) => name === picked) ?? underlyings[0];
  if (underlying === undefined) {
    return (
      <div className={screen.alone}>
        <EmptyState title={isListed ? 'No options are listed.' : 'Waiting for the desk.'} />
      </div>
    );
  }
  return (
    <div className={classes(screen.screen, styles.grid)}>
      <div className={styles.bar}>
        <Segmented
          label="Underlying"
          value={underlying}
          options={underlyings.map((name) => ({ value: name, label: name }))}
          onPick={setPicked}
        />
      </div>
      <div>
        <Chain key={underlying} underlying={underlying} />
      </div>
      <div>
        <Payoff key={underlying} underlying={underlying} />
      </div>
    </div>
  );
}
