import type { Ref } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { hasLimit, hasTrigger } from '../../../../lib/draftOrder.ts';
import { useAccount } from '../../../../lib/hooks/account.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { useBook, useMark } from '../../../../lib/hooks/market.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { editDraft, setPrice, setSize } from '../../../../lib/stores/draftStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Field } from '../../../ui/Field.tsx';
import { notionalHint, priceFault, priceHint, sizeFault } from './Ticket.hints.ts';
import styles from './Ticket.module.css';
import { sizeChoices } from './Ticket.sizes.ts';
import { TicketOptions } from './TicketOptions.tsx';

export interface TicketTermsProps {
  market: MarketView | undefined;
  sizeRef: Ref<HTMLInputElement>;
  priceRef: Ref<HTMLInputElement>;
}

/** The terms of the order: how much, at what price, for how long. */
export function TicketTerms({ market, sizeRef, priceRef }: TicketTermsProps) {
  const draft = useDraft();
  const mark = useMark(market?.instrument ?? -1);
  const isLimit = hasLimit(draft);
  const isTriggered = hasTrigger(draft);
  // Three fields leave room for their digits and nothing else.
  const isTight = isLimit && isTriggered;
  return (
    <>
      <div className={classes(styles.fields, isTight && styles.three)}>
        <Field
          ref={sizeRef}
          label="Quantity"
          unit={isTight ? undefined : market?.underlying}
          hint={isTight ? undefined : notionalHint(draft, market, mark)}
          error={sizeFault(draft, market)}
          inputMode="decimal"
          value={draft.sizeText}
          onChange={(event) => setSize(event.target.value)}
        />
        {isTriggered && (
          <Field
            ref={isLimit ? undefined : priceRef}
            label="Trigger at mark"
            unit={isTight ? undefined : 'USDC'}
            inputMode="decimal"
            value={draft.triggerText}
            error={priceFault(draft.triggerText, market)}
            onChange={(event) => editDraft({ triggerText: event.target.value })}
          />
        )}
        {!isTriggered && !isLimit && (
          <Field ref={priceRef} label="Price" unit="USDC" placeholder="market" disabled value="" />
        )}
        {isLimit && <LimitField market={market} priceRef={priceRef} isTight={isTight} />}
      </div>
      <Choices market={market} />
      <TicketOptions />
    </>
  );
}

function LimitField({
  market,
  priceRef,
  isTight,
}: {
  market: MarketView | undefined;
  priceRef: Ref<HTMLInputElement>;
  isTight: boolean;
}) {
  const draft = useDraft();
  const book = useBook(market?.instrument ?? -1);
  return (
    <Field
      ref={priceRef}
      label="Limit"
      unit={isTight ? undefined : 'USDC'}
      hint={isTight ? undefined : priceHint(draft, market, book)}
      error={priceFault(draft.priceText, market)}
      inputMode="decimal"
      value={draft.priceText}
      onChange={(event) => setPrice(event.target.value)}
    />
  );
}

/** Sizes and prices one press away. A choice that means nothing now cannot be pressed. */
function Choices({ market }: { market: MarketView | undefined }) {
  const instrument = market?.instrument ?? -1;
  const mark = useMark(instrument);
  const book = useBook(instrument);
  const position = useAccount()?.positions.find((held) => held.instrument === instrument);
  const sizes = market === undefined ? [] : sizeChoices(market, mark, position?.lots ?? 0);
  const bid = book?.bids[0]?.[0];
  const ask = book?.asks[0]?.[0];
  const mid = bid === undefined || ask === undefined ? undefined : Math.floor((bid + ask) / 2);
  const prices = Object.entries({ bid, mid, ask });
  return (
    <div className={styles.choices}>
      {sizes.map(({ label, text }) => (
        <Button
          key={label}
          disabled={text === ''}
          onClick={() => setSize(text)}
          aria-label={`Quantity ${label}`}
        >
          {label}
        </Button>
      ))}
      <span className={styles.gap} />
      {prices.map(([label, ticks]) => (
        <Button
          key={label}
          disabled={ticks === undefined || market === undefined}
          onClick={() => ticks !== undefined && market !== undefined && setPrice(priceText(ticks, market))}
          aria-label={`Price at ${label}`}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
