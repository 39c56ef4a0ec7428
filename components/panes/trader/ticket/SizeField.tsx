import type { Ref } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { contextNow } from '../../../../lib/draftNow.ts';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { usePacedMark } from '../../../../lib/hooks/market.ts';
import { setSize } from '../../../../lib/stores/draftStore.ts';
import { Field } from '../../../ui/Field.tsx';
import { sizeFault, sizeHint, sizeReading } from './Ticket.hints.ts';

export interface SizeFieldProps {
  market: MarketView | undefined;
  isTight: boolean;
  ref: Ref<HTMLInputElement>;
}

/** How much: coins, money or a share. Money and shares become coins when the field is left. */
export function SizeField({ market, isTight, ref }: SizeFieldProps) {
  const draft = useDraft();
  const account = useSelectedAccount()?.account ?? -1;
  // What the size is worth follows the mark.
  usePacedMark(market?.instrument ?? -1);
  const context = market && contextNow(account, market);
  const settle = () => {
    if (context === undefined) return;
    const { size } = sizeReading(draft, context);
    if (size.is === 'decimal' && size.isComputed) setSize(size.text);
  };
  return (
    <Field
      ref={ref}
      label="Quantity"
      unit={isTight ? undefined : market?.underlying}
      hint={isTight || context === undefined ? undefined : sizeHint(draft, context)}
      error={context && sizeFault(draft, context)}
      value={draft.sizeText}
      onChange={(event) => setSize(event.target.value)}
      onBlur={settle}
    />
  );
}
