import type { BracketLegView, OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { isArmed } from '../../../../lib/arming/armingStore.ts';
import {
  flattenOperations,
  type HeldPosition,
  halveOperations,
  reverseOperations,
  reverseTitle,
} from '../../../../lib/flatten.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import { bracketLegText, type OrderChange } from '../../../../lib/orderChange.ts';
import { moveOrder, placeAt, requestOperations } from '../../../../lib/orderRequests.ts';
import { draftStore, editDraft } from '../../../../lib/stores/draftStore.ts';
import { addLevel, moveLevel, removeLevel } from '../../../../lib/stores/levelStore.ts';
import { worstPriceNow } from '../../../../lib/worstNow.ts';
import type { ChartLine, LineSubject } from './chartLines.ts';
import { withDraftPrice } from './draftLines.ts';
import { draftOf, orderOf, type PlaceChoice } from './place.ts';

export type Exit = 'half' | 'flat' | 'reverse';

/** What a hand on the chart can do. */
export interface ChartHands {
  /** @returns whether the change was made */
  move: (line: ChartLine, toTicks: number) => Promise<boolean>;
  /** While a line is held. */
  follow: (line: ChartLine, toTicks: number) => void;
  remove: (line: ChartLine) => void;
  exit: (position: PositionView, how: Exit) => void;
  /** Sent when armed and a size was named; else a draft, and true: the quantity is asked next. */
  place: (choice: PlaceChoice, armedSize: string | undefined) => boolean;
  addLevel: (ticks: number) => void;
}

export function chartHands(market: MarketView, account: number): ChartHands {
  const { name } = market;
  return {
    async move(line, toTicks) {
      const { subject } = line;
      if (subject.is === 'level') moveLevel(name, subject.level.id, priceText(toTicks, market));
      const order = orderInHand(subject);
      const change = changeOf(subject, toTicks, market);
      if (order === undefined || change === undefined) return true;
      const end = await moveOrder(order, market, change);
      return end.is === 'answered' && end.answered.results.every(({ status }) => status !== 'refused');
    },
    follow({ subject }, toTicks) {
      if (subject.is !== 'draft') return;
      editDraft(withDraftPrice(draftStore.getState().draft, subject.price.field, toTicks, market));
    },
    remove({ subject }) {
      if (subject.is === 'level') removeLevel(name, subject.level.id);
      if (subject.is === 'draft') editDraft({ [subject.price.field]: '' });
      if (subject.is === 'leg') void moveOrder(subject.entry, market, { [subject.role]: 'none' });
      if (subject.is !== 'order') return;
      const { orderId } = subject.order;
      const operations: OperationWire[] = [{ type: 'CancelOrder', account, orderId }];
      void requestOperations({ operations, title: `Cancel order ${orderId}` });
    },
    exit({ lots }, how) {
      void requestOperations(exits[how]({ account, market, lots }));
    },
    place(choice, armedSize) {
      if (isArmed() && armedSize !== undefined) {
        void placeAt(orderOf(choice, account, market, armedSize, worstPriceNow), market);
        return false;
      }
      editDraft(draftOf(choice, market));
      return true;
    },
    addLevel: (ticks) => addLevel(name, priceText(ticks, market)),
  };
}

const exits: Record<Exit, (held: HeldPosition) => { title: string; operations: OperationWire[] }> = {
  half: (held) => ({ title: `Halve ${held.market.name}`, operations: halveOperations([held]) }),
  flat: (held) => ({ title: `Flatten ${held.market.name}`, operations: flattenOperations([held]) }),
  reverse(held) {
    const operations = reverseOperations(held, worstPriceNow);
    return { title: reverseTitle(held, operations), operations };
  },
};

/** The order that changes when a line is moved: of what an entry will place, the entry. */
export function orderInHand(subject: LineSubject): OrderView | undefined {
  if (subject.is === 'order') return subject.order;
  return subject.is === 'leg' ? subject.entry : undefined;
}

/** What a line at a new price changes of its order; undefined for a line of no order. */
export function changeOf(subject: LineSubject, toTicks: number, market: MarketView): OrderChange | undefined {
  if (subject.is === 'leg')
    return { [subject.role]: bracketLegText(triggerMoved(subject.leg, toTicks), market) };
  if (subject.is !== 'order') return undefined;
  const { order } = subject;
  if (order.state !== 'parked') return { price: priceText(toTicks, market) };
  return bracketLegText(triggerMoved(order, toTicks), market);
}

/** What waits moves with its trigger, and its limit keeps its distance to it. */
function triggerMoved({ priceTicks, triggerTicks }: BracketLegView, toTicks: number): BracketLegView {
  return {
    triggerTicks: toTicks,
    priceTicks: priceTicks === 0 ? 0 : Math.max(1, priceTicks + toTicks - triggerTicks),
  };
}
