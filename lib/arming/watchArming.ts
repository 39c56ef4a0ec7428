import { sessionStore } from '../stores/sessionStore.ts';
import { isFeedFresh } from './armingBlock.ts';
import { armingStore, disarm } from './armingStore.ts';

/** How often an armed page looks at its feed and at the clock. */
const LOOK_MS = 250;
/** Timers of a visible page are never this late unless the machine or the tab slept. */
const SLEPT_MS = 2_500;

/** Makes the page safe when whoever armed it is not looking at what they armed any more. */
export function watchArming(): () => void {
  const life = new AbortController();
  const on = { signal: life.signal };
  addEventListener('blur', () => disarm('blur'), on);
  addEventListener('pagehide', () => disarm('hidden'), on);
  document.addEventListener('visibilitychange', () => document.hidden && disarm('hidden'), on);
  // On the way down: a list or a dialog may keep Escape for itself, it still means stop.
  addEventListener('keydown', (event) => event.key === 'Escape' && disarm('escape'), {
    ...on,
    capture: true,
  });
  const leaveSession = sessionStore.subscribe((now, before) => {
    if (now.session !== before.session && !(now.session.state === 'signedIn' && now.session.agent))
      disarm('session');
    else if (now.account !== before.account) disarm('account');
  });
  const stopLooking = lookWhileArmed();
  return () => {
    life.abort();
    leaveSession();
    stopLooking();
  };
}

function lookWhileArmed(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    let lastMs = Date.now();
    return () => {
      const nowMs = Date.now();
      if (nowMs - lastMs > SLEPT_MS) disarm('sleep');
      else if (!isFeedFresh()) disarm('staleFeed');
      lastMs = nowMs;
    };
  };
  const follow = ({ untilMs }: { untilMs: number }) => {
    clearInterval(timer);
    timer = untilMs === 0 ? undefined : setInterval(look(), LOOK_MS);
  };
  const leave = armingStore.subscribe(follow);
  return () => {
    leave();
    clearInterval(timer);
  };
}
