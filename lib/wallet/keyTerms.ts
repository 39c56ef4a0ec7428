import type { ApproveKey, ChangeKey } from '../../engine/protocol/commands/actions.ts';
import type { AgentScope } from '../../engine/protocol/commands/agentScope.ts';
import type { KeyView } from '../../engine/protocol/views/keys.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { parseDecimal, readableDecimal } from '../../engine/units/decimal.ts';
import { DAY_MS } from '../../engine/units/time.ts';
import { readNumber } from '../numberInput.ts';
import type { AgentHandle } from '../stores/sessionStore.ts';
import type { KeyTerms } from './signIn.ts';

/** Terms of a key as they are typed; what is empty holds it to nothing. */
export interface TypedTerms {
  /** Names, by commas or spaces. */
  markets: string;
  usdPerHour: string;
  addresses: string;
  days: string;
}

/** A little less than the ninety days that the desk allows: its clock is not ours. */
const DAYS_MAX = 89;
const USD_DECIMALS = 6;
const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/**
 * A key that outlives a day, as the firm is asked for it.
 *
 * @param key made by this browser
 * @param member who asks
 */
export function longKeyAction(
  { publicKey, scheme, expiresAtMs }: Pick<AgentHandle, 'publicKey' | 'scheme' | 'expiresAtMs'>,
  { scope }: KeyTerms,
  member: number,
  accounts: number[],
): ApproveKey {
  return { kind: 'ApproveKey', member, scheme, publicKey, accounts, expiresAtMs, ...scope };
}

/** Whether the wallet's word alone lets such a key trade: a day, as at sign-in. */
export function isForSession({ lifeMs }: KeyTerms): boolean {
  return lifeMs <= DAY_MS;
}

type Listed = readonly Pick<MarketView, 'name'>[];
type Wrong = { wrong: string };

/** What is asked for, or the first thing that cannot be read, as a sentence. */
export function readKeyTerms(typed: TypedTerms, listed: Listed): { terms: KeyTerms } | Wrong {
  const read = readScope(typed, listed);
  if ('wrong' in read) return read;
  const lifeMs = readDays(typed.days);
  return lifeMs === undefined ? NO_DAYS : { terms: { scope: read.scope, lifeMs } };
}

/** The terms of a key as they would have been typed; without days its end stays. */
export function typedTermsOf({ markets, notionalPerHourUsd, addresses }: KeyView): TypedTerms {
  return {
    markets: markets.join(', '),
    usdPerHour: notionalPerHourUsd === 0 ? '' : readableDecimal(notionalPerHourUsd, USD_DECIMALS),
    addresses: addresses.join(', '),
    days: '',
  };
}

/**
 * The change of a key that is asked for, or why there is none, as a sentence.
 *
 * @param nowMs from when the days are counted
 */
export function readKeyChange(
  typed: TypedTerms,
  listed: Listed,
  key: KeyView,
  nowMs: number,
): { action: ChangeKey } | Wrong {
  const read = readScope(typed, listed);
  if ('wrong' in read) return read;
  const lifeMs = typed.days.trim() === '' ? undefined : readDays(typed.days);
  if (lifeMs === undefined && typed.days.trim() !== '') return NO_DAYS;
  const expiresAtMs = lifeMs === undefined ? key.expiresAtMs : nowMs + lifeMs;
  const action: ChangeKey = { kind: 'ChangeKey', publicKey: key.publicKey, ...read.scope, expiresAtMs };
  return isSame(key, action) ? { wrong: 'Nothing changes: these are the terms it has.' } : { action };
}

function isSame(before: KeyView, after: ChangeKey): boolean {
  const text = ({
    markets,
    notionalPerHourUsd,
    addresses,
    expiresAtMs,
  }: AgentScope & { expiresAtMs: number }) =>
    JSON.stringify([[...markets].sort(), notionalPerHourUsd, [...addresses].sort(), expiresAtMs]);
  return text(before) === text(after);
}

function readScope(typed: TypedTerms, listed: Listed): { scope: AgentScope } | Wrong {
  const markets = listOf(typed.markets.toUpperCase());
  const unknown = markets.find((name) => !listed.some((market) => market.name === name));
  if (unknown !== undefined) return { wrong: `There is no market ${unknown}.` };
  const notionalPerHourUsd = readUsd(typed.usdPerHour);
  if (notionalPerHourUsd === undefined) return { wrong: 'USD an hour is a number above 0, or nothing.' };
  const addresses = listOf(typed.addresses);
  const odd = addresses.find((address) => !ADDRESS.test(address));
  if (odd !== undefined) return { wrong: `${odd} is no network address.` };
  return { scope: { markets, notionalPerHourUsd, addresses } };
}

const NO_DAYS = { wrong: `A key is good for 1 to ${DAYS_MAX} whole days.` };

function readDays(text: string): number | undefined {
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 && days <= DAYS_MAX ? days * DAY_MS : undefined;
}

function listOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((each) => each !== ''))];
}

/** Micro-USD; 0 for an empty field, undefined for what is no limit. */
function readUsd(text: string): number | undefined {
  const number = readNumber(text);
  if (number.is === 'empty') return 0;
  const usd = number.is === 'decimal' ? parseDecimal(number.text, USD_DECIMALS) : undefined;
  return usd === 0 ? undefined : usd;
}
