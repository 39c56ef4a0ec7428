import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { ActionTrialView } from '../../../../engine/protocol/views/firm.ts';
import { type ChangeRow, changeRows } from '../../../../lib/firm/changeRows.ts';
import { limitChanges } from '../../../../lib/firm/limitChanges.ts';
import { needsWords, spanWords } from '../../../../lib/firm/words.ts';
import { formatCount } from '../../../../lib/format.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import type { Trial } from '../../../../lib/hooks/trial.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Exits } from '../../trial/Exits.tsx';
import { LimitUses } from '../../trial/LimitUses.tsx';
import { AccountsTable } from './AccountsTable.tsx';
import styles from './Change.module.css';
import { usePlaces } from './usePlaces.ts';

/** What the engine says a change would do, and what the firm's policy says of who asks. */
export function ChangeEffect({ action, trial }: { action: Action; trial: Trial }) {
  const firm = useFirm();
  const { accountLabel, labelOf } = usePlaces();
  if (trial.state === 'failed') return <p className={styles.refused}>{trial.error.message}</p>;
  if (trial.state !== 'known') return <p>Asking the engine …</p>;
  const { view } = trial;
  return (
    <>
      {firm !== undefined && <Rows rows={changeRows(action, firm)} />}
      {view.exits.length > 0 && <Exits exits={view.exits} accountLabel={accountLabel} />}
      {view.accounts.length > 0 && (
        <div className={styles.accounts}>
          <AccountsTable accounts={view.accounts} />
        </div>
      )}
      <LimitUses changes={limitChanges(action, view.limits)} labelOf={labelOf} />
      {isDirected(action) && <Direction view={view} />}
      <Verdict view={view} />
      <p className={styles.source}>
        engine at seq {formatCount(view.seq)}
        {view.rules.length > 0 && ` · policy ${view.rules.join(', ')}`}
      </p>
    </>
  );
}

/** What changes of the firm itself. */
function Rows({ rows }: { rows: readonly ChangeRow[] }) {
  return rows.map(({ name, before, after }) => (
    <dl key={name} className={styles.rows}>
      <dt>{name}</dt>
      <dd>{before}</dd>
      <dd>
        <span className={styles.arrow}>→ </span>
        <b>{after}</b>
      </dd>
    </dl>
  ));
}

/** Changes that give room or take it: the policy asks others for one of the two alone. */
function isDirected({ kind }: Action): boolean {
  return directed.includes(kind);
}

const directed: readonly Action['kind'][] = [
  'SetLimits',
  'SetMarginCalls',
  'SetNodeState',
  'SetWithdrawalLimits',
  'SetSegregation',
];

function Direction({ view: { direction, needs } }: { view: ActionTrialView }) {
  if (direction === 'tighten')
    return (
      <p data-direction={direction}>
        <Badge>tightens</Badge> Takes room away, gives none.
      </p>
    );
  const delayMs = needs?.delayMs ?? 0;
  return (
    <p data-direction={direction}>
      <Badge tone="warn">loosens</Badge> Gives more room than there is now
      {delayMs === 0 ? '.' : `: holds ${spanWords(delayMs)} after it was asked for at the earliest.`}
    </p>
  );
}

/** What the policy and the engine say of it. */
export function Verdict({ view: { refusal, needs } }: { view: ActionTrialView }) {
  if (refusal !== null)
    return (
      <p className={styles.refused} data-refusal={refusal.code}>
        <Badge tone="danger">refused</Badge> {refusal.message} <code>{refusal.code}</code>
      </p>
    );
  return needs === null ? (
    <p>
      <Badge>allowed</Badge> Done at once: nobody else must agree.
    </p>
  ) : (
    <p>
      <Badge tone="warn">waits</Badge> Must agree: {needsWords(needs)}
    </p>
  );
}
