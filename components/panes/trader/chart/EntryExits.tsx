import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { Exit } from './chartHands.ts';
import styles from './Pills.module.css';

interface EntryExitsProps {
  market: MarketView;
  /** Whether the first of them is the Tab stop. */
  isCurrent: boolean;
  onExit: (how: Exit) => void;
}

const exits: { how: Exit; label: string; name: string }[] = [
  { how: 'half', label: '½', name: 'Close half of' },
  { how: 'flat', label: 'flat', name: 'Flat: close all of' },
  { how: 'reverse', label: 'rev', name: 'Rev: reverse' },
];

/** The ways out of a position, on its entry. */
export function EntryExits({ market, isCurrent, onExit }: EntryExitsProps) {
  return (
    <span className={styles.exits}>
      {exits.map(({ how, label, name }, index) => (
        <button
          key={how}
          type="button"
          className={styles.exit}
          tabIndex={isCurrent && index === 0 ? 0 : -1}
          aria-label={`${name} ${market.name}`}
          onClick={() => onExit(how)}
        >
          {label}
        </button>
      ))}
    </span>
  );
}
