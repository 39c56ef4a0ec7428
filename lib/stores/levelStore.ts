import { useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { playSound } from '../sounds/playSound.ts';

/** A price somebody wants to be told about: one object for chart and ladder, kept in this browser. */
export interface PriceLevel {
  id: number;
  /** Decimal text, as the wire and an input hold prices. */
  price: string;
  /** When trades crossed it; it says so once, until it is moved. */
  crossedMs?: number;
}

const LEVELS_KEY = 'ballast.levels';
/** More lines than a person watches; the oldest goes. */
const LEVELS_KEPT = 30;

const level = z.object({
  id: z.int(),
  price: z.string().check(z.regex(/^[0-9]{1,16}(\.[0-9]{1,12})?$/)),
  crossedMs: z.optional(z.number()),
});
const keptLevels = z.record(z.string(), z.array(level));

type LevelsByMarket = Readonly<Record<string, readonly PriceLevel[]>>;

const none: readonly PriceLevel[] = [];
const listeners = new Set<() => void>();
let levels: LevelsByMarket | undefined;

/** All levels of a market, in the order they were added. The same list until one changes. */
export function levelsOf(market: string): readonly PriceLevel[] {
  levels ??= readKept();
  return levels[market] ?? none;
}

export function useLevels(market: string): readonly PriceLevel[] {
  return useSyncExternalStore(
    subscribeLevels,
    () => levelsOf(market),
    () => none,
  );
}

/** Adds a level, once for each price. */
export function addLevel(market: string, price: string): void {
  const before = levelsOf(market);
  if (before.some((each) => each.price === price)) return;
  const id = 1 + before.reduce((last, each) => Math.max(last, each.id), 0);
  write(market, [...before, { id, price }].slice(-LEVELS_KEPT));
}

/** A moved level waits for its new price. */
export function moveLevel(market: string, id: number, price: string): void {
  write(
    market,
    levelsOf(market).map((each) => (each.id === id ? { id, price } : each)),
  );
}

export function removeLevel(market: string, id: number): void {
  write(
    market,
    levelsOf(market).filter((each) => each.id !== id),
  );
}

export function markCrossed(market: string, ids: readonly number[], nowMs: number): void {
  playSound('level');
  write(
    market,
    levelsOf(market).map((each) => (ids.includes(each.id) ? { ...each, crossedMs: nowMs } : each)),
  );
}

function subscribeLevels(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function write(market: string, next: readonly PriceLevel[]): void {
  levels = { ...(levels ?? readKept()), [market]: next };
  // What is kept is a comfort: a full or refused storage must not lose the level on screen.
  try {
    localStorage.setItem(LEVELS_KEY, JSON.stringify(levels));
  } catch {}
  for (const listener of listeners) listener();
}

function readKept(): LevelsByMarket {
  try {
    const kept = keptLevels.safeParse(JSON.parse(localStorage.getItem(LEVELS_KEY) ?? '{}'));
    return kept.success ? kept.data : {};
  } catch {
    return {};
  }
}
