import type { SelfTradeName, TimeInForceName } from '../../../../engine/protocol/enums.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { hasBracket, hasLimit } from '../../../../lib/draftOrder.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { type DraftType, editDraft } from '../../../../lib/stores/draftStore.ts';
import { Select } from '../../../ui/Select.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import { InlineNumber } from './InlineNumber.tsx';
import { LegField } from './LegField.tsx';
import styles from './Ticket.module.css';

const types: { value: DraftType; label: string }[] = [
  { value: 'limit', label: 'Limit' },
  { value: 'market', label: 'Market' },
  { value: 'stopMarket', label: 'Stop market' },
  { value: 'stopLimit', label: 'Stop limit' },
  { value: 'takeMarket', label: 'Take market' },
  { value: 'takeLimit', label: 'Take limit' },
  { value: 'scale', label: 'Scale' },
];

const lives: { value: TimeInForceName; label: string }[] = [
  { value: 'gtc', label: 'GTC' },
  { value: 'ioc', label: 'IOC' },
  { value: 'fok', label: 'FOK' },
  { value: 'gtt', label: 'GTT' },
];

/** What happens when it meets an order of the same firm. */
const selfTrades: { value: SelfTradeName; label: string }[] = [
  { value: 'expireTaker', label: 'STP this' },
  { value: 'expireMaker', label: 'STP resting' },
  { value: 'expireBoth', label: 'STP both' },
];

/** What kind of order, how long it lives, what it must not do, and what closes it. */
export function TicketOptions({ market }: { market: MarketView | undefined }) {
  const draft = useDraft();
  const isLimit = hasLimit(draft);
  const isScale = draft.type === 'scale';
  return (
    <>
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
          // What the book cannot fill of a market order is cancelled at once; the orders of a scale rest.
          value={isLimit ? draft.timeInForce : isScale ? 'gtc' : 'ioc'}
          options={lives}
          disabled={!isLimit}
          onPick={(timeInForce) => editDraft({ timeInForce })}
        />
        {isLimit && draft.timeInForce === 'gtt' && (
          <InlineNumber
            name="Minutes it lives"
            after="min"
            typed={draft.lifeMinutesText}
            onType={(lifeMinutesText) => editDraft({ lifeMinutesText })}
          />
        )}
        <span className={styles.space} />
        <Select
          label="Meeting an own order cancels"
          title="Self-trade prevention: which order goes when it meets one of the same firm"
          isLabelHidden
          value={draft.selfTrade}
          options={selfTrades}
          onPick={(selfTrade) => editDraft({ selfTrade })}
        />
      </div>
      <div className={styles.options}>
        <Toggle
          isOn={(isLimit || isScale) && draft.isPostOnly}
          disabled={!isLimit && !isScale}
          onToggle={(isPostOnly) => editDraft({ isPostOnly })}
        >
          post
        </Toggle>
        <Toggle isOn={draft.isReduceOnly} onToggle={(isReduceOnly) => editDraft({ isReduceOnly })}>
          reduce
        </Toggle>
        <span className={styles.space} />
        {isScale && <ScaleNumbers />}
        {hasBracket(draft) && <LegField leg="takeProfit" market={market} />}
        {hasBracket(draft) && <LegField leg="stopLoss" market={market} />}
      </div>
    </>
  );
}

function ScaleNumbers() {
  const { countText, ratioText } = useDraft();
  return (
    <>
      <InlineNumber
        name="Orders"
        before="orders"
        typed={countText}
        onType={(text) => editDraft({ countText: text })}
      />
      <InlineNumber
        name="Last size ÷ first"
        before="last ÷ first"
        typed={ratioText}
        onType={(text) => editDraft({ ratioText: text })}
      />
    </>
  );
}
