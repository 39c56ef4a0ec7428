import { type FocusEvent, type RefObject, useEffect, useRef, useState } from 'react';

export interface GridHold {
  readonly isHeld: boolean;
  readonly onPointerEnter: () => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * Whether the pointer is over the rows or a keyboard's focus among them; a press of the mouse leaves none.
 *
 * A leave event is lost when the element under the pointer was removed, as a cancelled row's buttons are; so it is
 * the pointer's own moves that say where it is. A focus that was lost with its element is given back by the keys.
 */
export function useGridHold(body: RefObject<HTMLElement | null>): GridHold {
  const [isOver, setOver] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const check = useRef(0);
  useEffect(() => {
    if (!isOver) return;
    const release = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || body.current?.contains(event.target) !== true) setOver(false);
    };
    document.addEventListener('pointermove', release);
    document.addEventListener('pointerleave', release, true);
    return () => {
      document.removeEventListener('pointermove', release);
      document.removeEventListener('pointerleave', release, true);
    };
  }, [isOver, body]);
  return {
    isHeld: isOver || isFocused,
    onPointerEnter: () => setOver(true),
    onFocus: ({ target }) => {
      cancelAnimationFrame(check.current);
      setFocused(target.matches(':focus-visible'));
    },
    onBlur: (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && body.current?.contains(next)) return;
      // The element may be gone because its row changed: by the next frame the keys have found its place again.
      check.current = requestAnimationFrame(() => {
        if (body.current?.contains(document.activeElement) !== true) setFocused(false);
      });
    },
  };
}
