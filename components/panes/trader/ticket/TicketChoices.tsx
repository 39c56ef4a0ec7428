import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { BookFrame } from '../../../../lib/feed/bookFrame.ts';
import { useAccount } from '../../../../lib/hooks/account.ts';
import { useMost } from '../../../../lib/hooks/draft.ts';
import { latestBook, usePacedBook } from '../../../../lib/hooks/market.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { useSettings } from '../../../../lib/settings/settingsStore.ts';
import { setPrice, setSize } from '../../../../lib/stores/draftStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import styles from './Ticket.module.css';
import { type SizeChoice, sizeChoices, whyMost } from './Ticket.sizes.ts';

const priceLabels = ['bid', 'mid', 'ask'] as const;
type PriceLabel = (typeof priceLabels)[number];

/** Sizes and prices one press away. A choice that means nothing now cannot be pressed. */
export function TicketChoices({ market }: { market: MarketView | undefined }) {
  const instrument = market?.instrument ?? -1;
  const most = useMost();
  const { sizePresets } = useSettings();
  const position = useAccount()?.positions.find((held) => held.instrument === instrument);
  const sizes = market === undefined ? [] : sizeChoices(market, sizePresets, position?.lots ?? 0, most?.lots);
  const prices = pricesOf(usePacedBook(instrument));
  const pick = (label: PriceLabel) => {
    const ticks = pricesOf(latestBook(instrument))[label];
    if (ticks !== undefined && market !== undefined) setPrice(priceText(ticks, market));
  };
  return (
    <div className={styles.choices}>
      {sizes.map((choice) =>
        choice.name === 'max' ? (
          <Tooltip key="max" words={whyMost(most)}>
            <SizeButton {...choice} />
          </Tooltip>
        ) : (
          <SizeButton key={choice.name} {...choice} />
        ),
      )}
      <span className={styles.gap} />
      {priceLabels.map((label) => (
        <Button
          key={label}
          disabled={prices[label] === undefined || market === undefined}
          onClick={() => pick(label)}
          aria-label={`Price at ${label}`}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

function SizeButton({ label, name: _, text, ...described }: SizeChoice & { 'aria-describedby'?: string }) {
  return (
    <Button
      {...described}
      disabled={text === ''}
      onClick={() => setSize(text)}
      aria-label={`Quantity ${label}`}
    >
      {label}
    </Button>
  );
}

function pricesOf(book: BookFrame | undefined): Record<PriceLabel, number | undefined> {
  const bid = book?.bids[0]?.[0];
  const ask = book?.asks[0]?.[0];
  return { bid, mid: bid === undefined || ask === undefined ? undefined : Math.floor((bid + ask) / 2), ask };
}
