import type { CustodyView } from '../../../engine/protocol/views/custody.ts';
import type { FirmView } from '../../../engine/protocol/views/firm.ts';
import { formatCount } from '../../../lib/format.ts';
import { useSession } from '../../../lib/hooks/account.ts';
import { useFirm, useFirmRefusal, useFollowFirm } from '../../../lib/hooks/firm.ts';
import { usePolled } from '../../../lib/hooks/polled.ts';
import { PageLink } from '../../ui/PageLink.tsx';
import { Apart } from './Apart.tsx';
import styles from './Custody.module.css';
import { custodyRows } from './Custody.state.ts';
import { Hook } from './Hook.tsx';
import { Thresholds } from './Thresholds.tsx';
import { WalletTable } from './WalletTable.tsx';

/** A co-signer that stopped asking is seen soon enough to be called. */
const EVERY_MS = 3_000;

/** Who keeps the firm's wallets, what their machines ask for, and what holds a withdrawal back. */
export function Custody() {
  const session = useSession();
  if (session.state !== 'signedIn')
    return <p className={styles.note}>Sign in to see who keeps your firm’s wallets.</p>;
  return <CustodyOfFirm />;
}

function CustodyOfFirm() {
  useFollowFirm();
  const firm = useFirm();
  const refusal = useFirmRefusal();
  const { view, error } = usePolled<CustodyView>('/api/v1/custody', EVERY_MS);
  const problem = refusal ?? error?.message;
  return (
    <div className={styles.section}>
      {firm !== undefined && view !== undefined && <Known firm={firm} view={view} />}
      <p role="alert">{problem}</p>
    </div>
  );
}

function Known({ firm, view }: { firm: FirmView; view: CustodyView }) {
  const { rows, keyCount } = custodyRows(firm, view);
  return (
    <>
      <h4>Wallets and addresses</h4>
      <WalletTable rows={rows} />
      <p className={styles.note}>
        {view.block === null
          ? 'The chain does not answer: which of them are contracts is unknown until it does.'
          : `Read at final block ${formatCount(view.block.number)}. An address without code is a key, or a contract that has not been deployed yet.`}{' '}
        {keyCount > 0 && `${keyCount} more wallets are keys that people of the firm use on this screen. `}
        Wallets are enrolled, and addresses listed, on <PageLink href="/approvals">approvals</PageLink>.
      </p>
      <h4>Co-signing</h4>
      <Hook view={view} />
      <h4>Withdrawal thresholds</h4>
      <Thresholds firm={firm} />
      <h4>Kept apart</h4>
      <Apart firm={firm} />
    </>
  );
}
