const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/**
 * Remembers where the focus is, for something that takes it for a while.
 *
 * @returns gives it back if nobody has it: what is taken out of the page loses it for good. Where what had it before is
 *   gone too, as a button is that became another, it goes to what stands in its place
 */
export function rememberFocus(): () => void {
  const before = document.activeElement;
  const around = placesOf(before);
  return () => {
    const { activeElement, body } = document;
    if ((activeElement !== null && activeElement !== body) || !(before instanceof HTMLElement)) return;
    const target = before.isConnected ? before : standIn(around);
    target?.focus({ preventScroll: true });
  };
}

interface Place {
  parent: Element;
  /** Of what stood there, among the parent's children. */
  index: number;
}

/** Where an element stands, and where that stands, up to the page's body. */
function placesOf(element: Element | null): Place[] {
  const places: Place[] = [];
  for (let child = element; child?.parentElement; child = child.parentElement)
    places.push({ parent: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  return places.filter(({ parent }) => parent !== document.body && parent !== document.documentElement);
}

function standIn(places: readonly Place[]): HTMLElement | null | undefined {
  const place = places.find(({ parent }) => parent.isConnected);
  const there = place?.parent.children[place.index];
  if (there instanceof HTMLElement && there.matches(FOCUSABLE)) return there;
  return there?.querySelector<HTMLElement>(FOCUSABLE) ?? place?.parent.querySelector<HTMLElement>(FOCUSABLE);
}
