import { formatCount } from '../../../../lib/format.ts';
import { EffectsTable } from '../EffectsTable.tsx';
import styles from './Review.module.css';
import type { ReviewPreview } from './useReviewPreview.ts';

/** Margin and distance before and after, as the engine's copy answers now. */
export function ReviewEffects({ isAsked, preview, fault }: ReviewPreview) {
  if (!isAsked) return null;
  return (
    <section aria-label="What it does">
      <p className={styles.asked}>
        <span role="status">
          {preview?.refusal !== undefined && <b>Would be refused now: {preview.refusal.message} </b>}
          {preview === undefined && (fault ?? 'Asking what it would do.')}
        </span>
        {preview !== undefined && `Previewed at seq ${formatCount(preview.seq)}.`}
      </p>
      {preview !== undefined && <EffectsTable preview={preview} />}
    </section>
  );
}
