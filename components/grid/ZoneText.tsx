import { useZoneText } from '../../lib/hooks/timeZone.ts';

/** `UTC`, or how the zone that was chosen stands to it: in the heads of times. */
export function ZoneText() {
  return <>{useZoneText()}</>;
}
