/** A review that was sent leaves the focus nowhere: it goes back to where it came from, unless it is wanted elsewhere. */
export function backTo(element: HTMLElement): () => void {
  return () => {
    if (document.activeElement === document.body && element.isConnected) element.focus();
  };
}
