'use client';

import { feedBlock } from '../../../../lib/feedBlock.ts';
import { useSession } from '../../../../lib/hooks/account.ts';
import { useFeedFreshness } from '../../../../lib/hooks/freshness.ts';
import type { Review as Question } from '../../../../lib/stores/reviewStore.ts';
import { ReviewFace } from './ReviewFace.tsx';
import { useReviewPreview } from './useReviewPreview.ts';

/** The last look before something is signed, as the desk answers now. */
export function ReviewDialog({ review }: { review: Question }) {
  const preview = useReviewPreview(review.text);
  const feed = feedBlock([['feed', useFeedFreshness()]]);
  const session = useSession();
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  const nameOf = (account: number) => {
    const known = accounts.find((each) => each.account === account);
    return known && `${known.firmLabel} / ${known.label}`;
  };
  return <ReviewFace review={review} preview={preview} feed={feed} nameOf={nameOf} />;
}
