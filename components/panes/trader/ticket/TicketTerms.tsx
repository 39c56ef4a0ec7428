import type { Ref } from 'react';
import type { OrderTypeName, TimeInForceName } from '../../../../engine/protocol/enums.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { hasLimit, hasTrigger } from '../../../../lib/draftOrder.ts';
import { useAccount } from '../../../../lib/hooks/account.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { useBook, useMark } from '../../../../lib/hooks/market.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { editDraft, setPrice, setSize } from '../../../../lib/stores/draftStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import { notionalHint, priceFault, priceHint, sizeFault } from './Ticket.hints.ts';
import styles from './Ticket.module.css';
import { sizeChoices } from './Ticket.sizes.ts';

const types: { value: OrderTypeName; label: string }[] = [
  { value: 'limit', label: 'Limit' },
  { value: 'market', label: 'Market' },
  { value: 'stopMarket', label: 'Stop market' },
  { value: 'stopLimit', label: 'Stop limit' },
  { value: 'takeMarket', label: 'Take market' },
  { value: 'takeLimit', label: 'Take limit' },
];

const lives: { value: TimeInForceName; label: string }[] = [
  { value: 'gtc', label: 'GTC' },
  { value: 'ioc', label: 'IOC' },
  { value: 'fok', label: 'FOK' },
  { value: 'gtt', label: 'GTT' },
];

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
  return (
    <>
      <div className={styles.pair}>
        <Field
          ref={sizeRef}
          label="Quantity"
          unit={market?.underlying}
          hint={notionalHint(draft, market, mark)}
          error={sizeFault(draft, market)}
          inputMode="decimal"
          value={draft.sizeText}
          onChange={(event) => setSize(event.target.value)}
        />
        <PriceField market={market} priceRef={priceRef} />
      </div>
      {hasTrigger(draft) && (
        <div className={styles.pair}>
          <Field
            label="Trigger at mark"
            unit="USDC"
            inputMode="decimal"
            value={draft.triggerText}
            error={priceFault(draft.triggerText, market)}
            onChange={(event) => editDraft({ triggerText: event.target.value })}
          />
        </div>
      )}
      <Choices market={market} />
      <div className={styles.options}>
        <Select
          label="Order type"
          isLabelHidden
          value={draft.type}
          options={types}
          onPick={(type) => editDraft({ type })}
        />
        <Select
          label="Time in force"
          isLabelHidden
          value={draft.timeInForce}
          options={lives}
          disabled={!isLimit}
          onPick={(timeInForce) => editDraft({ timeInForce })}
        />
        {isLimit && draft.timeInForce === 'gtt' && (
          <label className={styles.life}>
            <input
              value={draft.lifeMinutesText}
              inputMode="numeric"
              onChange={(event) => editDraft({ lifeMinutesText: event.target.value })}
            />
            min
          </label>
        )}
        <Toggle
          isOn={isLimit && draft.isPostOnly}
          disabled={!isLimit}
          onToggle={(isPostOnly) => editDraft({ isPostOnly })}
        >
          post
        </Toggle>
        <Toggle isOn={draft.isReduceOnly} onToggle={(isReduceOnly) => editDraft({ isReduceOnly })}>
          reduce
        </Toggle>
      </div>
    </>
  );
}

function PriceField({
  market,
  priceRef,
}: {
  market: MarketView | undefined;
  priceRef: Ref<HTMLInputElement>;
}) {
  const draft = useDraft();
  const book = useBook(market?.instrument ?? -1);
  const isLimit = hasLimit(draft);
  return (
    <Field
      ref={priceRef}
      label={isLimit ? 'Limit' : 'Price'}
      unit="USDC"
      hint={isLimit ? priceHint(draft, market, book) : undefined}
      error={isLimit ? priceFault(draft.priceText, market) : undefined}
      inputMode="decimal"
      placeholder={isLimit ? undefined : 'market'}
      disabled={!isLimit}
      value={isLimit ? draft.priceText : ''}
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
