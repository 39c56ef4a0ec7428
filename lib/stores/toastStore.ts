import { createKeyedStore } from './keyedStore.ts';

export type ToastTone = 'info' | 'good' | 'warn' | 'danger';

/** Something a toast offers to do; the toast goes when it is done. */
export interface ToastAction {
  label: string;
  run: () => void;
}

/** One message to the person at the desk. `group` is what it is about: a newer one of the group takes its place. */
export interface Toast {
  id: number;
  group: string;
  tone: ToastTone;
  text: string;
  detail: string;
  actions: readonly ToastAction[];
}

export interface ToastRequest {
  group: string;
  tone: ToastTone;
  text: string;
  detail?: string;
  actions?: readonly ToastAction[];
  /** How long it stands; an offer stands only as long as it is good. */
  shownMs?: number;
}

const KEPT = 4;
const SHOWN_MS = 8_000;

interface Timing {
  leftMs: number;
  /** When its clock was started; undefined while held. */
  startedMs: number | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** All on screen, newest last, under the one key 'all'. */
export const toasts = createKeyedStore<'all', readonly Toast[]>();
const timings = new Map<number, Timing>();
let nextId = 1;
let isHeld = false;

export function toast({ shownMs = SHOWN_MS, ...request }: ToastRequest): void {
  const others = all().filter((shown) => shown.group !== request.group);
  const next: Toast = { detail: '', actions: [], ...request, id: nextId++ };
  const kept = [...others, next].slice(-KEPT);
  toasts.set('all', kept);
  for (const id of timings.keys()) if (!kept.some((each) => each.id === id)) stopClock(id);
  timings.set(next.id, { leftMs: shownMs, startedMs: undefined, timer: undefined });
  if (!isHeld) startClock(next.id);
}

export function dismissToast(id: number): void {
  stopClock(id);
  const left = all().filter((each) => each.id !== id);
  if (left.length !== all().length) toasts.set('all', left);
}

/** What these toasts offer is no longer good. Their words stand on: what happened, happened. */
export function withdrawOffers(isMeant: (group: string) => boolean): void {
  const isWithdrawn = ({ group, actions }: Toast) => actions.length > 0 && isMeant(group);
  if (!all().some(isWithdrawn)) return;
  toasts.set(
    'all',
    all().map((each) => (isWithdrawn(each) ? { ...each, actions: [] } : each)),
  );
}

/** While somebody reads them, none goes. */
export function holdToasts(): void {
  if (isHeld) return;
  isHeld = true;
  for (const timing of timings.values()) {
    clearTimeout(timing.timer);
    if (timing.startedMs !== undefined) timing.leftMs -= Date.now() - timing.startedMs;
    timing.startedMs = undefined;
  }
}

export function releaseToasts(): void {
  if (!isHeld) return;
  isHeld = false;
  for (const id of timings.keys()) startClock(id);
}

function startClock(id: number): void {
  const timing = timings.get(id);
  if (timing === undefined) return;
  timing.startedMs = Date.now();
  timing.timer = setTimeout(() => dismissToast(id), Math.max(0, timing.leftMs));
}

function stopClock(id: number): void {
  clearTimeout(timings.get(id)?.timer);
  timings.delete(id);
  // With the last one gone nobody is reading any more, whatever the pointer said.
  if (timings.size === 0) isHeld = false;
}

function all(): readonly Toast[] {
  return toasts.latest('all') ?? [];
}
