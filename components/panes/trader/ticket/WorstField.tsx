import type { KeyboardEvent, Ref } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { contextNow } from '../../../../lib/draftNow.ts';
import { worstTextOf } from '../../../../lib/draftOrder.ts';
import { formatPercent } from '../../../../lib/format.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { usePacedMark } from '../../../../lib/hooks/market.ts';
import { useSettings } from '../../../../lib/settings/settingsStore.ts';
import { editDraft } from '../../../../lib/stores/draftStore.ts';
import { Field } from '../../../ui/Field.tsx';
import { steppedWorst, worstFault, worstHint } from './Ticket.worst.ts';

export interface WorstFieldProps {
  market: MarketView | undefined;
  /** Three fields leave room for their digits and nothing else. */
  isTight: boolean;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** Ten with Shift, as in every number field. */
const STEP_FAR = 10;

/**
 * The worst price an order at market may pay: a distance (`1%`) or a price, a step further with each arrow. Empty, only
 * the engine's band holds it.
 */
export function WorstField({ market, isTight, ref }: WorstFieldProps) {
  const draft = useDraft();
  const { tolerancePercent } = useSettings().slippage;
  // A distance is measured from it.
  usePacedMark(market?.instrument ?? -1);
  const context = market && contextNow(-1, market);
  const typed = market === undefined ? '' : worstTextOf(draft, market, tolerancePercent);
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || context === undefined) return;
    event.preventDefault();
    const worstText = steppedWorst(typed, direction * (event.shiftKey ? STEP_FAR : 1), context);
    if (worstText !== undefined) editDraft({ worstText });
  };
  return (
    <Field
      ref={ref}
      label={isTight ? 'Worst' : 'Worst price'}
      aria-label="Worst price"
      title="The worst price it may pay: a distance (1%) or a price; empty: as far as the engine's band"
      unit={isTight || typed.includes('%') ? undefined : 'USDC'}
      hint={isTight || context === undefined ? undefined : worstHint(draft, context)}
      error={context && worstFault(draft, context)}
      placeholder={market && `none, band ${formatPercent(market.bandPpm, 0)}`}
      value={typed}
      onChange={(event) => editDraft({ worstText: event.target.value })}
      onKeyDown={step}
    />
  );
}
