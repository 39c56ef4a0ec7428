import { createStore } from 'zustand/vanilla';
import { playSound } from '../sounds/playSound.ts';

/** Armed, one click or key sends; without an order sent it ends after this long. */
export const ARMED_MS = 60_000;

export type DisarmReason =
  | 'escape'
  | 'asked'
  | 'time'
  | 'blur'
  | 'hidden'
  | 'sleep'
  | 'staleFeed'
  | 'account'
  | 'market'
  | 'session'
  | 'killSwitch';

interface ArmingStore {
  /** 0 while safe. */
  untilMs: number;
  /** Why it is safe, in a sentence, and since when; undefined before the first time and while armed. */
  note: { words: string; atMs: number } | undefined;
}

export const armingStore = createStore<ArmingStore>()(() => ({ untilMs: 0, note: undefined }));

const disarmWords: Record<DisarmReason, string> = {
  escape: 'Safe: Escape was pressed.',
  asked: 'Safe again.',
  time: 'Safe: a minute passed without an order.',
  blur: 'Safe: the window lost the focus.',
  hidden: 'Safe: the page was hidden.',
  sleep: 'Safe: this machine slept.',
  staleFeed: 'Safe: the feed went stale.',
  account: 'Safe: another account was chosen.',
  market: 'Safe: another market was opened.',
  session: 'Safe: the session or its trading key ended.',
  killSwitch: 'Safe: the kill switch was used.',
};

let timer: ReturnType<typeof setTimeout> | undefined;

/** Asked of the clock, not of a timer: a machine that slept wakes up safe. */
export function isArmed(): boolean {
  return armingStore.getState().untilMs > Date.now();
}

export function arm(): void {
  clearTimeout(timer);
  timer = setTimeout(() => disarm('time'), ARMED_MS);
  armingStore.setState({ untilMs: Date.now() + ARMED_MS, note: undefined });
}

/** A sent order renews the minute; it never arms what is safe. */
export function keepArmed(): void {
  if (isArmed()) arm();
}

/** From here on every order is reviewed first. Says why, unless it was safe already. */
export function disarm(reason: DisarmReason): void {
  clearTimeout(timer);
  if (armingStore.getState().untilMs === 0) return;
  armingStore.setState({ untilMs: 0, note: { words: disarmWords[reason], atMs: Date.now() } });
  playSound('disarm');
}

/** Somebody wanted to arm and may not: stays safe and says why. */
export function refuseToArm(words: string): void {
  armingStore.setState({ note: { words, atMs: Date.now() } });
}
