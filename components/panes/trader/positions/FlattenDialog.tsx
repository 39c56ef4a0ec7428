'use client';

import { useEffect, useState } from 'react';
import type { AccountView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { placeOrder, withClientId } from '../../../../lib/commands.ts';
import { requestPreview } from '../../../../lib/connection.ts';
import {
  formatAverage,
  formatCount,
  formatMs,
  formatRatio,
  formatSignedUsd,
  formatSize,
  formatUsd,
} from '../../../../lib/format.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { RequestError } from '../../../../lib/http.ts';
import { notify } from '../../../../lib/stores/noticeStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './Positions.module.css';
import { flattenOrder } from './Positions.state.ts';

const AGAIN_MS = 400;

/** Closing a position, with what it would do now before anything is sent. */
export function FlattenDialog({
  account,
  position,
  onClose,
}: {
  account: AccountView;
  position: PositionView;
  onClose: () => void;
}) {
  const market = useMarkets().find((each) => each.instrument === position.instrument);
  const live = account.positions.find((each) => each.instrument === position.instrument);
  const lots = live?.lots ?? 0;
  const order = market && lots !== 0 ? flattenOrder(account.account, { lots }, market) : undefined;
  const { preview, fault } = useFlattenPreview(order && JSON.stringify(order));
  if (market === undefined) return null;
  const isBlocked = order === undefined || preview === undefined || preview.refusal !== undefined;
  const flatten = () => {
    if (order === undefined) return;
    onClose();
    void sendFlatten(order, market.name);
  };
  return (
    <Dialog
      title={`Flatten ${market.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button tone={lots > 0 ? 'down' : 'up'} isBlocked={isBlocked} onClick={flatten}>
            {lots > 0 ? '▼ Sell' : '▲ Buy'} {formatSize(Math.abs(lots), market)} {market.underlying} at market
          </Button>
        </>
      }
    >
      <p role="status">
        {fault ??
          preview?.refusal?.message ??
          (preview ? `Previewed at seq ${formatCount(preview.seq)}.` : 'Asking what it would do.')}
      </p>
      {preview !== undefined && (
        <dl className={styles.effect}>
          <dt>fills</dt>
          <dd>
            {formatSize(preview.filledLots, market)} at{' '}
            {formatAverage(preview.filledNotionalUsd, preview.filledLots, market)}
          </dd>
          <dt>realized</dt>
          <dd>{formatSignedUsd(preview.realizedPnlUsd, 2)}</dd>
          <dt>fee</dt>
          <dd>{formatUsd(preview.feeUsd, 2)}</dd>
          <dt>free collateral</dt>
          <dd>
            {formatUsd(preview.before.freeUsd)} → {formatUsd(preview.after.freeUsd)}
          </dd>
          <dt>MM of equity</dt>
          <dd>
            {formatRatio(preview.before.ratioPpm)} → {formatRatio(preview.after.ratioPpm)}
          </dd>
        </dl>
      )}
    </Dialog>
  );
}

/** @param orderText the order as JSON, so that an equal order is not a new question */
function useFlattenPreview(orderText: string | undefined): {
  preview: PreviewView | undefined;
  fault: string | undefined;
} {
  const [answer, setAnswer] = useState<{ preview?: PreviewView; fault?: string }>({});
  useEffect(() => {
    if (orderText === undefined) return;
    let isOver = false;
    const ask = async () => {
      try {
        const preview = await requestPreview(JSON.parse(orderText));
        if (!isOver) setAnswer({ preview });
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (!isOver) setAnswer({ fault: error.error.message });
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [orderText]);
  return { preview: answer.preview, fault: answer.fault };
}

async function sendFlatten(order: ReturnType<typeof flattenOrder>, marketName: string): Promise<void> {
  const group = `flatten ${marketName}`;
  try {
    const { seq, ackMs, results } = await placeOrder(withClientId(order));
    const [result] = results;
    if (result === undefined || result.status === 'refused') {
      const error = result?.error;
      notify({ group, tone: 'danger', text: `Refused: ${error?.code ?? ''}.`, detail: error?.message ?? '' });
      return;
    }
    const text =
      result.openLots > 0 || result.status === 'partlyFilled'
        ? `${marketName} is only partly flat.`
        : `${marketName} is flat.`;
    notify({
      group,
      tone: 'good',
      text,
      detail: `seq ${formatCount(seq)}, fee ${formatUsd(result.feeUsd, 2)}, ${formatMs(ackMs)}`,
    });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    notify({
      group,
      tone: 'danger',
      text: `Not sent or not answered: ${error.error.code}.`,
      detail: error.error.message,
    });
  }
}
