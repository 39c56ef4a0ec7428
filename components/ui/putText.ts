/**
 * Writes text into an element past React, for what changes faster than rendering would pay. React must give the
 * element nothing, or a text that never changes.
 *
 * @returns whether it read differently before
 */
export function putText(element: Element | null, text: string): boolean {
  if (element === null) return false;
  const node = element.firstChild;
  if (!(node instanceof Text)) element.append(text);
  else if (node.data === text) return false;
  // The node stays: setting `textContent` would make a new one each time.
  else node.data = text;
  return true;
}
