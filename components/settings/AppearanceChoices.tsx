'use client';

import { changeSettings, useSettings } from '../../lib/settings/settingsStore.ts';
import { Segmented } from '../ui/Segmented.tsx';

const themes = [
  { value: 'dark', label: 'dark' },
  { value: 'light', label: 'light' },
] as const;
const palettes = [
  { value: 'classic', label: 'green up, red down' },
  { value: 'swapped', label: 'red up, green down' },
  { value: 'blue-orange', label: 'blue up, orange down' },
] as const;
const densities = [
  { value: 'compact', label: 'compact' },
  { value: 'regular', label: 'regular' },
  { value: 'comfortable', label: 'comfortable' },
] as const;

/** Theme, palette and density, each shown at once on the whole page. */
export function AppearanceChoices() {
  const { theme, palette, density } = useSettings();
  return (
    <>
      <Segmented
        label="Theme"
        value={theme}
        options={themes}
        onPick={(value) => changeSettings({ theme: value })}
      />
      <Segmented
        label="Up and down"
        value={palette}
        options={palettes}
        onPick={(value) => changeSettings({ palette: value })}
      />
      <Segmented
        label="Density"
        value={density}
        options={densities}
        onPick={(value) => changeSettings({ density: value })}
      />
    </>
  );
}
