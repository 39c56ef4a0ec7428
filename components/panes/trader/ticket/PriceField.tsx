import type { KeyboardEvent, Ref } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { latestBook, usePacedBook, usePacedMark } from '../../../../lib/hooks/market.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { type PriceContext, readPrice } from '../../../../lib/priceInput.ts';
import { Field } from '../../../ui/Field.tsx';
import { priceFault, priceHint, steppedTicks } from './Ticket.hints.ts';

export interface PriceFieldProps {
  label: string;
  typed: string;
  onType: (typed: string) => void;
  market: MarketView | undefined;
  /** Three fields leave room for their digits and nothing else. */
  isTight: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** Ten with Shift, as in every number field. */
const STEP_FAR = 10;

/**
 * A price by number or against the book (`bid+2`), a tick further with each arrow. What was written against the book
 * becomes its number when the field is left: an order never follows the market unseen.
 */
export function PriceField({ label, typed, onType, market, isTight, ref }: PriceFieldProps) {
  const instrument = market?.instrument ?? -1;
  const book = usePacedBook(instrument);
  const mark = usePacedMark(instrument);
  const context: PriceContext | undefined = market && { market, book, mark };
  // A price is computed against the book of the moment, not the one that is drawn.
  const contextNow = (): PriceContext | undefined => market && { market, book: latestBook(instrument), mark };
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    const now = contextNow();
    if (direction === 0 || now === undefined) return;
    event.preventDefault();
    const ticks = steppedTicks(typed, direction * (event.shiftKey ? STEP_FAR : 1), now);
    if (ticks !== undefined) onType(priceText(ticks, now.market));
  };
  const settle = () => {
    const now = contextNow();
    const price = now && readPrice(typed, now);
    if (price?.is === 'decimal' && price.isComputed) onType(price.text);
  };
  return (
    <Field
      ref={ref}
      label={label}
      unit={isTight ? undefined : 'USDC'}
      hint={isTight || context === undefined ? undefined : priceHint(typed, context)}
      error={context && priceFault(typed, context)}
      value={typed}
      onChange={(event) => onType(event.target.value)}
      onKeyDown={step}
      onBlur={settle}
    />
  );
}
