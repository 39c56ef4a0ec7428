import { useId } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { LegName } from '../../../../lib/bracketInput.ts';
import { contextNow } from '../../../../lib/draftNow.ts';
import { legOf } from '../../../../lib/draftOrder.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { usePacedMark } from '../../../../lib/hooks/market.ts';
import { editDraft } from '../../../../lib/stores/draftStore.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Ticket.module.css';

const names = {
  takeProfit: { short: 'TP', long: 'Take profit', field: 'takeProfitText' },
  stopLoss: { short: 'SL', long: 'Stop loss', field: 'stopLossText' },
} as const;

/** Take-profit or stop of the entry: typed as a percentage or a price, and the other of the two said beside it. */
export function LegField({ leg, market }: { leg: LegName; market: MarketView | undefined }) {
  const draft = useDraft();
  // A market order is entered at the mark, as far as anybody knows.
  usePacedMark(market?.instrument ?? -1);
  const shownId = useId();
  const { short, long, field } = names[leg];
  const reading = market && legOf(draft, leg, contextNow(-1, market));
  const isWrong = reading?.is === 'unreadable';
  return (
    <span className={styles.inline}>
      {short}
      <input
        aria-label={long}
        aria-describedby={shownId}
        aria-invalid={isWrong || undefined}
        title="A percentage from the entry (2%) or a price; a second price behind / is its limit"
        className={classes(isWrong && styles.unread)}
        autoComplete="off"
        placeholder="2%"
        value={draft[field]}
        onChange={(event) => editDraft({ [field]: event.target.value })}
      />
      <span id={shownId} className={styles.shown}>
        {reading?.is === 'leg' ? reading.shown : isWrong ? 'no price' : ''}
      </span>
    </span>
  );
}
