'use client';

import { useEffect } from 'react';
import { followAppearance } from '../../lib/settings/appearance.ts';

/** Keeps every page in the chosen theme, palette and density, also while they change. */
export function Appearance(): null {
  useEffect(followAppearance, []);
  return null;
}
