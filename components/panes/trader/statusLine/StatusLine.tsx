'use client';

import { useRulesVersion } from '../../../../lib/hooks/account.ts';
import { useArming, useArmingNote } from '../../../../lib/hooks/arming.ts';
import { useConnection } from '../../../../lib/hooks/connection.ts';
import { useHashCheck } from '../../../../lib/hooks/hashCheck.ts';
import { useKeyed } from '../../../../lib/hooks/keyed.ts';
import { PACE_MS, useNow } from '../../../../lib/hooks/now.ts';
import { openOverlay } from '../../../../lib/stores/overlayStore.ts';
import { toasts } from '../../../../lib/stores/toastStore.ts';
import { StatusLineView } from './StatusLineView.tsx';

/** The bottom line of every page. */
export function StatusLine() {
  const nowMs = useNow(PACE_MS);
  const { isArmed, untilMs } = useArming();
  const alerts = useKeyed(toasts, 'all') ?? [];
  const alertCount = alerts.filter(({ tone }) => tone === 'warn' || tone === 'danger').length;
  return (
    <StatusLineView
      connection={useConnection()}
      nowMs={nowMs}
      hashCheck={useHashCheck()}
      rulesVersion={useRulesVersion()}
      alertCount={alertCount}
      arming={{ isArmed, untilMs, note: useArmingNote() }}
      onKill={() => openOverlay('kill')}
      onKeys={() => openOverlay('keySheet')}
    />
  );
}
