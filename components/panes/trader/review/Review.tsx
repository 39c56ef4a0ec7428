'use client';

import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../../../../lib/hooks/account.ts';
import { reviewStore } from '../../../../lib/stores/reviewStore.ts';

const load = async () => ({ default: (await import('./ReviewDialog.tsx')).ReviewDialog });
const ReviewDialog = lazy(load);

/** Asks before something is signed. The words and their grammar are loaded when somebody can sign at all. */
export function Review() {
  const review = useStore(reviewStore, (store) => store.review);
  const isSignedIn = useSession().state === 'signedIn';
  useEffect(() => {
    if (isSignedIn) void load();
  }, [isSignedIn]);
  if (review === undefined) return null;
  return (
    <Suspense>
      {/* Each question starts with nothing ticked. */}
      <ReviewDialog key={review.text} review={review} />
    </Suspense>
  );
}
