import { type KeyboardEvent, useState } from 'react';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSize, formatTime } from '../../../../lib/format.ts';
import { useMark } from '../../../../lib/hooks/market.ts';
import { Button } from '../../../ui/Button.tsx';
import { Cell, Row } from '../../../ui/Table.tsx';
import styles from './Orders.module.css';
import {
  type AmendDraft,
  amendDraftOf,
  amendmentOf,
  fromMarkText,
  queueText,
  termsText,
  typeText,
} from './Orders.state.ts';
import { amendOrder, cancelOrder } from './orderActions.ts';

export interface OrderLineProps {
  order: OrderView;
  market: MarketView;
  isGone: boolean;
  mayTrade: boolean;
}

export function OrderLine({ order, market, isGone, mayTrade }: OrderLineProps) {
  const [edited, setEdited] = useState<AmendDraft>();
  const [busy, setBusy] = useState<'amend' | 'cancel'>();
  const mark = useMark(order.instrument);
  const amendment = edited && amendmentOf(order, market, edited);

  const cancel = async () => {
    setBusy('cancel');
    await cancelOrder(order.account, order.orderId);
    setBusy(undefined);
  };
  const amend = async () => {
    if (amendment === undefined) return;
    setBusy('amend');
    if (await amendOrder(order.orderId, amendment)) setEdited(undefined);
    setBusy(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setEdited(undefined);
    if (event.key !== 'Enter' || event.ctrlKey || edited === undefined) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void amend();
  };
  const edit = (change: Partial<AmendDraft>) => edited && setEdited({ ...edited, ...change });
  const price = formatPrice(order.priceTicks > 0 ? order.priceTicks : order.triggerTicks, market);
  return (
    <Row kind={edited === undefined ? 'plain' : 'marked'} onKeyDown={onKeyDown} data-order={order.orderId}>
      <Cell align="left">{formatTime(order.acceptedMs)}</Cell>
      <Cell align="left" isStrong>
        {market.name}
      </Cell>
      <Cell align="left" className={order.side === 'buy' ? styles.buy : styles.sell}>
        {order.side === 'buy' ? '▲ buy' : '▼ sell'}
      </Cell>
      <Cell align="left">{typeText(order)}</Cell>
      <Cell align="left">{termsText(order)}</Cell>
      <Cell isStrong>
        {edited === undefined ? (
          formatSize(order.openLots, market)
        ) : (
          <AmendInput label="New size" value={edited.sizeText} onEdit={(sizeText) => edit({ sizeText })} />
        )}
      </Cell>
      <Cell>{formatSize(order.sizeLots - order.openLots, market)}</Cell>
      <Cell isStrong>
        {edited === undefined ? (
          price
        ) : (
          <AmendInput
            label="New price"
            value={edited.priceText}
            onEdit={(priceText) => edit({ priceText })}
            isFirst
          />
        )}
      </Cell>
      <Cell>{fromMarkText(order, market, mark?.markUsdPerLot)}</Cell>
      <Cell align="left">{queueText(order, market)}</Cell>
      <Cell align="left">
        {isGone ? 'finished' : edited ? 'amending' : order.state === 'parked' ? 'parked' : 'working'}
      </Cell>
      <Cell className={styles.actions}>
        {mayTrade && !isGone && edited === undefined && (
          <Button
            size="row"
            onClick={() => setEdited(amendDraftOf(order, market))}
            aria-label={`Amend order ${order.orderId}`}
          >
            amend
          </Button>
        )}
        {edited !== undefined && (
          <Button
            size="row"
            disabled={amendment === undefined}
            isPending={busy === 'amend'}
            onClick={amend}
            aria-label={`Send amendment of order ${order.orderId}`}
          >
            send
          </Button>
        )}
        {mayTrade && !isGone && (
          <Button
            size="row"
            isPending={busy === 'cancel'}
            onClick={cancel}
            aria-label={`Cancel order ${order.orderId}`}
          >
            cancel
          </Button>
        )}
      </Cell>
    </Row>
  );
}

interface AmendInputProps {
  label: string;
  value: string;
  onEdit: (text: string) => void;
  isFirst?: boolean;
}

function AmendInput({ label, value, onEdit, isFirst = false }: AmendInputProps) {
  return (
    <input
      className={styles.input}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      value={value}
      // biome-ignore lint/a11y/noAutofocus: the person asked to amend; the price is what they change.
      autoFocus={isFirst}
      onFocus={(event) => event.target.select()}
      onChange={(event) => onEdit(event.target.value)}
    />
  );
}
