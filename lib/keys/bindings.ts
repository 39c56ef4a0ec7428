import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { keycapsOf } from './chord.ts';
import { type ActionId, actionRow, actions, shareAPage } from './keymap.ts';

const BINDINGS_KEY = 'ballast.keys';

/** Chords that were chosen instead of the table's; '' is no key. */
type Chosen = Partial<Record<ActionId, string>>;

const store = createStore<{ chosen: Chosen }>()(() => ({ chosen: {} }));

/** The chord of an action now; '' when it has none. */
export function chordFor(id: ActionId): string {
  return store.getState().chosen[id] ?? actionRow(id).keys;
}

export function useChord(id: ActionId): string {
  return useStore(store, ({ chosen }) => chosen[id] ?? actionRow(id).keys);
}

/** Keys that move the focus, type or stop: they keep their meaning everywhere. */
const fixed = new Set(['Escape', 'Tab', 'Shift+Tab', 'Enter', 'Space', 'Backspace', 'Delete']);
/** Chords that browsers keep to themselves, so that no page ever hears of them. */
const browsers = new Set(
  ['T', 'N', 'W', 'Shift+T', 'Shift+N', 'Shift+W', 'Tab', 'Shift+Tab'].map((rest) => `Control+${rest}`),
);

/** Why this action cannot have this chord, as a sentence; undefined when it can. */
export function bindingProblem(id: ActionId, chord: string): string | undefined {
  const printed = keycapsOf(chord).join(' ');
  if (fixed.has(chord) || chord.includes('Arrow'))
    return `${printed} moves, types or stops everywhere and cannot be given away.`;
  if (browsers.has(chord)) return `${printed} belongs to the browser.`;
  const { reach, group } = actionRow(id);
  if (reach !== undefined && !/Control|Alt|^F\d/.test(chord))
    return 'This action works while you type, so its key needs Ctrl or Alt.';
  const holder = actions.find(
    (other) => other.id !== id && chordFor(other.id) === chord && shareAPage(group, other.group),
  );
  return holder && `${printed} is taken by “${holder.name}”.`;
}

/** Gives an action another chord; '' takes its key away. Ask `bindingProblem` first. */
export function rebind(id: ActionId, chord: string): void {
  const { [id]: _before, ...rest } = store.getState().chosen;
  keep(chord === actionRow(id).keys ? rest : { ...rest, [id]: chord });
}

/** Every action with the key of the table again. */
export function resetBindings(): void {
  keep({});
}

export function useHasOwnBindings(): boolean {
  return useStore(store, ({ chosen }) => Object.keys(chosen).length > 0);
}

function keep(chosen: Chosen): void {
  localStorage.setItem(BINDINGS_KEY, JSON.stringify(chosen));
  store.setState({ chosen });
}

/** Keeps of a stored text what names an action of this table and a chord. */
export function readBindings(text: string | null): Chosen {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    const entries = Object.entries(stored ?? {});
    return Object.fromEntries(
      entries.filter(([id, chord]) => actions.some((action) => action.id === id) && isChord(chord)),
    );
  } catch {
    return {};
  }
}

function isChord(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 40;
}

function followBrowser(): void {
  const read = () => store.setState({ chosen: readBindings(localStorage.getItem(BINDINGS_KEY)) });
  read();
  addEventListener('storage', (event) => {
    if (event.key === BINDINGS_KEY || event.key === null) read();
  });
}

if (typeof window !== 'undefined') followBrowser();
