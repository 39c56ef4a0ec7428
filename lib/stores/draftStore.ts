import { createStore } from 'zustand/vanilla';
import type { OrderTypeName, SelfTradeName, SideName, TimeInForceName } from '../../engine/protocol/enums.ts';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { PreviewView } from '../../engine/protocol/views/preview.ts';

/** A scale is several limit orders in one command. */
export type DraftType = OrderTypeName | 'scale';

/** The order being written. Text as typed: a half-written number is not a number yet. */
export interface Draft {
  side: SideName;
  type: DraftType;
  sizeText: string;
  priceText: string;
  triggerText: string;
  /** The worst price of an order at market; empty for none, undefined until it is written: then the default stands. */
  worstText: string | undefined;
  timeInForce: TimeInForceName;
  /** Minutes a GTT order lives. */
  lifeMinutesText: string;
  isPostOnly: boolean;
  isReduceOnly: boolean;
  selfTrade: SelfTradeName;
  /** What closes its fills: a percentage from the entry or a price; empty for none. */
  takeProfitText: string;
  stopLossText: string;
  /** Of a scale: its last price, how many orders, and the last size ÷ the first. */
  toPriceText: string;
  countText: string;
  ratioText: string;
}

/** What the follower said the draft would do; `failed` carries the door's own sentence. */
export type PreviewState =
  | { state: 'none' }
  | { state: 'asking' }
  | { state: 'known'; preview: PreviewView; receivedMs: number; isCurrent: boolean }
  | { state: 'failed'; error: ErrorView };

/** The largest size that passes. */
export interface Most {
  lots: number;
  /** What it was asked for: the draft without its size. */
  terms: string;
  /** What one lot more is told; undefined where it would pass and close no more, as of a reduce-only order. */
  beyond: string | undefined;
}

interface DraftStore {
  /** Instrument the draft is for; NO_MARKET before one is open. */
  instrument: number;
  draft: Draft;
  preview: PreviewState;
  most: Most | undefined;
}

const emptyDraft: Draft = {
  side: 'buy',
  type: 'limit',
  sizeText: '',
  priceText: '',
  triggerText: '',
  worstText: undefined,
  timeInForce: 'gtc',
  lifeMinutesText: '60',
  isPostOnly: false,
  isReduceOnly: false,
  selfTrade: 'expireTaker',
  takeProfitText: '',
  stopLossText: '',
  toPriceText: '',
  countText: '5',
  ratioText: '1',
};

const NO_MARKET = -1;

export const draftStore = createStore<DraftStore>()(() => ({
  instrument: NO_MARKET,
  draft: emptyDraft,
  preview: { state: 'none' },
  most: undefined,
}));

/**
 * Changes some terms. The preview shown keeps its numbers and is marked as not of this draft any more. A worst price
 * is of the type it was written for.
 */
export function editDraft(change: Partial<Draft>): void {
  draftStore.setState(({ draft, preview }) => ({
    draft: { ...draft, ...(change.type !== undefined && { worstText: undefined }), ...change },
    preview: preview.state === 'known' ? { ...preview, isCurrent: false } : preview,
  }));
}

/**
 * Another market: the terms stay, prices and sizes of the old one do not. What was written before the first market
 * was known is meant for it.
 */
export function openDraft(instrument: number): void {
  const before = draftStore.getState().instrument;
  if (before === instrument) return;
  if (before === NO_MARKET) {
    draftStore.setState({ instrument });
    return;
  }
  draftStore.setState(({ draft }) => ({
    instrument,
    draft: {
      ...draft,
      sizeText: '',
      priceText: '',
      triggerText: '',
      worstText: undefined,
      toPriceText: '',
      takeProfitText: '',
      stopLossText: '',
    },
    preview: { state: 'none' },
    most: undefined,
  }));
}

export function setPreview(preview: PreviewState): void {
  draftStore.setState({ preview });
}

export function setMost(most: Most): void {
  draftStore.setState({ most });
}

/** A price picked on the ladder or the chart: a market order becomes a limit order there. */
export function setPrice(priceText: string): void {
  const { type } = draftStore.getState().draft;
  editDraft({ priceText, type: type === 'market' ? 'limit' : type });
}

export function setSide(side: SideName): void {
  editDraft({ side });
}

export function setSize(sizeText: string): void {
  editDraft({ sizeText });
}
