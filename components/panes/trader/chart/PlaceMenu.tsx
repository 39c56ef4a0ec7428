import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { priceText, readNumber, ticksOf } from '../../../../lib/numberInput.ts';
import { Keycap } from '../../../ui/Keycap.tsx';
import styles from './PlaceMenu.module.css';
import { type PlaceChoice, placeChoices } from './place.ts';

export interface PlaceMenuProps {
  market: MarketView;
  /** Where it was asked for, in pixels of the window. */
  at: { x: number; y: number };
  ticks: number;
  markTicks: number | undefined;
  heldLots: number;
  /** What a press sends; undefined while safe: a press only writes it into the ticket. */
  armedSize: string | undefined;
  onPlace: ((choice: PlaceChoice) => void) | undefined;
  onLevel: (ticks: number) => void;
  onClose: () => void;
}

const WIDTH_PX = 236;
const HEIGHT_PX = 190;

/** What can start at a price. The price can still be corrected here: a hand is no finer than a pixel. */
export function PlaceMenu(props: PlaceMenuProps) {
  const { market, at, markTicks, heldLots, armedSize, onPlace, onLevel, onClose } = props;
  const panel = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(() => priceText(props.ticks, market));
  useOpened(panel, at);
  const number = readNumber(text);
  const ticks = number.is === 'decimal' ? ticksOf(number.text, market) : undefined;
  const isPrice = ticks !== undefined && ticks > 0;
  const choices = isPrice && onPlace !== undefined ? placeChoices(ticks, markTicks, heldLots) : [];
  const step = (by: number) => isPrice && setText(priceText(Math.max(1, ticks + by), market));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const isField = event.target instanceof HTMLInputElement;
    const isVertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (event.key === 'Enter' && isField) focusNext(panel.current, 1);
    else if (isVertical && isField) step((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
    else if (isVertical) focusNext(panel.current, event.key === 'ArrowUp' ? -1 : 1);
    else return;
    event.preventDefault();
  };
  const done = (run: () => void) => () => {
    panel.current?.hidePopover();
    run();
  };
  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-label={`Start something at ${text}`}
      className={styles.menu}
      onKeyDown={onKeyDown}
      onToggle={(event) => event.newState === 'closed' && onClose()}
    >
      <label className={styles.price}>
        price
        <input
          value={text}
          inputMode="decimal"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          aria-invalid={!isPrice}
        />
      </label>
      {!isPrice && <p className={styles.hint}>Not a price of this market's tick.</p>}
      {choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          className={choice.side === 'buy' ? styles.buy : styles.sell}
          onClick={done(() => onPlace?.(choice))}
        >
          {choice.side === 'buy' ? '▲' : '▼'}{' '}
          {armedSize === undefined ? choice.label : sized(choice, armedSize)}
        </button>
      ))}
      <button type="button" disabled={!isPrice} onClick={done(() => isPrice && onLevel(ticks))}>
        Add level
      </button>
      <p className={styles.hint}>
        {onPlace === undefined ? (
          'Sign in to trade from here.'
        ) : armedSize === undefined ? (
          'Written into the ticket.'
        ) : (
          <>
            Armed: a press sends. <Keycap keys={['Esc']} /> leaves.
          </>
        )}
      </p>
    </div>
  );
}

function sized({ label }: PlaceChoice, size: string): string {
  const [side, ...kind] = label.split(' ');
  return `${side} ${size} ${kind.join(' ')}`;
}

/** Opens at the pointer, inside the window. Set by script: the page's policy drops style attributes of the HTML. */
function useOpened(panel: { current: HTMLDivElement | null }, { x, y }: { x: number; y: number }): void {
  useEffect(() => {
    const element = panel.current;
    if (element === null) return;
    const { clientWidth, clientHeight } = document.documentElement;
    element.style.left = `${Math.max(0, Math.min(x, clientWidth - WIDTH_PX))}px`;
    element.style.top = `${Math.max(0, Math.min(y, clientHeight - HEIGHT_PX))}px`;
    element.showPopover();
    // The price, no order: a second press of the key that opened it places nothing.
    element.querySelector('input')?.focus();
    element.querySelector('input')?.select();
  }, [panel, x, y]);
}

function focusNext(panel: HTMLElement | null, by: 1 | -1): void {
  const all = [...(panel?.querySelectorAll<HTMLElement>('input, button:enabled') ?? [])];
  const at = all.findIndex((each) => each.matches(':focus'));
  all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}
