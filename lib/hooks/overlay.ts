import { useStore } from 'zustand';
import { type Overlay, overlayStore } from '../stores/overlayStore.ts';

export function useOverlay(): Overlay | undefined {
  return useStore(overlayStore, ({ open }) => open);
}
