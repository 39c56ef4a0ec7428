import { lazy, memo, Suspense, useRef, useState } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { usePastBlock } from '../../../../lib/hooks/past.ts';
import { changeSettings, useSettings } from '../../../../lib/settings/settingsStore.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { useAction } from '../../../ui/useAction.ts';
import styles from './MarketStrip.module.css';

// The list is 45 kB that nobody needs before it is opened.
const loadList = () => import('./MarketList.tsx');
const MarketList = lazy(async () => ({ default: (await loadList()).MarketList }));

export interface MarketPickerProps {
  marketName: string;
  markets: readonly MarketView[];
  onPick: (name: string) => void;
}

/** The open market as a button; `/` opens the list of all. */
export const MarketPicker = memo(function MarketPicker({ marketName, markets, onPick }: MarketPickerProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useAction('market.pick', () => setOpen(true));
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.picker}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        onPointerEnter={() => void loadList()}
      >
        <b>{marketName}</b>
        <i aria-hidden="true" className={styles.caret} />
        <ActionKeys id="market.pick" />
      </button>
      <FavouriteButton marketName={marketName} />
      {isOpen && (
        <Suspense>
          <MarketList
            marketName={marketName}
            markets={markets}
            trigger={button}
            onPick={(name) => {
              setOpen(false);
              onPick(name);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
});

/** Five points on a circle of 6, with the dents between them at 2.6. */
const STAR = Array.from({ length: 10 }, (_, at) => {
  const radius = at % 2 === 0 ? 6 : 2.6;
  const turn = (at * Math.PI) / 5;
  const point = [Math.sin(turn) * radius, -Math.cos(turn) * radius].map((each) => each.toFixed(2));
  return `${at === 0 ? 'M' : 'L'}${point.join(' ')}`;
})
  .join('')
  .concat('Z');

/** The market on screen among those that stand first in the list, or not. */
function FavouriteButton({ marketName }: { marketName: string }) {
  const { favourites } = useSettings();
  const isFavourite = favourites.includes(marketName);
  const block = usePastBlock();
  const toggle = () =>
    changeSettings({
      favourites: isFavourite
        ? favourites.filter((name) => name !== marketName)
        : [...favourites, marketName],
    });
  useAction('market.favourite', toggle);
  return (
    <button
      type="button"
      className={styles.favourite}
      disabled={block !== undefined}
      aria-pressed={isFavourite}
      aria-label={`Favourite ${marketName}`}
      title={block ?? (isFavourite ? 'Among the favourites: first in the list' : 'Make it a favourite')}
      onClick={toggle}
    >
      {/* Drawn: the desk's font has no star. */}
      <svg aria-hidden="true" width="13" height="13" viewBox="-7 -7 14 14" stroke="currentColor">
        <path d={STAR} fill={isFavourite ? 'currentColor' : 'none'} />
      </svg>
    </button>
  );
}
