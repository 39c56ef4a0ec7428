import type { SetLimits } from '../../engine/protocol/commands/actions.ts';
import type { AuditRecord } from '../../engine/protocol/views/audit.ts';
import { limitDraft, measuresOf } from '../firm/limitDraft.ts';
import type { LimitUnit } from '../firm/limitMeasures.ts';
import { formatCount, formatPercent, formatTimes, formatUsdShort } from '../format.ts';
import { type DeedNames, deedWords } from './deedWords.ts';

/**
 * A record's deed for a line of a list: what is long there as its wallet showed it is told by what tells it from others.
 * Anything else is told whole.
 */
export function shortDeed(record: AuditRecord, names: DeedNames): string {
  const { params } = record;
  const kind = /^(?:Propose|End)\.(.*)$/.exec(record.action)?.[1];
  if (kind === 'SetLimits')
    return limitsWords(params as Partial<SetLimits>, names) ?? deedWords(record, names);
  if (kind === 'SetPolicy') return policyWords(params as { rules?: unknown }) ?? deedWords(record, names);
  return deedWords(record, names);
}

const formats: Record<LimitUnit, (value: number) => string> = {
  USD: formatUsdShort,
  '×': formatTimes,
  '%': formatPercent,
  '': formatCount,
};

/** What was refused need not have the shape of what it says it is: undefined then. */
function limitsWords({ node, limits }: Partial<SetLimits>, { firm }: DeedNames): string | undefined {
  if (node === undefined || limits?.hard === undefined || limits.soft === undefined) return undefined;
  const { soft, hard } = limits;
  const place = firm?.nodes.find((each) => each.node === node)?.label ?? `node ${node}`;
  const words = measuresOf(limitDraft({ node, limits })).flatMap(({ label, unit, read }) => {
    const [softly, firmly] = [read(soft), read(hard)];
    if (softly === undefined && firmly === undefined) return [];
    const text = (value: number | undefined) => (value === undefined ? '–' : formats[unit](value));
    return [`${label.toLowerCase()} ${text(softly)} / ${text(firmly)}`];
  });
  const only = [soft, hard].some(
    ({ underlyings, kinds }) => underlyings !== undefined || kinds !== undefined,
  );
  const all = only ? [...words, 'only some may be traded'] : words;
  return `Limits of ${place}, soft / hard: ${all.join(', ') || 'none'}`;
}

function policyWords({ rules }: { rules?: unknown }): string | undefined {
  return Array.isArray(rules) ? `Replace the firm’s policy by ${rules.length} rules` : undefined;
}
