'use client';

import { useSession } from '../../lib/hooks/account.ts';
import { useApprovalsTab } from '../../lib/hooks/approvals.ts';
import { useFirmRefusal, useFollowFirm } from '../../lib/hooks/firm.ts';
import { useFollowProposalTrial } from '../../lib/hooks/proposalTrial.ts';
import { useFollowSettlement } from '../../lib/hooks/settlement.ts';
import { type ApprovalsTab, selectTab } from '../../lib/stores/approvalsStore.ts';
import { AddressBook } from '../panes/approvals/book/AddressBook.tsx';
import { Outflow } from '../panes/approvals/book/Outflow.tsx';
import { PolicyDraft } from '../panes/approvals/draft/PolicyDraft.tsx';
import { MemberForm } from '../panes/approvals/member/MemberForm.tsx';
import { Members } from '../panes/approvals/members/Members.tsx';
import { Proposal } from '../panes/approvals/proposal/Proposal.tsx';
import { Queue } from '../panes/approvals/queue/Queue.tsx';
import { RuleForm } from '../panes/approvals/rule/RuleForm.tsx';
import { Rules } from '../panes/approvals/rules/Rules.tsx';
import { RulesInForce } from '../panes/approvals/rules/RulesInForce.tsx';
import { Sign } from '../panes/approvals/sign/Sign.tsx';
import { Tester } from '../panes/approvals/tester/Tester.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import styles from './ApprovalsLayout.module.css';
import { AskedChange } from './AskedChange.tsx';
import screen from './Screen.module.css';

const tabs: readonly { value: ApprovalsTab; label: string }[] = [
  { value: 'queue', label: 'Queue' },
  { value: 'policy', label: 'Policy' },
  { value: 'members', label: 'Members' },
  { value: 'book', label: 'Address book' },
];

/**
 * Where a firm decides: what waits on the left, what it changes and who must agree in the middle, and exactly what
 * one signs on the right; its rules and its people beside that.
 */
export function ApprovalsLayout() {
  useFollowFirm();
  useFollowProposalTrial();
  const session = useSession();
  const tab = useApprovalsTab();
  const refusal = useFirmRefusal();
  if (session.state !== 'signedIn')
    return (
      <Alone title={session.state === 'unknown' ? 'Waiting for the desk.' : 'Sign in to see what waits.'}>
        {session.state !== 'unknown' && 'Proposals are shown to the members of the firm.'}
      </Alone>
    );
  if (refusal !== undefined) return <Alone title="Nothing can be shown.">{refusal}</Alone>;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <Tabs label="Approvals" value={tab} items={tabs} onPick={selectTab} panelId="approvals" />
      </div>
      <div id="approvals" role="tabpanel" className={styles.panel}>
        {tab === 'queue' && (
          <div className={classes(screen.screen, styles.queue)}>
            <Queue />
            <div className={screen.column}>
              <div className={screen.grows}>
                <Proposal />
              </div>
              <div className={classes(screen.onlyWide, styles.inForce)}>
                <RulesInForce />
              </div>
            </div>
            <Sign />
          </div>
        )}
        {tab === 'policy' && (
          <div className={classes(screen.screen, styles.policy)}>
            <div className={screen.column}>
              <div className={screen.grows}>
                <Rules />
              </div>
              <div className={styles.tester}>
                <Tester />
              </div>
            </div>
            <div className={screen.column}>
              <div className={classes(screen.grows, styles.form)}>
                <RuleForm />
              </div>
              <div className={screen.grows}>
                <PolicyDraft />
              </div>
            </div>
          </div>
        )}
        {tab === 'members' && (
          <div className={classes(screen.screen, styles.policy)}>
            <Members />
            <MemberForm />
          </div>
        )}
        {tab === 'book' && <Book />}
      </div>
    </div>
  );
}

/** Where money may go; what the vault says of it is asked for while somebody looks. */
function Book() {
  useFollowSettlement();
  return (
    <div className={classes(screen.screen, styles.book)}>
      <AddressBook />
      <Outflow />
      <AskedChange />
    </div>
  );
}

function Alone({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className={screen.alone}>
      <EmptyState title={title}>{children}</EmptyState>
    </div>
  );
}
