import { formatTime } from '../../../../lib/format.ts';
import type { PendingOrder } from '../../../../lib/stores/accountStore.ts';
import { Cell, Row } from '../../../ui/Table.tsx';
import styles from './Orders.module.css';
import { typeText } from './Orders.state.ts';

const stateWords: Record<PendingOrder['state'], string> = {
  sent: 'sent',
  late: 'no answer yet',
  acknowledged: 'accepted',
};

/** An order on its way: dashed until the engine answered, because until then it is a wish. */
export function PendingLine({ pending: { order, sentMs, state } }: { pending: PendingOrder }) {
  return (
    <Row kind={state === 'acknowledged' ? 'plain' : 'pending'} data-pending={state}>
      <Cell align="left">{formatTime(sentMs)}</Cell>
      <Cell align="left">{order.instrument}</Cell>
      <Cell align="left" className={order.side === 'buy' ? styles.buy : styles.sell}>
        {order.side === 'buy' ? '▲ buy' : '▼ sell'}
      </Cell>
      <Cell align="left">{typeText(order)}</Cell>
      <Cell align="left">{(order.timeInForce ?? '').toUpperCase()}</Cell>
      <Cell>{order.size}</Cell>
      <Cell />
      <Cell>{order.price ?? order.triggerPrice ?? 'market'}</Cell>
      <Cell />
      <Cell />
      <Cell align="left">{stateWords[state]}</Cell>
      <Cell />
    </Row>
  );
}
