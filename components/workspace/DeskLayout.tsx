'use client';

import { useSession } from '../../lib/hooks/account.ts';
import { useFollowFirm } from '../../lib/hooks/firm.ts';
import { useFollowFirmRisk } from '../../lib/hooks/firmRisk.ts';
import { useMedia } from '../../lib/hooks/media.ts';
import { Activity } from '../panes/desk/activity/Activity.tsx';
import { Change } from '../panes/desk/change/Change.tsx';
import { ChangeSetTray } from '../panes/desk/change/ChangeSetTray.tsx';
import { Exposure } from '../panes/desk/exposure/Exposure.tsx';
import { Limits } from '../panes/desk/limits/Limits.tsx';
import { Margins } from '../panes/desk/margins/Margins.tsx';
import { Nearest } from '../panes/desk/nearest/Nearest.tsx';
import { Positions } from '../panes/desk/positions/Positions.tsx';
import { Stress } from '../panes/desk/stress/Stress.tsx';
import { Tree } from '../panes/desk/tree/Tree.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './DeskLayout.module.css';
import screen from './Screen.module.css';

/** A third column, and panes that would be slits on less. */
const WIDE = '(min-width: 2000px) and (min-height: 900px)';

/**
 * The portfolio manager's screen: who earns and who is near on the left, with what all of it depends on and the largest
 * positions below; who is nearest to liquidation and to a limit on the right, and what the market could do to all of it.
 * A wide screen has more panes, not wider ones: how margins went over the day, and what happened.
 * What is dragged, or chosen from a row's menu, opens as a change; while several are drafted as one, they are collected
 * below.
 */
export function DeskLayout() {
  const session = useSession();
  const isWide = useMedia(WIDE);
  useFollowFirm();
  useFollowFirmRisk();
  if (session.state !== 'signedIn') return <SignedOut isKnown={session.state !== 'unknown'} />;
  return (
    <div className={styles.page}>
      <div className={classes(screen.screen, styles.grid)}>
        <div className={screen.column}>
          <div className={styles.tree}>
            <Tree />
          </div>
          <div className={styles.exposure}>
            <Exposure />
          </div>
          <div className={screen.grows}>
            <Positions />
          </div>
        </div>
        <div className={screen.column}>
          <div className={styles.nearest}>
            <Nearest />
          </div>
          {!isWide && <LimitsBox />}
          <div className={classes(screen.grows, styles.stress)}>
            <Stress />
          </div>
          {isWide && (
            <div className={classes(screen.grows, styles.margins)}>
              <Margins />
            </div>
          )}
        </div>
        {isWide && (
          <div className={screen.column}>
            <LimitsBox />
            <div className={screen.grows}>
              <Activity />
            </div>
          </div>
        )}
      </div>
      <ChangeSetTray />
      <Change />
    </div>
  );
}

function LimitsBox() {
  return (
    <div className={styles.limits}>
      <Limits />
    </div>
  );
}

function SignedOut({ isKnown }: { isKnown: boolean }) {
  return (
    <div className={screen.alone}>
      <EmptyState title={isKnown ? 'Sign in to see the desk.' : 'Waiting for the desk.'}>
        {isKnown && 'Accounts are shown to the members who may see them.'}
      </EmptyState>
    </div>
  );
}
