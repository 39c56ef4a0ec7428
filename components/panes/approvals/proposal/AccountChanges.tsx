import type { ActionTrialView } from '../../../../engine/protocol/views/firm.ts';
import { effectRows } from '../../../../lib/effectRows.ts';
import { distanceKey } from '../../../../lib/firm/crossings.ts';
import { formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import styles from './Proposal.module.css';

interface AccountChangesProps {
  trial: ActionTrialView;
  accountLabel(account: number): string;
  /** Lines that have just changed for the worse. */
  fresh: ReadonlySet<string>;
}

/** Margin of the accounts that are touched, before and after, by the engine that will do it. */
export function AccountChanges({ trial, accountLabel, fresh }: AccountChangesProps) {
  return (
    <section aria-label="Margin after it">
      <h3 className={styles.heading}>Margin after it</h3>
      {trial.accounts.map(({ account, before, after }) => (
        <table key={account} className={styles.margin}>
          <caption>{accountLabel(account)}</caption>
          <colgroup>
            <col className={styles.what} />
          </colgroup>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">measure</th>
              <th scope="col">before</th>
              <th scope="col">after</th>
              <th scope="col">change</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">equity</th>
              <td>{formatUsd(before.equityUsd)}</td>
              <td className={styles.after}>{formatUsd(after.equityUsd)}</td>
              <td>{formatSignedUsd(after.equityUsd - before.equityUsd)}</td>
            </tr>
            {effectRows({ before, after }).map((row) => (
              <tr key={row.name} data-fresh={row.name === 'distance' && fresh.has(distanceKey(account))}>
                <th scope="row">{row.name}</th>
                <td>{row.before.text}</td>
                <td className={styles.after}>{row.before.text === row.after.text ? '=' : row.after.text}</td>
                <td>{row.before.text === row.after.text ? '' : row.change}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}
