import { formatSignedPercent, formatSignedSize, formatSignedUsd } from '../../../../lib/format.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import type { CellReason } from '../../../../lib/reasons/reason.ts';
import type { FundingRow } from './Funding.state.ts';

const PPB_PER_PPM = 1_000;
/** The premium is looked at every five seconds, and so is who holds what. */
const SAMPLES_PER_HOUR = 720;
const HOURS_OF_RATE = 8;

/** Why a payment, or the rate it was made at, is what it is. */
export function fundingReason(id: 'amount' | 'rate', { paid, market }: FundingRow): CellReason {
  const ratePpm = paid.ratePpb / PPB_PER_PPM;
  const rate = ['rate of the hour', formatSignedPercent(ratePpm, 4)] as const;
  const source = sourceText(paid.seq, paid.timeMs);
  if (id === 'rate') {
    return {
      name: `rate of ${market.name}`,
      formula:
        'mean premium P of the hour + 0.01 % pulled toward it: P + clamp(0.01 % − P, ±0.05 %) for eight hours, an eighth of it for this one; positive: longs pay',
      inputs: [['of eight hours', formatSignedPercent(ratePpm * HOURS_OF_RATE, 4)], rate],
      source,
    };
  }
  const heldLots = Math.round(paid.lotSamples / SAMPLES_PER_HOUR);
  return {
    name: `funding of ${market.name}`,
    formula:
      '−(mean size held through the hour × index × rate of the hour), rounded down; positive is received',
    inputs: [
      ['mean size held', `${formatSignedSize(heldLots, market)} ${market.underlying}`],
      rate,
      ['received', formatSignedUsd(paid.amountUsd, 2)],
    ],
    source,
  };
}
