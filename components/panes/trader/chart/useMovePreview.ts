import { useEffect, useRef, useState } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewView } from '../../../../engine/protocol/views/preview.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { requestOperationsPreview } from '../../../../lib/connection.ts';
import { RequestError } from '../../../../lib/http.ts';
import { changeOf, orderInHand } from './chartHands.ts';
import type { ChartLine } from './chartLines.ts';
import type { Drag } from './drag.ts';

interface Answer {
  key: string;
  toTicks: number;
  preview: PreviewView;
}

/**
 * What the engine would say to an order dropped where it is held. One question at a time: a hand is faster than the
 * wire, so the last place is asked about and those between are not.
 */
export function useMovePreview(
  drag: Drag,
  lines: readonly ChartLine[],
  market: MarketView,
): PreviewView | undefined {
  const [answer, setAnswer] = useState<Answer>();
  const wanted = useRef<{ key: string; toTicks: number; operation: OperationWire }>(undefined);
  const isAsking = useRef(false);
  const operation = amendmentInHand(drag, lines, market);
  const [key, toTicks] = drag.tag === 'carried' ? [drag.key, drag.toTicks] : ['', 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the operation is made of the key and the price.
  useEffect(() => {
    wanted.current = operation && { key, toTicks, operation };
    const ask = async () => {
      const asked = wanted.current;
      if (asked === undefined || isAsking.current) return;
      isAsking.current = true;
      const preview = await requestOperationsPreview([asked.operation]).catch(silence);
      isAsking.current = false;
      if (wanted.current?.key === asked.key && preview !== undefined)
        setAnswer({ key: asked.key, toTicks: asked.toTicks, preview });
      if (wanted.current !== asked) void ask();
    };
    void ask();
  }, [key, toTicks]);
  return answer?.key === key && answer.toTicks === toTicks ? answer.preview : undefined;
}

/** No answer is no judgement: the review, or the engine itself, still speaks before anything is done. */
function silence(error: unknown): undefined {
  if (!(error instanceof RequestError)) throw error;
  return undefined;
}

function amendmentInHand(
  drag: Drag,
  lines: readonly ChartLine[],
  market: MarketView,
): OperationWire | undefined {
  if (drag.tag !== 'carried' || drag.toTicks === drag.fromTicks) return undefined;
  const subject = lines.find((line) => line.key === drag.key)?.subject;
  const order = subject && orderInHand(subject);
  if (subject === undefined || order === undefined) return undefined;
  const { account, orderId } = order;
  const change = changeOf(subject, drag.toTicks, market);
  return { type: 'AmendOrder', account, instrument: market.name, orderId, ...change };
}
