import type { Action, MarginCallLevel } from '../../engine/protocol/commands/actions.ts';
import type { NettingWindowView } from '../../engine/protocol/views/firm.ts';
import type { AssetView, MarketView } from '../../engine/protocol/views/market.ts';
import { parseDecimal } from '../../engine/units/decimal.ts';
import { lotsOf, readNumber } from '../numberInput.ts';
import { readAgreedPrice } from './agreedPrice.ts';
import { areSameLimits, type LimitDraft, readLimits } from './limitDraft.ts';
import { type OutflowDraft, readOutflow } from './outflowDraft.ts';
import { clockWords } from './words.ts';

/** A change of the desk as a person is about to ask for it: places picked, amounts as they were typed. */
export type ChangeDraft =
  | { kind: 'MoveNode'; node: number; parent: number | undefined }
  | PortDraft
  | { kind: 'Transfer'; from: number; to: number | undefined; asset: string; typed: string }
  | { kind: 'OpenNode'; parent: number; label: string; isAccount: boolean }
  | { kind: 'RenameNode'; node: number; label: string }
  | { kind: 'TagNode'; node: number; typed: string }
  | { kind: 'SetNodeState'; node: number; state: 'normal' | 'reduceOnly' | 'frozen' }
  | LimitDraft
  | { kind: 'SetMarginCalls'; node: number; levels: readonly CallDraft[] }
  | { kind: 'Flatten'; node: number; typed: string }
  | { kind: 'ArchiveNode'; node: number }
  | { kind: 'NetPositions'; node: number; instrument: number | undefined }
  | NettingWindowDraft
  | { kind: 'SetSegregation'; account: number; isSegregated: boolean }
  | OutflowDraft;

/** A position on its way; `typedPrice` left out or empty: at the mark of the moment it is done. */
export interface PortDraft {
  kind: 'PortPosition';
  from: number;
  to: number | undefined;
  instrument: number;
  typed: string;
  typedPrice?: string;
}

/** When positions below a group are to be crossed; `typedStart` is a time of the UTC day. */
export interface NettingWindowDraft {
  kind: 'SetNettingWindow';
  node: number;
  /** As it is; null: never. */
  window: NettingWindowView | null;
  /** 0: never. */
  everyMinutes: number;
  typedStart: string;
}

/** A level of margin calls as it is being written; `typed` is maintenance margin in percent of equity. */
export interface CallDraft extends Pick<MarginCallLevel, 'roles' | 'prepare'> {
  typed: string;
}

export type ChangeKind = ChangeDraft['kind'];

/** What numbers are read by. */
export interface ChangeNames {
  markets: readonly MarketView[];
  assets: readonly AssetView[];
}

/** The action a draft asks for, or what is still missing, as a sentence. */
export type ReadChange = { action: Action } | { missing: string };

export function readChange(draft: ChangeDraft, names: ChangeNames): ReadChange {
  switch (draft.kind) {
    case 'MoveNode':
      return draft.parent === undefined
        ? { missing: 'Choose the group it goes to.' }
        : { action: { ...draft, parent: draft.parent } };
    case 'PortPosition':
      return readPort(draft, names);
    case 'Transfer':
      return readTransfer(draft, names);
    case 'OpenNode':
    case 'RenameNode': {
      const label = draft.label.trim();
      return label === '' ? { missing: 'Write a name.' } : { action: { ...draft, label } };
    }
    case 'TagNode': {
      const { kind, node, typed } = draft;
      const tags = typed.split(',').map((tag) => tag.trim());
      return { action: { kind, node, tags: tags.filter((tag) => tag !== '') } };
    }
    case 'SetLimits':
      return readOtherLimits(draft);
    case 'SetMarginCalls':
      return readCalls(draft);
    case 'Flatten':
      return readFlatten(draft);
    case 'NetPositions':
      return draft.instrument === undefined
        ? { missing: 'Choose the instrument whose opposite positions are crossed.' }
        : { action: { ...draft, instrument: draft.instrument } };
    case 'SetNettingWindow':
      return readNettingWindow(draft);
    case 'ListDestination':
    case 'UnlistDestination':
    case 'SetWithdrawalLimits':
      return readOutflow(draft);
    case 'SetNodeState':
    case 'ArchiveNode':
    case 'SetSegregation':
      return { action: draft };
  }
}

/** What changes nothing is not asked for. */
function readOtherLimits(draft: LimitDraft): ReadChange {
  const read = readLimits(draft);
  const isSame = 'action' in read && areSameLimits(draft.limits, read.action.limits);
  return isSame ? { missing: 'Nothing changes: these are the limits it has.' } : read;
}

type Draft<K extends ChangeKind> = Extract<ChangeDraft, { kind: K }>;

function readPort(
  { from, to, instrument, typed, typedPrice = '' }: Draft<'PortPosition'>,
  { markets }: ChangeNames,
): ReadChange {
  if (to === undefined) return { missing: 'Choose the account that takes it.' };
  const market = markets.find((each) => each.instrument === instrument);
  const number = readNumber(typed);
  const lots = number.is === 'decimal' && market !== undefined ? lotsOf(number.text, market) : undefined;
  if (lots === undefined || lots === 0)
    return { missing: `Not a size of ${market?.name ?? 'a market'} that can be traded.` };
  const price = readAgreedPrice(typedPrice, market);
  if (price.is === 'wrong') return { missing: `Not a price of ${market?.name ?? 'a market'}.` };
  const priceTicks = price.is === 'mark' ? 0 : price.ticks;
  return { action: { kind: 'PortPosition', from, to, instrument, lots, priceTicks } };
}

function readTransfer({ from, to, asset, typed }: Draft<'Transfer'>, { assets }: ChangeNames): ReadChange {
  if (to === undefined) return { missing: 'Choose the account that receives it.' };
  const decimals = assets.find(({ name }) => name === asset)?.decimals;
  const number = readNumber(typed);
  const amount =
    number.is === 'decimal' && decimals !== undefined ? parseDecimal(number.text, decimals) : undefined;
  if (amount === undefined || amount === 0) return { missing: `Not an amount of ${asset}.` };
  return { action: { kind: 'Transfer', from, to, asset, amount } };
}

/** A place's window as a draft to change; without one it begins at midnight. */
export function nettingWindowDraft(node: number, window: NettingWindowView | null): NettingWindowDraft {
  const { everyMinutes = 60, startMinuteUtc = 0 } = window ?? {};
  return { kind: 'SetNettingWindow', node, window, everyMinutes, typedStart: clockWords(startMinuteUtc) };
}

function readNettingWindow({ kind, node, window, everyMinutes, typedStart }: NettingWindowDraft): ReadChange {
  const isOff = everyMinutes === 0;
  if (isOff && window === null) return { missing: 'Nothing changes: nothing is crossed here by itself.' };
  const startMinuteUtc = isOff ? 0 : minuteOf(typedStart);
  if (startMinuteUtc === undefined) return { missing: NO_TIME };
  const isSame = window?.everyMinutes === everyMinutes && window.startMinuteUtc === startMinuteUtc;
  return isSame
    ? { missing: 'Nothing changes: this is the window it has.' }
    : { action: { kind, node, everyMinutes, startMinuteUtc } };
}

/** What is said of a time of the day that is none. */
export const NO_TIME = 'Write a time of the UTC day from 00:00 to 23:59.';

function minuteOf(typed: string): number | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed.trim()) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** Without a distance it trades as far as each market's band. */
function readFlatten({ kind, node, typed }: Draft<'Flatten'>): ReadChange {
  const number = readNumber(typed);
  if (number.is === 'empty') return { action: { kind, node } };
  const distancePpm = number.is === 'decimal' ? parseDecimal(number.text, PERCENT_DIGITS) : undefined;
  if (distancePpm === undefined || distancePpm < 1 || distancePpm > PPM) return { missing: NO_DISTANCE };
  return { action: { kind, node, distancePpm } };
}

/** What is said of a distance from the mark that is none. */
export const NO_DISTANCE = 'Write a distance from the mark over 0 and up to 100 %.';

/** Percent with four digits is parts per million. */
const PERCENT_DIGITS = 4;
const PPM = 1_000_000;

/** A place's own levels as a draft to change. */
export function callDraftsOf(levels: readonly MarginCallLevel[]): CallDraft[] {
  return levels.map(({ ratioPpm, roles, prepare }) => ({ typed: String(ratioPpm / 10_000), roles, prepare }));
}

function readCalls({ kind, node, levels }: Draft<'SetMarginCalls'>): ReadChange {
  const read: MarginCallLevel[] = [];
  for (const [at, { typed, roles, prepare }] of levels.entries()) {
    const which = `Level ${at + 1}`;
    const ratioPpm = parseDecimal(typed.trim(), PERCENT_DIGITS);
    if (ratioPpm === undefined || ratioPpm < 1 || ratioPpm > PPM)
      return { missing: `${which}: write a share of equity over 0 and up to 100 %.` };
    if (at > 0 && ratioPpm <= read[at - 1]!.ratioPpm)
      return { missing: `${which} has to call later than level ${at}.` };
    if (roles.length === 0) return { missing: `${which}: choose who is called.` };
    read.push({ ratioPpm, roles: [...roles], prepare });
  }
  return { action: { kind, node, levels: read } };
}
