import { useAccount } from '../../../../lib/hooks/account.ts';
import { openOverlay } from '../../../../lib/stores/overlayStore.ts';
import { Button } from '../../../ui/Button.tsx';

/** Stands beside the margin ratio while people are called over the account; filled until somebody has taken it on. */
export function MarginCallBadge() {
  const call = useAccount()?.marginCall;
  if (call === undefined || call === null) return null;
  const state = call.taken === null ? 'nobody has taken it on' : `taken on by ${call.taken.label}`;
  return (
    <Button
      tone="danger"
      size="row"
      isLook
      isFilled={call.taken === null}
      onClick={() => openOverlay('marginCall')}
      aria-label={`Margin call, level ${call.level + 1} of ${call.levelCount}, ${state}`}
    >
      CALL {call.level + 1}/{call.levelCount}
    </Button>
  );
}
