import { useEffect, useState } from 'react';
import { useDraft, usePreview } from '../../../../lib/hooks/draft.ts';
import { bindsNoMargin, NO_MARGIN_WORDS } from '../../../../lib/waitingMargin.ts';
import { LiveRegion } from '../../../ui/LiveRegion.tsx';
import { previewWords } from './Ticket.words.ts';
import { useLimits } from './useLimits.ts';

/** So long must the terms have stood still: nobody wants to hear each digit. */
const STILL_MS = 800;

/**
 * The preview for the ear: once for each draft, when it has stood still and is answered. It is asked four times a
 * second, and each answer is a little different.
 */
export function PreviewSaid(props: Parameters<typeof useLimits>[0]) {
  const draft = useDraft();
  const words = useWords(props);
  const [said, setSaid] = useState<{ draft: object; words: string }>();
  const isDue = words !== undefined && said?.draft !== draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: newer words of the same draft do not put it off.
  useEffect(() => {
    if (!isDue) return;
    const timer = setTimeout(() => setSaid({ draft, words }), STILL_MS);
    return () => clearTimeout(timer);
  }, [isDue, draft]);
  return <LiveRegion words={said?.draft === draft ? said.words : ''} />;
}

/** Undefined while the preview is not of the terms as they stand. */
function useWords({ market, operation }: Parameters<typeof useLimits>[0]): string | undefined {
  const preview = usePreview();
  const limits = useLimits({ market, operation });
  if (market === undefined || preview.state !== 'known' || !preview.isCurrent) return undefined;
  const words = previewWords(preview.preview, market, limits);
  return bindsNoMargin(operation) && words !== '' ? `${words} ${NO_MARGIN_WORDS}` : words;
}
