'use client';

import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { accountHue } from '../../lib/accountHue.ts';
import { watchArming } from '../../lib/arming/watchArming.ts';
import { followAddress } from '../../lib/followAddress.ts';
import { useSelectedAccount } from '../../lib/hooks/account.ts';
import { useMedia } from '../../lib/hooks/media.ts';
import { useOverlay } from '../../lib/hooks/overlay.ts';
import { pastSentence, useIsPast } from '../../lib/hooks/past.ts';
import { useZoneChanges } from '../../lib/hooks/timeZone.ts';
import { asOfIn, asOfText, hrefInThePast } from '../../lib/past/asOf.ts';
import { openOverlay } from '../../lib/stores/overlayStore.ts';
import { Review } from '../panes/trader/review/Review.tsx';
import { SandboxDoor } from '../panes/trader/session/SandboxDoor.tsx';
import { StatusLine } from '../panes/trader/statusLine/StatusLine.tsx';
import { classes } from '../ui/classes.ts';
import { PageLink } from '../ui/PageLink.tsx';
import { livePage, type PageMode, PageModeContext } from '../ui/pageMode.ts';
import { useAction } from '../ui/useAction.ts';
import { toggleArming } from './ArmingBadge.tsx';
import styles from './Frame.module.css';
import { KillSwitch } from './KillSwitch.tsx';
import { PastBanner } from './PastBanner.tsx';
import { PastFoot, PastPage } from './PastPage.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { useDesk } from './useDesk.ts';

export type PageName =
  | 'trade'
  | 'options'
  | 'desk'
  | 'risk'
  | 'approvals'
  | 'settlement'
  | 'audit'
  | 'verify'
  | 'status'
  | 'help'
  | 'settings';

const pages: { page: PageName; href: string; short: string; name: string }[] = [
  { page: 'trade', href: '/trade/BTC-PERP', short: 'TR', name: 'Trade' },
  { page: 'options', href: '/options', short: 'OP', name: 'Options' },
  { page: 'desk', href: '/desk', short: 'DK', name: 'Desk' },
  { page: 'risk', href: '/risk', short: 'RK', name: 'Risk' },
  { page: 'approvals', href: '/approvals', short: 'AP', name: 'Approvals' },
  { page: 'settlement', href: '/settlement', short: 'SL', name: 'Settlement' },
  { page: 'audit', href: '/audit', short: 'AU', name: 'Audit' },
  { page: 'verify', href: '/verify', short: 'VF', name: 'Verify' },
  { page: 'status', href: '/status', short: 'ST', name: 'Status' },
  { page: 'settings', href: '/settings', short: 'SE', name: 'Settings' },
  { page: 'help', href: '/help/margin', short: '?', name: 'Help: margin' },
];

const SmallScreen = lazy(async () => ({ default: (await import('./SmallScreen.tsx')).SmallScreen }));
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet.tsx')).KeySheet }));

const MarginCallDialog = lazy(async () => ({
  default: (await import('../panes/trader/marginCall/MarginCallDialog.tsx')).MarginCallDialog,
}));

/** What stands around every page: who and how much on top, where on the left, how fresh below. */
export function Frame({ page, children }: { page: PageName; children: ReactNode }) {
  useDesk();
  useEffect(watchArming, []);
  useEffect(followAddress, []);
  useAction('desk.arm', toggleArming);
  useAction('desk.keySheet', () => openOverlay('keySheet'));
  const account = useSelectedAccount()?.account;
  const overlay = useOverlay();
  const isSmall = useMedia('(max-width: 899px)') && page === 'trade';
  const isPast = useIsPast();
  // Where a zone is chosen the hand stays on its button.
  const zoneChanges = useZoneChanges();
  const mode = isPast ? pastPage : livePage;
  useEffect(reloadIfMoved, []);
  return (
    <PageModeContext value={mode}>
      <div
        className={isSmall ? styles.small : styles.frame}
        data-page={page}
        data-past={isPast || undefined}
        data-hue={account === undefined ? undefined : accountHue(account)}
      >
        {isSmall && !isPast ? (
          <Suspense>
            <SmallScreen />
          </Suspense>
        ) : (
          <>
            <TopBar />
            {isPast && <PastBanner />}
            <Rail page={page} />
            <main key={page === 'settings' ? 0 : zoneChanges} className={styles.main}>
              {isPast ? <PastPage page={page}>{children}</PastPage> : children}
            </main>
            <footer className={styles.foot}>{isPast ? <PastFoot /> : <StatusLine />}</footer>
          </>
        )}
        <Toasts isOverChart={page === 'trade' && !isSmall} />
        <Review />
        <KillSwitch />
        <SandboxDoor />
        {overlay === 'marginCall' && (
          <Suspense>
            <MarginCallDialog />
          </Suspense>
        )}
        {overlay === 'keySheet' && (
          <Suspense>
            <KeySheet />
          </Suspense>
        )}
      </div>
    </PageModeContext>
  );
}

const pastPage: PageMode = { block: pastSentence(), hrefOf: hrefInThePast };

/** Now and then are different loads: an address that has moved from one to the other is loaded again. */
function reloadIfMoved(): void {
  if (asOfIn(location.search) !== asOfText) location.reload();
}

function Rail({ page }: { page: PageName }) {
  return (
    <nav className={styles.rail} aria-label="Pages">
      {pages.map((entry) => (
        <PageLink
          key={entry.page}
          href={entry.href}
          className={classes(styles.link, entry.page === page && styles.here)}
          aria-current={entry.page === page ? 'page' : undefined}
          title={entry.name}
        >
          {entry.short}
          <span className="visually-hidden">{entry.name}</span>
        </PageLink>
      ))}
    </nav>
  );
}
