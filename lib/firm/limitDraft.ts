import type { NodeLimits, SetLimits } from '../../engine/protocol/commands/actions.ts';
import {
  type InstrumentKindName,
  UnderlyingClass,
  type UnderlyingClassName,
} from '../../engine/protocol/enums.ts';
import type { FirmNodeView } from '../../engine/protocol/views/firm.ts';
import {
  assetMeasures,
  classMeasures,
  type LimitMeasure,
  placeMeasures,
  readLimit,
  typedLimit,
} from './limitMeasures.ts';

export type Severity = keyof SetLimits['limits'];
export const severities: readonly Severity[] = ['soft', 'hard'];

/** New limits of a place as a person is about to ask for them. */
export interface LimitDraft {
  kind: 'SetLimits';
  node: number;
  /** As they are. */
  limits: SetLimits['limits'];
  /** Classes and assets that have rows of their own. */
  classes: readonly UnderlyingClassName[];
  assets: readonly string[];
  /** As it was typed, by the key of the measure; empty limits nothing. */
  typed: Record<Severity, Readonly<Record<string, string>>>;
  /** What may be traded at all; undefined for everything. */
  open: Record<Severity, { underlyings?: string[]; kinds?: InstrumentKindName[] }>;
}

const classNames = Object.keys(UnderlyingClass) as UnderlyingClassName[];

export function limitDraft({ node, limits }: Pick<FirmNodeView, 'node' | 'limits'>): LimitDraft {
  const { soft, hard } = limits ?? { soft: {}, hard: {} };
  const both = [soft, hard];
  const draft: LimitDraft = {
    kind: 'SetLimits',
    node,
    limits: { soft, hard },
    classes: classNames.filter((name) =>
      both.some((set) => set.classes?.some((each) => each.class === name)),
    ),
    assets: [...new Set(both.flatMap((set) => set.assets?.map(({ underlying }) => underlying) ?? []))],
    typed: { soft: {}, hard: {} },
    open: {
      soft: { underlyings: soft.underlyings, kinds: soft.kinds },
      hard: { underlyings: hard.underlyings, kinds: hard.kinds },
    },
  };
  const typedOf = (set: NodeLimits) =>
    Object.fromEntries(measuresOf(draft).map((each) => [each.key, typedLimit(each, each.read(set))]));
  return { ...draft, typed: { soft: typedOf(soft), hard: typedOf(hard) } };
}

/** All that has a row, in the order of the rows. */
export function measuresOf({ classes, assets }: LimitDraft): LimitMeasure[] {
  return [...placeMeasures, ...classes.flatMap(classMeasures), ...assets.flatMap(assetMeasures)];
}

/** Classes and assets without a row of their own. */
export function unlistedIn(draft: LimitDraft, underlyings: readonly string[]) {
  return {
    classes: classNames.filter((name) => !draft.classes.includes(name)),
    assets: underlyings.filter((name) => !draft.assets.includes(name)),
  };
}

/** What was typed for one limit; empty for none. */
export function typedIn({ typed }: LimitDraft, severity: Severity, { key }: LimitMeasure): string {
  return typed[severity][key] ?? '';
}

export function withTyped(draft: LimitDraft, severity: Severity, key: string, text: string): LimitDraft {
  const { typed } = draft;
  return { ...draft, typed: { ...typed, [severity]: { ...typed[severity], [key]: text } } };
}

/** Why one field cannot be sent, as a sentence; undefined for one that can. */
export function limitError(draft: LimitDraft, severity: Severity, measure: LimitMeasure): string | undefined {
  const read = readLimit(measure, typedIn(draft, severity, measure));
  if ('wrong' in read) return read.wrong;
  if (read.value === undefined) return undefined;
  if (measure.key === FLOOR && typedIn(draft, severity, SHARE).trim() === '')
    return 'A floor alone limits nothing: write the share of gross as well.';
  if (severity === 'hard' || measure.key === FLOOR) return undefined;
  const hard = readLimit(measure, typedIn(draft, 'hard', measure));
  const isBeyond = 'value' in hard && hard.value !== undefined && read.value > hard.value;
  return isBeyond ? 'Over the hard limit: nobody would ever be asked.' : undefined;
}

const FLOOR = 'concentrationFloorUsd';
const SHARE = placeMeasures.find(({ key }) => key === 'concentrationPpm')!;

/** What the draft asks for, or the first field that cannot be read, as a sentence. */
export function readLimits(draft: LimitDraft): { action: SetLimits } | { missing: string } {
  const { kind, node } = draft;
  for (const measure of measuresOf(draft)) {
    for (const severity of severities) {
      const wrong = limitError(draft, severity, measure);
      if (wrong !== undefined) return { missing: `${measure.label}, ${severity}: ${wrong}` };
    }
  }
  return { action: { kind, node, limits: { soft: setOf(draft, 'soft'), hard: setOf(draft, 'hard') } } };
}

/** Whether two pairs of sets limit the same to the same, in whichever order they were written. */
export function areSameLimits(a: SetLimits['limits'], b: SetLimits['limits']): boolean {
  return severities.every((severity) => textOf(a[severity]) === textOf(b[severity]));
}

function textOf(set: NodeLimits): string {
  const { classes = [], assets = [], underlyings, kinds } = set;
  const inOrder = <T>(items: readonly T[], key: (item: T) => string) =>
    [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const sorted: NodeLimits = {
    ...set,
    classes: inOrder(classes, (each) => each.class),
    assets: inOrder(assets, (each) => each.underlying),
    ...(underlyings && { underlyings: inOrder(underlyings, String) }),
    ...(kinds && { kinds: inOrder(kinds, String) }),
  };
  return JSON.stringify(sorted, (_, value: unknown) => (isPlain(value) ? byName(value) : value));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byName(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function setOf(draft: LimitDraft, severity: Severity): NodeLimits {
  const set: NodeLimits = {};
  for (const measure of measuresOf(draft)) {
    const read = readLimit(measure, typedIn(draft, severity, measure));
    if ('value' in read) measure.write(set, read.value);
  }
  const { underlyings, kinds } = draft.open[severity];
  return { ...set, ...(underlyings && { underlyings }), ...(kinds && { kinds }) };
}
