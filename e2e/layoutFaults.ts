import type { Page } from '@playwright/test';

/**
 * What whoever looks at a page finds wrong with how it is laid out: it scrolls sideways, a pane has neither content nor
 * a reason, words stand on other words, a number is cut. Sentences; none where all is well.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const faults: string[] = [];
    const { documentElement: root } = document;
    if (root.scrollWidth > root.clientWidth)
      faults.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);
    for (const pane of document.querySelectorAll('section[aria-labelledby]')) {
      if (!pane.checkVisibility()) continue;
      const name = document.getElementById(pane.getAttribute('aria-labelledby') ?? '')?.textContent ?? '';
      const body = pane.lastElementChild;
      const { width = 0, height = 0 } = body?.getBoundingClientRect() ?? {};
      const isFilled = /\S/.test(body?.textContent ?? '') || body?.querySelector('canvas, svg') !== null;
      if (!isFilled || width < 8 || height < 8) faults.push(`${name} is empty (${width} × ${height})`);
    }

    interface Piece {
      node: Node;
      text: string;
      parent: Element;
      /** What is seen of it. */
      box: DOMRect;
    }
    const pieces: Piece[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement!;
      const text = node.textContent?.trim() ?? '';
      if (text === '' || parent.closest('script, style, noscript, option, .visually-hidden') !== null)
        continue;
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].map((line) => clipped(line, parent));
      const shown = lines.filter(({ box }) => box.width > 2 && box.height > 2);
      // A sentence may end in dots, a number may not.
      if (shown.some(({ isCut }) => isCut) && /\d/.test(text) && !/[A-Za-z]{2}/.test(text))
        faults.push(`${text} is cut in ${placeOf(parent)}`);
      for (const { box } of shown) pieces.push({ node, text, parent, box });
    }
    pieces.sort((a, b) => a.box.top - b.box.top);
    for (const [at, one] of pieces.entries()) {
      for (const other of pieces.slice(at + 1)) {
        if (other.box.top >= one.box.bottom) break;
        if (one.node !== other.node && overlap(one.box, other.box) && !isLayered(one.parent, other.parent))
          faults.push(`${one.text} stands on ${other.text} in ${placeOf(other.parent)}`);
      }
    }
    return faults;

    /** What its frames leave of a line of text; one that can be scrolled into view is not cut. */
    function clipped(line: DOMRect, parent: Element): { box: DOMRect; isCut: boolean } {
      let [left, top, right, bottom] = [line.left, line.top, line.right, line.bottom];
      let isCut = false;
      let canScroll = false;
      for (let frame: Element | null = parent; frame !== null; frame = frame.parentElement) {
        const { overflowX, overflowY, position, clipPath } = getComputedStyle(frame);
        const edge = frame.getBoundingClientRect();
        // Kept for whoever listens, and drawn only under a hand.
        if (clipPath === 'inset(50%)') right = left;
        if (overflowX === 'auto' || overflowX === 'scroll') canScroll = true;
        if (overflowX !== 'visible') {
          if (!canScroll && (line.right > edge.right + 1 || line.left < edge.left - 1)) isCut = true;
          [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        }
        if (overflowY !== 'visible') [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
        if (position === 'fixed') break;
      }
      return { box: new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top)), isCut };
    }

    /** Lines may touch: letters do not fill their boxes. */
    function overlap(a: DOMRect, b: DOMRect): boolean {
      const [shareX, shareY] = [
        Math.min(a.right, b.right) - Math.max(a.left, b.left),
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
      ];
      return shareX > 2 && shareY > Math.min(a.height, b.height) / 3;
    }

    function placeOf(element: Element): string {
      const pane = element.closest('section[aria-labelledby], [aria-label]');
      return pane?.getAttribute('aria-label') ?? pane?.querySelector('h2')?.textContent ?? element.tagName;
    }

    /** A head that stands while rows pass under it, and a button on its own ground over what it leads away from. */
    function isLayered(a: Element, b: Element): boolean {
      const headOf = (element: Element) => element.closest('thead, tfoot');
      return headOf(a) !== headOf(b) || isUnderButton(a, b) || isUnderButton(b, a);
    }

    function isUnderButton(a: Element, b: Element): boolean {
      const button = b.closest('button');
      if (button === null || a.closest('button') !== null) return false;
      return getComputedStyle(button).backgroundColor !== 'rgba(0, 0, 0, 0)';
    }
  });
}
