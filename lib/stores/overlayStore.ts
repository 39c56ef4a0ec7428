import { createStore } from 'zustand/vanilla';

/** What may lie over any page: the kill switch, the sheet of keys and the margin call, one at a time. */
export type Overlay = 'kill' | 'keySheet' | 'marginCall';

export const overlayStore = createStore<{ open: Overlay | undefined }>()(() => ({ open: undefined }));

export function openOverlay(open: Overlay): void {
  overlayStore.setState({ open });
}

export function closeOverlay(): void {
  overlayStore.setState({ open: undefined });
}
