import type { ReactNode } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { parseDecimal } from '../../../../engine/units/decimal.ts';
import { formatUsdShort } from '../../../../lib/format.ts';
import type { ClickSizes } from '../../../../lib/hooks/clickSizes.ts';
import type { Settings } from '../../../../lib/settings/settings.ts';
import { classes } from '../../../ui/classes.ts';
import { Keycap } from '../../../ui/Keycap.tsx';
import { ClickSizeField } from './ClickSizeField.tsx';
import styles from './LadderBand.module.css';

export interface ArmedBandProps {
  unit: string;
  sizes: ClickSizes | undefined;
  onSizes: (sizes: ClickSizes) => void;
  /** What is left of the minute. */
  countdown: ReactNode;
}

/** Over the ladder while one click sends: what it sends, to be written over, and for how long. */
export function ArmedBand({ unit, sizes, onSizes, countdown }: ArmedBandProps) {
  return (
    <div className={classes(styles.band, styles.bandArmed)}>
      {sizes === undefined ? (
        <span>One click sends once the price is known</span>
      ) : (
        <span>
          One click sends{' '}
          <ClickSizeField
            label={`One click, ${unit}`}
            value={sizes.first}
            onChange={(first) => onSizes({ ...sizes, first })}
          />{' '}
          {unit}, right click{' '}
          <ClickSizeField
            label={`Right click, ${unit}`}
            value={sizes.second}
            onChange={(second) => onSizes({ ...sizes, second })}
          />
        </span>
      )}
      {countdown}
    </div>
  );
}

export interface ArmedFootProps {
  market: MarketView | undefined;
  guards: Settings['guards'];
}

/** Under an armed ladder: what makes it safe, and how far one click can go. */
export function ArmedFoot({ market, guards }: ArmedFootProps) {
  return (
    <p className={styles.armedFoot}>
      <Keycap keys={['Esc']} /> disarms. So do blur, sleep, a stale feed, another account.{' '}
      <i>{limitWords(market, guards)}</i>
    </p>
  );
}

/** The hard limits of a person's guards: they hold for one click as for any order. */
function limitWords(
  market: MarketView | undefined,
  { maxSize, maxSizeUsd, priceAwayPercent }: Settings['guards'],
) {
  const size = market && maxSize[market.name]?.hard;
  const valueUsd = parseDecimal(maxSizeUsd.hard, 6);
  const most = size ? `${size} ${market.underlying}` : valueUsd && `${formatUsdShort(valueUsd)} USDC`;
  const words = [most && `Max per click ${most}`, priceAwayPercent.hard && `band ${priceAwayPercent.hard}%`];
  const said = words.filter(Boolean).join(', ');
  return said === '' ? '' : `${said}.`;
}
