import { createKeyedStore } from './keyedStore.ts';

export type NoticeTone = 'info' | 'good' | 'warn' | 'danger';

/** One message to the person at the desk; `group` replaces an older one about the same thing. */
export interface Notice {
  id: number;
  group: string;
  tone: NoticeTone;
  text: string;
  detail: string;
  untilMs: number;
}

const KEPT = 4;
const SHOWN_MS = 8_000;

/** All on screen, newest last, under the one key 'all'. */
export const notices = createKeyedStore<'all', readonly Notice[]>();
let nextId = 1;

export function notify(notice: { group: string; tone: NoticeTone; text: string; detail?: string }): void {
  const others = (notices.latest('all') ?? []).filter((shown) => shown.group !== notice.group);
  const next = { detail: '', ...notice, id: nextId++, untilMs: Date.now() + SHOWN_MS };
  notices.set('all', [...others, next].slice(-KEPT));
  setTimeout(() => dismissNotice(next.id), SHOWN_MS);
}

export function dismissNotice(id: number): void {
  const all = notices.latest('all') ?? [];
  const left = all.filter((notice) => notice.id !== id);
  if (left.length !== all.length) notices.set('all', left);
}
