import { createStore } from 'zustand/vanilla';
import { type DraftPart, type MoveDraft, movedPart, PARTS_MAX } from '../firm/changeSet.ts';

interface ChangeSetStore {
  /** Whether moves are being collected: then what is put down is added instead of being asked for at once. */
  isOpen: boolean;
  parts: readonly DraftPart[];
  /** How the parts stood before each of the last changes, the latest last. */
  past: readonly (readonly DraftPart[])[];
  /** What was done last, for ears. */
  said: string;
  nextId: number;
  /** The part whose amount was typed last: while one types on, that is one change. */
  typing: number | undefined;
}

const PAST_MAX = 64;
const EMPTY = { isOpen: false, parts: [], past: [], said: '', nextId: 1, typing: undefined };

/** The moves a person is drafting to ask for as one. They outlast a look at another page, and nothing more. */
export const changeSetStore = createStore<ChangeSetStore>()(() => EMPTY);

export function openChangeSet(): void {
  changeSetStore.setState({ isOpen: true });
}

/** Forgets all of it. */
export function discardChangeSet(): void {
  changeSetStore.setState(EMPTY);
}

/** Once they were asked for: the next ones begin anew. */
export function clearParts(): void {
  changeSetStore.setState({ ...EMPTY, isOpen: true });
}

/** Adds a move at the end. @returns whether there was room for it */
export function addPart(draft: MoveDraft): boolean {
  const { parts, nextId } = changeSetStore.getState();
  if (parts.length >= PARTS_MAX) {
    changeSetStore.setState({ said: `A change set has ${PARTS_MAX} parts at most.` });
    return false;
  }
  const said = `Added as part ${parts.length + 1}.`;
  put([...parts, { id: nextId, draft }], said);
  changeSetStore.setState({ isOpen: true, nextId: nextId + 1 });
  return true;
}

export function editPart(id: number, draft: MoveDraft): void {
  const { parts, typing } = changeSetStore.getState();
  const edited = parts.map((part) => (part.id === id ? { id, draft } : part));
  if (typing === id) changeSetStore.setState({ parts: edited });
  else put(edited, '');
  changeSetStore.setState({ typing: id });
}

export function removePart(id: number): void {
  const { parts } = changeSetStore.getState();
  const at = parts.findIndex((part) => part.id === id);
  if (at < 0) return;
  const left = parts.toSpliced(at, 1);
  put(left, `Part ${at + 1} is gone: ${countWords(left.length)}.`);
}

export function movePart(id: number, by: -1 | 1): void {
  const { parts } = changeSetStore.getState();
  const moved = movedPart(parts, id, by);
  if (moved === parts) return;
  put(moved, `Now part ${moved.findIndex((part) => part.id === id) + 1}.`);
}

/** Takes the last change of the draft back. */
export function undoPart(): void {
  const { past } = changeSetStore.getState();
  const before = past.at(-1);
  if (before === undefined) return;
  const said = `Taken back: ${countWords(before.length)}.`;
  changeSetStore.setState({ parts: before, past: past.slice(0, -1), said, typing: undefined });
}

/** `3 moves`. */
export function countWords(count: number): string {
  return count === 1 ? '1 move' : `${count} moves`;
}

function put(parts: readonly DraftPart[], said: string): void {
  changeSetStore.setState((store) => ({
    parts,
    past: [...store.past, store.parts].slice(-PAST_MAX),
    said,
    typing: undefined,
  }));
}
