import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import type { AccountChangeView, ActionTrialView } from '../../../../engine/protocol/views/firm.ts';
import { type ChangeRow, changeRows } from '../../../../lib/firm/changeRows.ts';
import { needsWords, spanWords } from '../../../../lib/firm/words.ts';
import { formatCount } from '../../../../lib/format.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useFirmRisk } from '../../../../lib/hooks/firmRisk.ts';
import type { Trial } from '../../../../lib/hooks/trial.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Change.module.css';
import { figureNames, figuresOf } from './Change.state.ts';
import { Exits } from './Exits.tsx';

/** What the engine says a change would do, and what the firm's policy says of who asks. */
export function ChangeEffect({ action, trial }: { action: Action; trial: Trial }) {
  const firm = useFirm();
  if (trial.state === 'failed') return <p className={styles.refused}>{trial.error.message}</p>;
  if (trial.state !== 'known') return <p>Asking the engine …</p>;
  const { view } = trial;
  return (
    <>
      {firm !== undefined && <Rows rows={changeRows(action, firm)} />}
      {view.exits.length > 0 && <Exits exits={view.exits} />}
      {view.accounts.length > 0 && (
        <div className={styles.accounts}>
          <AccountsTable accounts={view.accounts} />
        </div>
      )}
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

/** Margin of each account before and after. */
export function AccountsTable({ accounts }: { accounts: readonly AccountChangeView[] }) {
  const known = useFirmRisk()?.accounts;
  const labelOf = (number: number) => known?.find(({ account }) => account === number)?.label ?? '';
  return (
    <Table
      label="Margin before and after"
      columns={<col className={styles.account} />}
      head={
        <>
          <HeadCell align="left">Before → after</HeadCell>
          {figureNames.map((name) => (
            <HeadCell key={name}>{name}</HeadCell>
          ))}
        </>
      }
    >
      {accounts.map((change) => (
        <AccountRows key={change.account} change={change} label={labelOf(change.account)} />
      ))}
    </Table>
  );
}

/** Before above after: of a number that stays the same the second line is empty but for a sign. */
function AccountRows({ change, label }: { change: AccountChangeView; label: string }) {
  const figures = figuresOf(change);
  return (
    <>
      <Row data-account={change.account}>
        <Cell align="left" isStrong title={label}>
          {label}
        </Cell>
        {figures.map(({ name, before }) => (
          <Cell key={name}>{before}</Cell>
        ))}
      </Row>
      <Row data-after={change.account}>
        <Cell align="left" className={styles.arrow}>
          → after
        </Cell>
        {figures.map(({ name, after }) => (
          <Cell key={name} isStrong={after !== ''}>
            {after === '' ? '=' : after}
          </Cell>
        ))}
      </Row>
    </>
  );
}
