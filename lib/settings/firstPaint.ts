/**
 * Runs in the head, before anything is drawn: without it a page of the light theme would flash dark at each load.
 * Text and not a function, so that no bundler adds a helper to it. It repeats in a few words what `settings.ts` reads
 * and `appearance.ts` shows; the test holds them together.
 */
export const firstPaintScript = `(() => {
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem('ballast.settings')) ?? {}; } catch {}
  const pick = (value, all, otherwise) => (all.includes(value) ? value : otherwise);
  const preferred = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  const root = document.documentElement;
  root.setAttribute('data-theme', pick(kept.theme, ['dark', 'light'], preferred));
  root.setAttribute('data-palette', pick(kept.palette, ['classic', 'swapped', 'blue-orange'], 'classic'));
  root.setAttribute('data-density', pick(kept.density, ['compact', 'regular', 'comfortable'], 'compact'));
})()`;
