import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchSettings } from '../settings/settingsStore.ts';
import { zoneName, zoneText } from '../timeZone.ts';

/** How the zone of all times stands to UTC now: for the heads of columns. */
export function useZoneText(): string {
  return useSyncExternalStore(watchSettings, now, onServer);
}

function now(): string {
  return zoneText(Date.now());
}

function onServer(): string {
  return 'UTC';
}

/** How often another zone was chosen since the page was opened: what shows times in many places is drawn anew. */
export function useZoneChanges(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    let seen = zoneName();
    return watchSettings(() => {
      if (zoneName() === seen) return;
      seen = zoneName();
      setCount((before) => before + 1);
    });
  }, []);
  return count;
}
