import { createStore } from 'zustand/vanilla';
import { askedPanel, type Panel } from '../pageQuery.ts';

/** The open panel of the blotter: the address’s on the first page, and the one that was left open from then on. */
export const panelStore = createStore<{ panel: Panel }>()(() => ({
  panel: typeof location === 'undefined' ? 'orders' : askedPanel(location.search),
}));

export function openPanel(panel: Panel): void {
  panelStore.setState({ panel });
}
