import { nameOf, Role } from '../../engine/protocol/enums.ts';
import type { AccountView } from '../../engine/protocol/views/account.ts';
import { formatRatio } from '../format.ts';
import { playSound } from '../sounds/playSound.ts';
import { openOverlay } from '../stores/overlayStore.ts';
import { sessionStore } from '../stores/sessionStore.ts';
import { toast } from '../stores/toastStore.ts';

/** A call is no news that may pass while somebody looks away. */
const SHOWN_MS = 120_000;

/** Calls the person at the screen, once a level, if the level calls their role and nobody has taken it on. */
export function announceMarginCall(before: AccountView | undefined, after: AccountView): void {
  const { marginCall: call, label, margin } = after;
  if (call === null || call.taken !== null) return;
  const known = before?.marginCall;
  if (known?.call === call.call && known.level >= call.level) return;
  const { session } = sessionStore.getState();
  if (session.state !== 'signedIn' || !call.roles.some((role) => nameOf(Role, role) === session.session.role))
    return;
  playSound('marginCall');
  toast({
    group: `margin call ${call.call}`,
    tone: 'danger',
    text: `Margin call: ${label}.`,
    detail: `Maintenance margin is ${formatRatio(margin.ratioPpm)} of equity: level ${call.level + 1} of ${call.levelCount}.`,
    actions: [{ label: 'Show', run: () => openOverlay('marginCall') }],
    shownMs: SHOWN_MS,
  });
}
