'use client';

import { useRef } from 'react';
import { useArming } from '../../../../lib/hooks/arming.ts';
import { useDraft, usePreview } from '../../../../lib/hooks/draft.ts';
import { useListening } from '../../../../lib/hooks/listening.ts';
import { useIsolation, useMarket } from '../../../../lib/hooks/market.ts';
import { usePastBlock } from '../../../../lib/hooks/past.ts';
import { isolationText } from '../../../../lib/isolation.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { setSide } from '../../../../lib/stores/draftStore.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { useAction } from '../../../ui/useAction.ts';
import { WhySource } from '../../../ui/Why.tsx';
import { PreviewSaid } from './PreviewSaid.tsx';
import styles from './Ticket.module.css';
import { TicketLimits } from './TicketLimits.tsx';
import { TicketLog } from './TicketLog.tsx';
import { TicketMessage } from './TicketMessage.tsx';
import { TicketPreview } from './TicketPreview.tsx';
import { TicketTerms } from './TicketTerms.tsx';
import { useLimits } from './useLimits.ts';
import { useTicket } from './useTicket.ts';

const sides = [
  { value: 'buy', label: '▲ Buy', tone: 'up' },
  { value: 'sell', label: '▼ Sell', tone: 'down' },
] as const;

/** Write an order, see what it will do to the whole account, send it. */
export function Ticket({ marketName, scope }: { marketName: string; scope: string }) {
  const market = useMarket(marketName);
  const isolation = useIsolation(market?.instrument ?? -1);
  const draft = useDraft();
  const isListening = useListening();
  const pastBlock = usePastBlock();
  const ticket = useTicket(market);
  const size = useRef<HTMLInputElement>(null);
  const price = useRef<HTMLInputElement>(null);
  useAction('ticket.buy', () => setSide('buy'));
  useAction('ticket.sell', () => setSide('sell'));
  useAction('ticket.size', () => size.current?.focus());
  useAction('ticket.price', () => price.current?.focus());
  useAction('ticket.send', ticket.send);

  const isBuy = draft.side === 'buy';
  const { block } = ticket;
  const { isArmed } = useArming();
  const words = isArmed
    ? `${isBuy ? 'Buy' : 'Sell'}${ticket.what.slice(draft.side.length)}`
    : `Review ${ticket.what}`;
  return (
    <Pane
      title={marketName}
      aside={<span className={styles.scope}>{scope}</span>}
      actions={
        <Badge tone={isArmed ? 'warn' : 'plain'} isFilled={isArmed}>
          {isArmed ? 'ARMED' : 'SAFE'}
        </Badge>
      }
      className={styles.pane}
    >
      <form className={styles.form} aria-label="Order ticket" onSubmit={(event) => event.preventDefault()}>
        <fieldset
          className={styles.terms}
          disabled={!isListening || pastBlock !== undefined}
          title={pastBlock}
        >
          <legend className="visually-hidden">Terms</legend>
          <Segmented
            label="Side"
            value={draft.side}
            options={sides}
            onPick={setSide}
            className={styles.sides}
          />
          {market !== undefined && isolation && (
            <p className={styles.isolated}>{isolationText(market.underlying, isolation)}</p>
          )}
          <TicketTerms market={market} sizeRef={size} priceRef={price} />
        </fieldset>
        <div className={styles.middle}>
          <TicketPreview market={market} operation={ticket.operation} />
          <TicketMessage market={market} state={ticket.state} block={block} />
          <Limits market={market} operation={ticket.operation} />
        </div>
        <Button
          size="large"
          tone={isBuy ? 'up' : 'down'}
          className={styles.send}
          isBlocked={block !== undefined && block.kind !== 'wait'}
          isPending={block?.kind === 'wait'}
          onClick={ticket.send}
          aria-keyshortcuts="Control+Enter"
        >
          <span>{block === undefined ? words : block.words}</span>
          <ActionKeys id="ticket.send" />
        </Button>
        <TicketLog />
      </form>
      <PreviewSaid market={market} operation={ticket.operation} />
    </Pane>
  );
}

/** On its own: a preview that is answered draws the limits and nothing else of the ticket. */
function Limits({ market, operation }: Parameters<typeof useLimits>[0]) {
  const preview = usePreview();
  const readings = useLimits({ market, operation });
  const source = preview.state === 'known' ? sourceText(preview.preview.seq, preview.preview.timeMs) : '';
  return (
    <WhySource value={source}>
      <TicketLimits readings={readings} />
    </WhySource>
  );
}
