import { createStore } from 'zustand/vanilla';

/** A signed-to-be text somebody looks at before it goes. */
export interface Review {
  title: string;
  /** Exactly what will be signed and sent. */
  text: string;
  /** Sentences to tick off, one by one. */
  warnings: readonly string[];
  decide(isSent: boolean): void;
}

export const reviewStore = createStore<{ review: Review | undefined }>()(() => ({ review: undefined }));

/**
 * Shows a text and waits for a yes or a no. A second question is the answer to the first: no.
 *
 * @returns whether it is to be sent
 */
export function askReview(question: Omit<Review, 'decide'>): Promise<boolean> {
  reviewStore.getState().review?.decide(false);
  return new Promise((resolve) => {
    const decide = (isSent: boolean) => {
      // Told first: the row of what was sent is drawn together with the dialog's going, and not after it.
      resolve(isSent);
      if (reviewStore.getState().review?.decide === decide) reviewStore.setState({ review: undefined });
    };
    reviewStore.setState({ review: { ...question, decide } });
  });
}
