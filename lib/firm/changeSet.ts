import type { ChangePart, ChangeSet } from '../../engine/protocol/commands/actions.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { type ChangeDraft, type ChangeNames, readChange } from './change.ts';

/** A move as it can be part of a set: places picked, amount as it was typed. */
export type MoveDraft = Extract<ChangeDraft, { kind: ChangePart['kind'] }>;

/** A move in the draft of a set. */
export interface DraftPart {
  /** Stays with it when the order changes. */
  readonly id: number;
  readonly draft: MoveDraft;
}

/** As many as the engine takes in one set. */
export const PARTS_MAX = 16;

/** What a draft of a set asks for, or what is still missing and in which part, from 1. */
export type ReadSet = { action: ChangeSet | ChangePart } | { missing: string; part: number };

export function isMove(draft: ChangeDraft): draft is MoveDraft {
  return draft.kind === 'PortPosition' || draft.kind === 'Transfer' || draft.kind === 'MoveNode';
}

/** One move is asked for by itself; several are one change. */
export function readSet(drafts: readonly MoveDraft[], names: ChangeNames): ReadSet {
  const parts: ChangePart[] = [];
  for (const [at, draft] of drafts.entries()) {
    const read = readChange(draft, names);
    if ('missing' in read) return { missing: `Part ${at + 1}: ${read.missing}`, part: at + 1 };
    parts.push(read.action as ChangePart);
  }
  const [first] = parts;
  if (first === undefined)
    return {
      missing:
        'Drag a position or collateral onto an account, or a place onto a group, or carry it there with M.',
      part: 0,
    };
  return { action: parts.length === 1 ? first : { kind: 'ChangeSet', parts } };
}

/** The same parts with one of them a place earlier (−1) or later (1); where it cannot go, as they are. */
export function movedPart(parts: readonly DraftPart[], id: number, by: -1 | 1): readonly DraftPart[] {
  const at = parts.findIndex((part) => part.id === id);
  const other = parts[at + by];
  if (at < 0 || other === undefined) return parts;
  return parts.with(at, other).with(at + by, parts[at]!);
}

/**
 * What a person should look at twice: parts that are the same, and parts that bring back what others take. Neither is
 * refused; both may be meant.
 */
export function notesOf(parts: readonly ChangePart[], nameOf: (part: ChangePart) => string): string[] {
  const groups = new Map<string, number[]>();
  for (const [at, part] of parts.entries()) {
    const key = keyOf(part);
    groups.set(key, [...(groups.get(key) ?? []), at]);
  }
  return [...groups.values()].flatMap((places) => [
    ...sameNotes(parts, places),
    ...backNotes(parts, places, nameOf),
  ]);
}

/** What a part moves: a place of the tree, an asset, an instrument. */
function keyOf(part: ChangePart): string {
  if (part.kind === 'MoveNode') return `node ${part.node}`;
  return part.kind === 'Transfer' ? part.asset : `instrument ${part.instrument}`;
}

/** What a part moves, as people call it. */
export function partName(
  part: ChangePart,
  { markets, nodes }: { markets: readonly MarketView[]; nodes: readonly { node: number; label: string }[] },
): string {
  if (part.kind === 'Transfer') return part.asset;
  return part.kind === 'MoveNode'
    ? (nodes.find(({ node }) => node === part.node)?.label ?? '')
    : (markets.find(({ instrument }) => instrument === part.instrument)?.name ?? '');
}

function sameNotes(parts: readonly ChangePart[], places: readonly number[]): string[] {
  const texts = places.map((at) => JSON.stringify(parts[at]));
  const first = texts.flatMap((text, index) => (texts.indexOf(text) === index ? [text] : []));
  return first.flatMap((text) => {
    const same = places.filter((_, index) => texts[index] === text);
    return same.length < 2 ? [] : [`Parts ${listed(same)} are the same.`];
  });
}

/** What comes back whole is named as a circle; else each two that go both ways between the same accounts. */
function backNotes(
  parts: readonly ChangePart[],
  places: readonly number[],
  nameOf: (part: ChangePart) => string,
): string[] {
  const ways = places.flatMap((at) => wayOf(parts[at]!, at));
  // A place goes where it is put last.
  if (ways.length === 0) return [];
  const net = new Map<number, number>();
  for (const { from, to, size } of ways) {
    net.set(from, (net.get(from) ?? 0) - size);
    net.set(to, (net.get(to) ?? 0) + size);
  }
  const name = nameOf(parts[places[0]!]!);
  if ([...net.values()].every((left) => left === 0))
    return [`Parts ${listed(places)} bring back all the ${name} they take: they cancel each other.`];
  return ways.flatMap((one, index) =>
    ways
      .slice(index + 1)
      .filter((other) => one.from === other.to && one.to === other.from)
      .map((other) => `Parts ${listed([one.at, other.at])} move ${name} there and back.`),
  );
}

/** Between which accounts a part moves how much; none for a place of the tree. */
function wayOf(part: ChangePart, at: number): { at: number; from: number; to: number; size: number }[] {
  if (part.kind === 'MoveNode') return [];
  const { from, to } = part;
  return [{ at, from, to, size: part.kind === 'Transfer' ? part.amount : part.lots }];
}

/** `1 and 3`, `1, 2 and 3`: numbers as people count. */
function listed(places: readonly number[]): string {
  const numbers = places.map((at) => String(at + 1));
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
