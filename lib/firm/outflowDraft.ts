import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { DestinationView, WithdrawalLimitsView } from '../../engine/protocol/views/firm.ts';
import { parseDecimal, readableDecimal } from '../../engine/units/decimal.ts';
import { readNumber } from '../numberInput.ts';
import { readAddress } from '../settlement/readAddress.ts';

/** Where money may go and how much of it in a day, as a person is about to ask for it. */
export type OutflowDraft =
  | {
      kind: 'ListDestination';
      to: string;
      label: string;
      /** At most in a day, USD; empty for what the firm's own limits leave. */
      typed: string;
      /** The line of the book that is changed; undefined where a new one is written. */
      listed: DestinationView | undefined;
    }
  | { kind: 'UnlistDestination'; to: string }
  | {
      kind: 'SetWithdrawalLimits';
      /** As they are. */
      limits: Pick<WithdrawalLimitsView, 'dayUsd' | 'destinationDayUsd'>;
      /** USD; empty for no end. */
      typedDay: string;
      typedDestination: string;
    };

type Draft<K extends OutflowDraft['kind']> = Extract<OutflowDraft, { kind: K }>;

const USD_DIGITS = 6;

/** What is said of an amount in USD that is none. */
export const NO_USD = 'Write an amount in USD over 0, like 250k or 1.5m, or nothing for no limit.';

/** A new line of the book, of an address if one is known already. */
export function newDestinationDraft(to = ''): Draft<'ListDestination'> {
  return { kind: 'ListDestination', to, label: '', typed: '', listed: undefined };
}

/** A line of the book as it is, to be changed. */
export function destinationDraft(listed: DestinationView): Draft<'ListDestination'> {
  const { to, label, dayUsd } = listed;
  return { kind: 'ListDestination', to, label, typed: typedUsd(dayUsd), listed };
}

export function withdrawalLimitsDraft({
  dayUsd,
  destinationDayUsd,
}: WithdrawalLimitsView): Draft<'SetWithdrawalLimits'> {
  return {
    kind: 'SetWithdrawalLimits',
    limits: { dayUsd, destinationDayUsd },
    typedDay: typedUsd(dayUsd),
    typedDestination: typedUsd(destinationDayUsd),
  };
}

/** The action a draft asks for, or what is still missing, as a sentence. */
export function readOutflow(draft: OutflowDraft): { action: Action } | { missing: string } {
  switch (draft.kind) {
    case 'UnlistDestination':
      return { action: draft };
    case 'ListDestination':
      return readDestination(draft);
    case 'SetWithdrawalLimits':
      return readWithdrawalLimits(draft);
  }
}

/** Micro-USD, 0 for nothing written; undefined where it is no amount. */
export function readDayUsd(typed: string): number | undefined {
  const number = readNumber(typed);
  if (number.is === 'empty') return 0;
  const usd = number.is === 'decimal' ? parseDecimal(number.text, USD_DIGITS) : undefined;
  return usd === 0 ? undefined : usd;
}

function readDestination({ kind, to, label, typed, listed }: Draft<'ListDestination'>) {
  const read = readAddress(to);
  if ('missing' in read) return read;
  const name = label.trim();
  if (name === '') return { missing: 'Write what the address is called: whose it is.' };
  const dayUsd = readDayUsd(typed);
  if (dayUsd === undefined) return { missing: NO_USD };
  const isSame = listed !== undefined && listed.label === name && listed.dayUsd === dayUsd;
  return isSame
    ? { missing: 'Nothing changes: this is how the book has it.' }
    : { action: { kind, to: read.address, label: name, dayUsd } };
}

function readWithdrawalLimits({ kind, limits, typedDay, typedDestination }: Draft<'SetWithdrawalLimits'>) {
  const dayUsd = readDayUsd(typedDay);
  const destinationDayUsd = readDayUsd(typedDestination);
  if (dayUsd === undefined || destinationDayUsd === undefined) return { missing: NO_USD };
  const isSame = limits.dayUsd === dayUsd && limits.destinationDayUsd === destinationDayUsd;
  return isSame
    ? { missing: 'Nothing changes: these are the limits it has.' }
    : { action: { kind, dayUsd, destinationDayUsd } };
}

/** With marks between thousands, as other limits are shown. */
function typedUsd(usd: number): string {
  return usd === 0 ? '' : readableDecimal(usd, USD_DIGITS);
}
