import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatAge } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { Button } from '../../../ui/Button.tsx';
import { Keycap } from '../../../ui/Keycap.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Book.module.css';
import { groupChoices } from './Book.state.ts';

export interface StepPickerProps {
  market: MarketView | undefined;
  middle: number | undefined;
  groupTicks: number | undefined;
  onChoose: (groupTicks: number) => void;
}

/** How many ticks a row holds, written as the price step it is. */
export function StepPicker({ market, middle, groupTicks, onChoose }: StepPickerProps) {
  if (market === undefined || middle === undefined || groupTicks === undefined) return <span>step –</span>;
  const choices = [...new Set([...groupChoices(middle), groupTicks])].sort((a, b) => a - b);
  return (
    <Select
      label="step"
      value={String(groupTicks)}
      options={choices.map((ticks) => ({ value: String(ticks), label: stepText(ticks, market) }))}
      onPick={(value) => onChoose(Number(value))}
    />
  );
}

function stepText(ticks: number, market: MarketView): string {
  const text = priceText(ticks, market);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export interface FollowButtonProps {
  isFollowing: boolean;
  onFollow: (isFollowing: boolean) => void;
}

/** Static until somebody chooses otherwise. */
export function FollowButton({ isFollowing, onFollow }: FollowButtonProps) {
  return (
    <Button
      tone="quiet"
      className={styles.follow}
      title={isFollowing ? 'Press to keep it still.' : 'Press to let it follow the market.'}
      onClick={() => onFollow(!isFollowing)}
    >
      {isFollowing ? 'follows' : 'static'}
      <span className="visually-hidden"> ladder</span>
    </Button>
  );
}

/** What the ladder shows is live, held or wrong; or where to press when it stands elsewhere. */
export function LadderAction({ freshness, onCentre }: { freshness: Freshness; onCentre: () => void }) {
  if (freshness.face === 'stale') {
    return <span className={styles.message}>held, {formatAge(freshness.ageMs)} old</span>;
  }
  if (freshness.face === 'wrong') return <span className={styles.wrongMessage}>wrong</span>;
  return (
    <Button tone="quiet" onClick={onCentre} className={styles.centreButton}>
      <Keycap keys={['C']} /> centre
    </Button>
  );
}

export function ColumnHeads({ unit }: { unit: string }) {
  return (
    <thead>
      <tr className={styles.head}>
        <th scope="col">own bid</th>
        <th scope="col" className={styles.right}>
          bid {unit}
        </th>
        <th scope="col" className={styles.centre}>
          price
        </th>
        <th scope="col" className={styles.right}>
          ask {unit}
        </th>
        <th scope="col" className={styles.right}>
          own ask
        </th>
      </tr>
    </thead>
  );
}
