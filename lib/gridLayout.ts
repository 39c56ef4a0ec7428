import { useEffect } from 'react';
import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { sessionStore } from './stores/sessionStore.ts';

const layoutWire = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  sort: z.array(z.object({ id: z.string(), isDescending: z.boolean() })),
  groupBy: z.string(),
});

export interface GridSort {
  readonly id: string;
  readonly isDescending: boolean;
}

/** How one person wants one grid. */
export interface GridLayout {
  /** Ids of columns in the order they stand; those not named follow in their own order. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** The first sorts, the next decide between equals. */
  readonly sort: readonly GridSort[];
  /** Id of a grouping; '' is none. */
  readonly groupBy: string;
}

/** By storage key. The server knows nobody's layout: pages hydrate with the defaults and take on the kept one at once. */
const layouts = createStore<Readonly<Record<string, GridLayout>>>()(() => ({}));

/**
 * The layout of a grid as this person left it, and a way to change it.
 *
 * @param defaults the same object from call to call
 */
export function useGridLayout(
  grid: string,
  defaults: GridLayout,
): readonly [GridLayout, (change: Partial<GridLayout>) => void] {
  const key = useStore(sessionStore, ({ session }) => keyOf(grid, addressOf(session)));
  const kept = useStore(layouts, (all) => all[key]);
  useEffect(() => {
    const read = readLayout(localStorage.getItem(key));
    if (read !== undefined) layouts.setState({ [key]: read });
  }, [key]);
  const change = (part: Partial<GridLayout>) => {
    const next = { ...(layouts.getState()[key] ?? defaults), ...part };
    layouts.setState({ [key]: next });
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [kept ?? defaults, change];
}

/** Undefined for nothing kept, and for what another version or another hand wrote. */
export function readLayout(text: string | null): GridLayout | undefined {
  try {
    return layoutWire.parse(JSON.parse(text ?? 'null'));
  } catch {
    return undefined;
  }
}

function keyOf(grid: string, address: string): string {
  return `ballast.grid.${grid}.${address}`;
}

function addressOf(session: ReturnType<typeof sessionStore.getState>['session']): string {
  return session.state === 'signedIn' ? session.session.address : 'nobody';
}
