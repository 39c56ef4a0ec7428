import type { FirmView } from '../../engine/protocol/views/firm.ts';
import { formatCount, formatDateTime } from '../format.ts';

/** What a firm knows of an address that money is to go to. */
export interface DestinationWords {
  /** `Bank A of the address book`. */
  name: string;
  /** Since when it may be paid to; empty of the owner's own. */
  since: string;
  /** How many payments went there. */
  payments: string;
  isFirst: boolean;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Undefined of an address that the firm pays nothing to: the engine refuses that. */
export function destinationWords(
  { withdrawals }: FirmView,
  to: string,
  nowMs: number,
): DestinationWords | undefined {
  const found = withdrawals.destinations.find((each) => each.to === to);
  if (found === undefined) return undefined;
  const { label, isOwner, listedMs, paidCount } = found;
  return {
    name: isOwner ? 'the wallet that owns the firm' : `${label} of the address book`,
    since: listedMs === null ? '' : `there since ${formatDateTime(listedMs)}, ${ageWords(nowMs - listedMs)}`,
    payments:
      paidCount === 0
        ? 'Nothing was ever paid there: it is the first payment.'
        : `Paid there ${paidCount === 1 ? 'once' : `${formatCount(paidCount)} times`} before.`,
    isFirst: paidCount === 0,
  };
}

/** `212 d`, `5 h`, `less than an hour`: whole units, rounded down. */
function ageWords(ms: number): string {
  if (ms >= DAY_MS) return `${formatCount(Math.floor(ms / DAY_MS))} d`;
  return ms >= HOUR_MS ? `${Math.floor(ms / HOUR_MS)} h` : 'less than an hour';
}
