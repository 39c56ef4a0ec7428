import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatAge } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import { useChord } from '../../../../lib/keys/bindings.ts';
import { keycapsOf } from '../../../../lib/keys/chord.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { Button } from '../../../ui/Button.tsx';
import { Keycap } from '../../../ui/Keycap.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Book.module.css';
import band from './LadderBand.module.css';
import { groupChoices } from './ladderWindow.ts';

export interface StepPickerProps {
  market: MarketView | undefined;
  priceTicks: number | undefined;
  groupTicks: number | undefined;
  onChoose: (groupTicks: number) => void;
}

/** How many ticks a row holds, written as the price step it is. */
export function StepPicker({ market, priceTicks, groupTicks, onChoose }: StepPickerProps) {
  if (market === undefined || priceTicks === undefined || groupTicks === undefined)
    return <span>step –</span>;
  const choices = [...new Set([...groupChoices(priceTicks), groupTicks])].sort((a, b) => a - b);
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

export interface LadderActionProps {
  freshness: Freshness;
  /** What one click sends; undefined while safe. */
  armedSize: string | undefined;
  onCentre: () => void;
}

/** What the ladder shows is held or wrong; or what a click sends; or how to centre it. */
export function LadderAction({ freshness, armedSize, onCentre }: LadderActionProps) {
  const chord = useChord('ladder.centre');
  if (freshness.face === 'stale') {
    return <span className={styles.message}>held, {formatAge(freshness.ageMs)} old</span>;
  }
  if (freshness.face === 'wrong') return <span className={styles.wrongMessage}>wrong</span>;
  if (armedSize !== undefined) return <span className={band.badge}>1-CLICK {armedSize}</span>;
  return (
    <Button tone="quiet" isLook onClick={onCentre} className={styles.centreButton}>
      <Keycap keys={keycapsOf(chord)} /> centre
    </Button>
  );
}

export function ColumnHeads({ unit, isCumulative }: { unit: string; isCumulative: boolean }) {
  const sum = isCumulative ? 'Σ ' : '';
  return (
    <thead>
      <tr className={styles.head}>
        <th scope="col">own bid</th>
        <th scope="col" className={styles.right}>
          {sum}bid {unit}
        </th>
        <th scope="col" className={styles.centre}>
          price
        </th>
        <th scope="col" className={styles.right}>
          {sum}ask {unit}
        </th>
        <th scope="col" className={styles.right}>
          own ask
        </th>
      </tr>
    </thead>
  );
}
