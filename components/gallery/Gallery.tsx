'use client';

import { useEffect, useState } from 'react';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './Gallery.module.css';
import { Parts } from './Parts.tsx';
import { StateStills } from './StateStills.tsx';
import { TradeStills } from './TradeStills.tsx';

const palettes = [
  { value: 'classic', label: 'green and red' },
  { value: 'blue-orange', label: 'blue and orange' },
] as const;
const densities = [
  { value: 'compact', label: 'compact' },
  { value: 'comfortable', label: 'comfortable' },
] as const;

type Palette = (typeof palettes)[number]['value'];
type Density = (typeof densities)[number]['value'];

/** Every pane in every state, from fixtures: where looks are judged and screenshots are taken. */
export function Gallery() {
  const [palette, setPalette] = useState<Palette>('classic');
  const [density, setDensity] = useState<Density>('compact');
  useAttribute('data-palette', palette);
  useAttribute('data-density', density);
  return (
    <main className={styles.gallery}>
      <header className={styles.head}>
        <h1>Gallery</h1>
        <Segmented label="Palette" value={palette} options={palettes} onPick={setPalette} />
        <Segmented label="Density" value={density} options={densities} onPick={setDensity} />
      </header>
      <TradeStills />
      <h2>States</h2>
      <StateStills />
      <h2>Parts</h2>
      <Parts />
    </main>
  );
}

function useAttribute(name: string, value: string): void {
  useEffect(() => {
    document.documentElement.setAttribute(name, value);
    return () => document.documentElement.removeAttribute(name);
  }, [name, value]);
}
