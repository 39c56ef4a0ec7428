import type { OrderTypeName, TimeInForceName } from '../../../../engine/protocol/enums.ts';
import { hasLimit } from '../../../../lib/draftOrder.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { editDraft } from '../../../../lib/stores/draftStore.ts';
import { Select } from '../../../ui/Select.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import styles from './Ticket.module.css';

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

/** What kind of order, how long it lives, and what it must not do. */
export function TicketOptions() {
  const draft = useDraft();
  const isLimit = hasLimit(draft);
  return (
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
        // What the book cannot fill of a market order is cancelled at once.
        value={isLimit ? draft.timeInForce : 'ioc'}
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
  );
}
