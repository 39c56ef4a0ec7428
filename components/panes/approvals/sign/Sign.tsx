'use client';

import { decide, decisionTypedData, type SeenProposal, withdraw } from '../../../../lib/firm/decide.ts';
import { typedRows } from '../../../../lib/firm/typedRows.ts';
import { useSession } from '../../../../lib/hooks/account.ts';
import { type Approvals, useApprovals, useSeenProposal } from '../../../../lib/hooks/approvals.ts';
import { useFirmFreshness } from '../../../../lib/hooks/firm.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { type Signing, useSigning } from '../../../../lib/hooks/signing.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Digest } from './Digest.tsx';
import styles from './Sign.module.css';
import { blockOf, noteOf } from './Sign.state.ts';
import { TypedFields } from './TypedFields.tsx';

/** Exactly what would be signed, field by field, and the two words one may sign it with. */
export function Sign() {
  const approvals = useApprovals();
  if (approvals?.entry === undefined)
    return (
      <Pane title="You sign">
        <EmptyState title="Nothing to sign." />
      </Pane>
    );
  return <Signature key={approvals.entry.proposal.proposal} approvals={approvals} />;
}

function Signature({ approvals }: { approvals: Approvals }) {
  const { entry, firm } = approvals;
  const signing = useSigning();
  const isWaiting = signing.state.is === 'waiting';
  const seen = useSeenProposal(approvals, isWaiting);
  const session = useSession();
  const desk = useListing();
  const isOver = entry?.closed !== undefined;
  if (session.state !== 'signedIn' || desk === undefined || seen === undefined)
    return (
      <Pane title="You sign">
        <EmptyState
          title={isOver ? 'It is decided: there is nothing to sign.' : 'Waiting for the proposal.'}
        />
        <p className={styles.note} role="status">
          {signing.state.is === 'done' || signing.state.is === 'refused' ? signing.state.message : ''}
        </p>
      </Pane>
    );
  const { address } = session.session;
  const isMaker = entry?.proposal.maker === firm.member;
  const typedData = decisionTypedData(desk, address, seen, 'approve');
  const rows = typedRows(typedData, seen, { firm, markets: desk.markets, assets: desk.assets, address });
  return (
    <Pane
      title={isMaker ? 'Others sign' : 'You sign'}
      aside={<span>EIP-712 Approval</span>}
      actions={
        <span>
          {rows.filter(({ check }) => check === 'same').length} of {rows.length} checked here
        </span>
      }
    >
      <div className={styles.box}>
        <TypedFields rows={rows} />
        {!isMaker && <Digest typedData={typedData} />}
        <Decision approvals={approvals} seen={seen} signing={signing} isMaker={isMaker} />
      </div>
    </Pane>
  );
}

interface DecisionProps {
  approvals: Approvals;
  seen: SeenProposal;
  signing: Signing;
  isMaker: boolean;
}

function Decision({ approvals, seen, signing, isMaker }: DecisionProps) {
  const freshness = useFirmFreshness();
  const block = blockOf(approvals, freshness);
  const isWaiting = signing.state.is === 'waiting';
  const number = seen.proposal.proposal;
  const agree = () =>
    signing.run(async (signatory) => {
      await decide(signatory, seen, 'approve');
      return `You agreed to #${number}.`;
    });
  const veto = () =>
    signing.run(async (signatory) => {
      await decide(signatory, seen, 'veto');
      return `You vetoed #${number}.`;
    });
  const takeBack = () =>
    signing.run(async (signatory) => {
      await withdraw(signatory, number);
      return `You withdrew #${number}.`;
    });
  return (
    <footer className={styles.decision}>
      <p className={styles.note} role="status" data-is={signing.state.is}>
        {noteOf(signing.state, block.agree)}
      </p>
      <div className={styles.buttons}>
        {isMaker ? (
          <Button isPending={isWaiting} onClick={() => void takeBack()}>
            Withdraw #{number}
          </Button>
        ) : (
          <>
            <Button
              tone="danger"
              isBlocked={block.veto !== undefined}
              isPending={isWaiting}
              onClick={() => void veto()}
            >
              Veto #{number}
            </Button>
            <Button
              isFilled
              isBlocked={block.agree !== undefined}
              isPending={isWaiting}
              onClick={() => void agree()}
            >
              Agree to #{number}
            </Button>
          </>
        )}
      </div>
    </footer>
  );
}
