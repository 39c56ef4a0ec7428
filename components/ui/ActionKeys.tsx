'use client';

import { useChord } from '../../lib/keys/bindings.ts';
import { keycapsOf } from '../../lib/keys/chord.ts';
import type { ActionId } from '../../lib/keys/keymap.ts';
import { Keycap } from './Keycap.tsx';

/** The keys of an action as they are bound now; nothing when it has none. */
export function ActionKeys({ id }: { id: ActionId }) {
  const keys = keycapsOf(useChord(id));
  return keys.length === 0 ? null : <Keycap keys={keys} />;
}
