import { Popover } from '../../../ui/Popover.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import styles from './Chart.module.css';
import type { ShownMarks } from './marks.ts';

const names: { key: keyof ShownMarks; label: string }[] = [
  { key: 'fills', label: 'own fills' },
  { key: 'orders', label: 'orders' },
  { key: 'entry', label: 'entry' },
  { key: 'band', label: 'liquidation band' },
];

export interface ChartMenuProps {
  shown: ShownMarks;
  onShow: (shown: ShownMarks) => void;
}

/** What is drawn over the candles, and whose library draws them. */
export function ChartMenu({ shown, onShow }: ChartMenuProps) {
  const on = names.filter(({ key }) => shown[key]).map(({ key }) => key);
  return (
    <Popover
      name="Shown on the chart"
      className={styles.menuButton}
      label={
        <>
          <span className="visually-hidden">shown on the chart: </span>
          {on.length === 0 ? 'nothing shown' : on.join(' · ')}
        </>
      }
    >
      {names.map(({ key, label }) => (
        <p key={key}>
          <Toggle isOn={shown[key]} onToggle={(isOn) => onShow({ ...shown, [key]: isOn })}>
            {label}
          </Toggle>
        </p>
      ))}
      <p className={styles.attribution}>
        Charts by{' '}
        <a href="https://www.tradingview.com/" rel="noreferrer" target="_blank">
          TradingView Lightweight Charts™
        </a>
      </p>
    </Popover>
  );
}
