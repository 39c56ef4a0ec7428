import { isPast } from '../past/asOf.ts';
import { chordFor } from './bindings.ts';
import { chordOf } from './chord.ts';
import { type ActionId, type ActionReach, actionRow, actions } from './keymap.ts';

/** What runs for an action: of several, the one that came last and is enabled. */
export interface ActionHandler {
  run: () => void;
  isEnabled: boolean;
}

/** Keys that only look: the others do nothing on a page of the past. */
const looks: ReadonlySet<ActionId> = new Set([
  'desk.keySheet',
  'market.pick',
  'ladder.focus',
  'ladder.centre',
  'ladder.finer',
  'ladder.coarser',
]);

const handlers = new Map<ActionId, ActionHandler[]>();
let holds = 0;
let isListening = false;

/** @returns takes the handler away again */
export function handleAction(id: ActionId, handler: ActionHandler): () => void {
  listen();
  handlers.set(id, [...(handlers.get(id) ?? []), handler]);
  return () =>
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((each) => each !== handler),
    );
}

/** What its key would do, whichever key that is. */
export function runAction(id: ActionId): void {
  handlers
    .get(id)
    ?.findLast((each) => each.isEnabled)
    ?.run();
}

/** While a key is being chosen no key does anything else. @returns lets them work again */
export function holdKeys(): () => void {
  holds += 1;
  return () => {
    holds -= 1;
  };
}

/** One pair of listeners for the page. On the window, so that whatever has the focus may take a key first. */
function listen(): void {
  if (isListening) return;
  isListening = true;
  // What works from everywhere is heard on the way down: nothing on the page can keep it for itself.
  addEventListener('keydown', (event) => dispatch(event, (reach) => reach === 'everywhere'), {
    capture: true,
  });
  addEventListener('keydown', (event) => dispatch(event, (reach) => reach !== 'everywhere'));
}

function dispatch(event: KeyboardEvent, isMine: (reach: ActionReach) => boolean): void {
  if (holds > 0 || event.repeat || event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  const bound = actions.filter((action) => chordFor(action.id) === chord);
  // Of actions that share a key only those of this page listen.
  const id = bound.find((action) => isListenedTo(action.id))?.id;
  if (id === undefined) return;
  const { reach = 'page' } = actionRow(id);
  if (!isMine(reach) || !isReached(reach, event.target)) return;
  if (isPast && !looks.has(id)) return;
  event.preventDefault();
  runAction(id);
}

function isListenedTo(id: ActionId): boolean {
  return handlers.get(id)?.some((each) => each.isEnabled) === true;
}

function isReached(reach: ActionReach, target: EventTarget | null): boolean {
  if (reach === 'everywhere') return true;
  if (document.querySelector('dialog:modal') !== null) return false;
  // A field that moves a mark in its list hands each key on to the marked row.
  return reach === 'fields' || !(isField(target) || isField(document.activeElement));
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}
