import { createStore } from 'zustand/vanilla';

/** Which deposit or withdrawal is looked at: its key on the page, or what it was asked for under. */
export type MovementName = { key: string } | { proposal: number };

export const movementStore = createStore<{ selected: MovementName | undefined }>()(() => ({
  selected: undefined,
}));

export function selectMovement(selected: MovementName): void {
  movementStore.setState({ selected });
}
