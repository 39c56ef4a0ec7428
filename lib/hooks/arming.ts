import { useStore } from 'zustand';
import { armingStore } from '../arming/armingStore.ts';
import { useNow } from './now.ts';

/** Whether one click sends, and until when. The store turns safe by itself when the minute is over. */
export function useArming(): { isArmed: boolean; untilMs: number } {
  const untilMs = useStore(armingStore, (store) => store.untilMs);
  return { isArmed: untilMs > 0, untilMs };
}

/** How long a note stands before the line says what it always says. */
const NOTE_MS = 8_000;
const SECOND_MS = 1_000;

/** Why it is safe since a moment ago; undefined while armed and when that is old news. */
export function useArmingNote(): string | undefined {
  const note = useStore(armingStore, (store) => store.note);
  const nowMs = useNow(SECOND_MS);
  return note !== undefined && nowMs - note.atMs < NOTE_MS ? note.words : undefined;
}
