'use client';

import { useAccount, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { usePreview } from '../../../../lib/hooks/draft.ts';
import { useAccountFreshness } from '../../../../lib/hooks/freshness.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { ticketEffect } from './MarginStrip.state.ts';
import { MarginStripView } from './MarginStripView.tsx';

/** Margin of the selected account, live. */
export function MarginStrip() {
  const account = useAccount();
  const scope = useSelectedAccount()?.label ?? '';
  const freshness = useAccountFreshness();
  const effect = ticketEffect(usePreview());
  return (
    <MarginStripView
      margin={account?.margin}
      after={effect?.after}
      scope={scope}
      source={account === undefined ? '' : sourceText(account.seq, account.timeMs)}
      freshness={freshness}
    />
  );
}
