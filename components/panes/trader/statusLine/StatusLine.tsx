'use client';

import { useConnection } from '../../../../lib/hooks/connection.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { pulse } from '../../../../lib/stores/connectionStore.ts';
import { StatusLineView } from './StatusLineView.tsx';

const CLOCK_MS = 250;

/** The bottom line of every page. */
export function StatusLine() {
  const connection = useConnection();
  const nowMs = useNow(CLOCK_MS);
  return <StatusLineView connection={connection} nowMs={nowMs} engineMs={pulse()?.timeMs} />;
}
