import type { MarketView } from '../../engine/protocol/views/market.ts';
import { parseDecimal } from '../../engine/units/decimal.ts';
import { readNumber } from '../numberInput.ts';
import type { KeyTerms } from './signIn.ts';

/** Terms of a key as they are typed; what is empty holds it to nothing. */
export interface TypedTerms {
  /** Names, by commas or spaces. */
  markets: string;
  usdPerHour: string;
  addresses: string;
  days: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A little less than the ninety days that the desk allows: its clock is not ours. */
const DAYS_MAX = 89;
const USD_DECIMALS = 6;
const ADDRESS = /^[0-9a-fA-F.:]{2,45}$/;

/** What is asked for, or the first thing that cannot be read, as a sentence. */
export function readKeyTerms(
  typed: TypedTerms,
  listed: readonly Pick<MarketView, 'name'>[],
): { terms: KeyTerms } | { wrong: string } {
  const markets = listOf(typed.markets.toUpperCase());
  const unknown = markets.find((name) => !listed.some((market) => market.name === name));
  if (unknown !== undefined) return { wrong: `There is no market ${unknown}.` };
  const notionalPerHourUsd = readUsd(typed.usdPerHour);
  if (notionalPerHourUsd === undefined) return { wrong: 'USD an hour is a number above 0, or nothing.' };
  const addresses = listOf(typed.addresses);
  const odd = addresses.find((address) => !ADDRESS.test(address));
  if (odd !== undefined) return { wrong: `${odd} is no network address.` };
  const days = Number(typed.days);
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
    return { wrong: `A key is good for 1 to ${DAYS_MAX} whole days.` };
  return { terms: { scope: { markets, notionalPerHourUsd, addresses }, lifeMs: days * DAY_MS } };
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
