import { type MouseEvent, type PointerEvent, useRef } from 'react';
import type { PressButton } from './press.ts';
import type { CellPlace } from './useLadderKeys.ts';

export interface LadderPointer {
  isArmed: boolean;
  onActivate: (place: CellPlace) => void;
  onPress: (place: CellPlace, button: PressButton) => void;
  /** @returns whether there is something of ours to pick up there */
  onPickUp: (place: CellPlace) => boolean;
  onPutDown: (place: CellPlace) => void;
  /** Where the pointer is now; undefined outside the rows. */
  onHover: (place: CellPlace | undefined) => void;
  onStop: () => boolean;
}

/**
 * Presses and drags. An order follows the pointer once it has left its row, so that a press that trembles stays a
 * press; from then on the pointer is the ladder's, also outside of it.
 */
export function useLadderPointer({
  isArmed,
  onActivate,
  onPress,
  onPickUp,
  onPutDown,
  onHover,
  onStop,
}: LadderPointer) {
  const pressed = useRef<CellPlace>(undefined);
  const isDragging = useRef(false);
  const end = () => {
    pressed.current = undefined;
    isDragging.current = false;
  };
  return {
    onPointerDown(event: PointerEvent) {
      const place = placeOf(event.target);
      pressed.current = event.button === 0 ? place : undefined;
      if (place !== undefined) onActivate(place);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const place = isDragging.current ? placeAt(event) : placeOf(event.target);
      const from = pressed.current;
      const hasLeft =
        from !== undefined && event.buttons === 1 && place !== undefined && place.row !== from.row;
      if (hasLeft && !isDragging.current && onPickUp(from)) {
        isDragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      onHover(place);
    },
    onPointerUp(event: PointerEvent) {
      const place = placeAt(event);
      if (isDragging.current && place !== undefined) onPutDown(place);
      else if (isDragging.current) onStop();
      end();
    },
    onPointerCancel() {
      if (isDragging.current) onStop();
      end();
    },
    onClick(event: MouseEvent) {
      // A drag ends in a click on what holds both cells, which is none.
      const place = placeOf(event.target);
      if (place !== undefined) onPress(place, 'first');
    },
    onAuxClick(event: MouseEvent) {
      const place = placeOf(event.target);
      if (event.button === 1 && place !== undefined) onPress(place, 'middle');
    },
    onMouseDown(event: MouseEvent) {
      // The middle button would start to scroll by itself.
      if (event.button === 1) event.preventDefault();
    },
    onContextMenu(event: MouseEvent) {
      const place = placeOf(event.target);
      // The key that opens a menu has no button: it keeps its meaning.
      if (!isArmed || event.button !== 2 || place === undefined) return;
      event.preventDefault();
      onPress(place, 'second');
    },
  };
}

function placeAt({ clientX, clientY }: PointerEvent): CellPlace | undefined {
  return placeOf(document.elementFromPoint(clientX, clientY));
}

/** The cell that an element of the ladder belongs to. */
function placeOf(target: EventTarget | null): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  const row = cell?.parentElement?.dataset.row;
  if (row === undefined || cell?.dataset.column === undefined) return undefined;
  return { row: Number(row), column: Number(cell.dataset.column) };
}
