'use client';

import { useEffect, useRef } from 'react';
import { useDraft } from '../../../../lib/hooks/draft.ts';
import { useMark, useMarket } from '../../../../lib/hooks/market.ts';
import { isolationText } from '../../../../lib/isolation.ts';
import { setSide } from '../../../../lib/stores/draftStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Keycap } from '../../../ui/Keycap.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { useHotkey } from '../../../ui/useHotkey.ts';
import styles from './Ticket.module.css';
import { TicketLog } from './TicketLog.tsx';
import { TicketMessage } from './TicketMessage.tsx';
import { TicketPreview } from './TicketPreview.tsx';
import { TicketTerms } from './TicketTerms.tsx';
import { useTicket } from './useTicket.ts';

const sides = [
  { value: 'buy', label: '▲ Buy', tone: 'up' },
  { value: 'sell', label: '▼ Sell', tone: 'down' },
] as const;

/** Write an order, see what it will do to the whole account, send it. */
export function Ticket({ marketName, scope }: { marketName: string; scope: string }) {
  const market = useMarket(marketName);
  const isolation = useMark(market?.instrument ?? -1)?.isolation;
  const draft = useDraft();
  const ticket = useTicket(market);
  const size = useRef<HTMLInputElement>(null);
  const price = useRef<HTMLInputElement>(null);
  useHotkey('b', () => setSide('buy'));
  useHotkey('s', () => setSide('sell'));
  useHotkey('q', () => size.current?.focus());
  useHotkey('p', () => price.current?.focus());
  useSendKey(ticket.send);

  const isBuy = draft.side === 'buy';
  const { block } = ticket;
  const what = `${isBuy ? 'Buy' : 'Sell'} ${draft.sizeText.trim()} ${market?.underlying ?? ''}`;
  return (
    <Pane title={marketName} aside={<span className={styles.scope}>{scope}</span>} className={styles.pane}>
      <form className={styles.form} aria-label="Order ticket" onSubmit={(event) => event.preventDefault()}>
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
        <TicketPreview market={market} />
        <TicketMessage market={market} state={ticket.state} block={block} />
        <Button
          size="large"
          tone={isBuy ? 'up' : 'down'}
          className={styles.send}
          isBlocked={block !== undefined && block.kind !== 'wait'}
          isPending={block?.kind === 'wait'}
          onClick={ticket.send}
          aria-keyshortcuts="Control+Enter"
        >
          <span>{block === undefined ? what : block.words}</span>
          <Keycap keys={['Ctrl', 'Enter']} />
        </Button>
        <TicketLog />
      </form>
    </Pane>
  );
}

/** Ctrl+Enter sends from anywhere on the page, fields included. */
function useSendKey(send: () => void): void {
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  }, [send]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      // A dialog is somebody else's question.
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
