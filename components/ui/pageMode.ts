import { createContext } from 'react';

/** What the page around a part allows it. */
export interface PageMode {
  /** Why nothing can be changed from this page, as a sentence; undefined where it can. */
  block: string | undefined;
  /** Where a link of the desk leads from here by a load of its own; undefined where it is followed in place. */
  hrefOf: ((href: string) => string) | undefined;
}

export const livePage: PageMode = { block: undefined, hrefOf: undefined };

/** Set by the frame: parts know no page, only what it allows. */
export const PageModeContext = createContext(livePage);
