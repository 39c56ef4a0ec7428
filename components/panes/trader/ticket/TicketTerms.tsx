import type { Ref } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { hasLimit, hasTrigger } from '../../../../lib/draftOrder.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { editDraft, setPrice } from '../../../../lib/stores/draftStore.ts';
import { isAtMarket } from '../../../../lib/worstPrice.ts';
import { classes } from '../../../ui/classes.ts';
import { PriceField } from './PriceField.tsx';
import { SizeField } from './SizeField.tsx';
import styles from './Ticket.module.css';
import { TicketChoices } from './TicketChoices.tsx';
import { TicketOptions } from './TicketOptions.tsx';
import { WorstField } from './WorstField.tsx';

export interface TicketTermsProps {
  market: MarketView | undefined;
  sizeRef: Ref<HTMLInputElement>;
  priceRef: Ref<HTMLInputElement>;
}

/** The terms of the order: how much, at what price, for how long. */
export function TicketTerms({ market, sizeRef, priceRef }: TicketTermsProps) {
  const draft = useDraft();
  const isScale = draft.type === 'scale';
  const isLimit = hasLimit(draft);
  const isTriggered = hasTrigger(draft);
  const isTight = isScale || isTriggered;
  return (
    <>
      <div className={classes(styles.fields, isTight && styles.three)}>
        <SizeField ref={sizeRef} market={market} isTight={isTight} />
        {isTriggered && (
          <PriceField
            ref={isLimit ? undefined : priceRef}
            label="Trigger at mark"
            market={market}
            isTight={isTight}
            typed={draft.triggerText}
            onType={(triggerText) => editDraft({ triggerText })}
          />
        )}
        {isAtMarket(draft.type) && (
          <WorstField ref={isTriggered ? undefined : priceRef} market={market} isTight={isTight} />
        )}
        {(isLimit || isScale) && (
          <PriceField
            ref={priceRef}
            label={isScale ? 'From' : 'Limit'}
            market={market}
            isTight={isTight}
            typed={draft.priceText}
            onType={setPrice}
          />
        )}
        {isScale && (
          <PriceField
            label="To"
            market={market}
            isTight
            typed={draft.toPriceText}
            onType={(toPriceText) => editDraft({ toPriceText })}
          />
        )}
      </div>
      <TicketChoices market={market} />
      <TicketOptions market={market} />
    </>
  );
}
