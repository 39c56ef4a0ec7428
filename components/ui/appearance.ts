import { useSyncExternalStore } from 'react';

const ATTRIBUTES = ['data-palette', 'data-density', 'data-theme'];

/** Changes whenever the palette, density or theme of the page does: what canvas and measures depend on. */
export function useAppearance(): string {
  return useSyncExternalStore(watchAppearance, readAppearance, () => '');
}

/** A token of `app/globals.css` as it stands now, such as `--up`. */
export function tokenValue(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A token that is a length, in CSS pixels. */
export function tokenPx(name: `--${string}`): number {
  return Number.parseFloat(tokenValue(name));
}

function readAppearance(): string {
  return ATTRIBUTES.map((name) => document.documentElement.getAttribute(name) ?? '').join('/');
}

function watchAppearance(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ATTRIBUTES });
  return () => observer.disconnect();
}
