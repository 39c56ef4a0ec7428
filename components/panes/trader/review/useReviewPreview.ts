import { useEffect, useState } from 'react';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { decodedCommand } from '../../../../lib/confirmation/confirmation.ts';
import { requestOperationsPreview } from '../../../../lib/connection.ts';
import { RequestError } from '../../../../lib/http.ts';

/** As often as the market moves under a dialog that is being read. */
const AGAIN_MS = 500;

export interface ReviewPreview {
  /** The engine's copy can say what these operations do. */
  isAsked: boolean;
  preview: PreviewView | undefined;
  /** Why there is none. */
  fault: string | undefined;
}

/** What the reviewed text would do now, asked again while it is looked at. */
export function useReviewPreview(text: string): ReviewPreview {
  const [answer, setAnswer] = useState<Omit<ReviewPreview, 'isAsked'>>({
    preview: undefined,
    fault: undefined,
  });
  const isAsked = previewable(text) !== undefined;
  useEffect(() => {
    const operations = previewable(text);
    if (operations === undefined) return;
    let isOver = false;
    const ask = async () => {
      try {
        const preview = await requestOperationsPreview(operations);
        if (!isOver) setAnswer({ preview, fault: undefined });
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        const fault = error.error.message;
        if (!isOver) setAnswer((before) => ({ ...before, fault }));
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [text]);
  return { isAsked, ...answer };
}

/** Orders of one account can be tried on a copy; money and authority cannot. */
function previewable(text: string): OperationWire[] | undefined {
  const { operations } = decodedCommand(text);
  const accounts = new Set(operations.map(accountOf));
  return accounts.size === 1 && !accounts.has(undefined) ? operations : undefined;
}

function accountOf(operation: OperationWire): number | undefined {
  if (operation.type === 'PlaceOrder') return operation.order.account;
  if (operation.type === 'PlaceScale') return operation.scale.account;
  return operation.type === 'AmendOrder' ? operation.account : undefined;
}
