import { settings, watchSettings } from './settingsStore.ts';

/** What style sheets select by. */
export function appearanceAttributes(): [name: string, value: string][] {
  const { theme, palette, density } = settings();
  return [
    ['data-theme', theme],
    ['data-palette', palette],
    ['data-density', density],
  ];
}

/** Shows the chosen looks on the page from here on; canvases follow these attributes. */
export function followAppearance(): () => void {
  const show = () => {
    for (const [name, value] of appearanceAttributes()) document.documentElement.setAttribute(name, value);
  };
  show();
  return watchSettings(show);
}
