import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Approvals } from '../../../../lib/hooks/approvals.ts';
import { approvalsStore } from '../../../../lib/stores/approvalsStore.ts';

/** Who is asked begins in the reason, never on the button; whatever else has the focus keeps it. */
export function useReason({ entry, firm }: Approvals): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  const chosenCount = useStore(approvalsStore, (store) => store.chosenCount);
  const isAsked = entry?.closed === undefined && entry?.proposal.approvers.includes(firm.member);
  // biome-ignore lint/correctness/useExhaustiveDependencies: choosing what is open already leads there too.
  useEffect(() => {
    const { activeElement, body } = document;
    const isFree = activeElement === null || activeElement === body;
    const isOfQueue = activeElement?.matches('[aria-current="true"]') === true;
    if (isAsked && (isFree || isOfQueue)) field.current?.focus({ preventScroll: true });
  }, [isAsked, chosenCount]);
  return field;
}
