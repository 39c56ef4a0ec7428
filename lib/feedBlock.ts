import { formatAge } from './format.ts';
import { bookFreshness, type Clockwork, type Freshness, feedFreshness, markFreshness } from './freshness.ts';
import { channels, link, pulse } from './stores/connectionStore.ts';
import { books, marks } from './stores/marketStore.ts';

/** Why nothing can be sent now: words for a button, a sentence for the person. */
export interface Block {
  words: string;
  sentence: string;
  /** The words without an age, for where a change is read aloud. */
  stillWords?: string;
  /** `wait` passes by itself, `write` needs the draft, `stop` needs something else. */
  kind: 'wait' | 'write' | 'stop';
  /** A feed is too old: the ages of all of them are the way to see which. */
  isOfFeed?: boolean;
}

/** The first of these that no order may go out on, by name; undefined when all are fresh. */
export function feedBlock(named: readonly (readonly [string, Freshness])[]): Block | undefined {
  for (const [name, freshness] of named) {
    if (freshness.face === 'unknown') {
      return { words: `Waiting for the ${name}`, sentence: `The ${name} is not known yet.`, kind: 'wait' };
    }
    if (freshness.face === 'wrong') {
      return { words: `Blocked: ${name} is wrong`, sentence: freshness.reason, kind: 'stop' };
    }
    if (freshness.face === 'stale') {
      const words = `Blocked: ${name} ${formatAge(freshness.ageMs)} old`;
      return {
        words,
        stillWords: `Blocked: ${name} too old`,
        sentence: `${freshness.reason} Positions and cancels still work.`,
        kind: 'stop',
        isOfFeed: true,
      };
    }
  }
  return undefined;
}

/** The same for an order that leaves now, wherever it was asked for. A book nobody watches is not asked about. */
export function feedBlockNow(instrument: number | undefined): Block | undefined {
  const clockwork: Clockwork = { link: link.get('link'), pulse: pulse(), nowMs: Date.now() };
  const named: [string, Freshness][] = [['feed', feedFreshness(clockwork)]];
  const book = instrument === undefined ? undefined : books.get(instrument);
  const mark = instrument === undefined ? undefined : marks.get(instrument);
  const channel = channels.get(`market/${instrument}`);
  if (book !== undefined) named.push(['book', bookFreshness(book, channel, clockwork)]);
  if (mark !== undefined) named.push(['mark', markFreshness(mark, clockwork)]);
  return feedBlock(named);
}
