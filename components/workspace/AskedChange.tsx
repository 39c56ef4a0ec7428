'use client';

import { lazy, Suspense } from 'react';

const Change = lazy(async () => ({ default: (await import('../panes/desk/change/Change.tsx')).Change }));

/** The dialog of the desk page, on pages where something of the firm is asked for too. */
export function AskedChange() {
  return (
    <Suspense>
      <Change />
    </Suspense>
  );
}
