import type { ChangeRow } from '../../../../lib/firm/changeRows.ts';
import styles from './Proposal.module.css';

/** What changes, each thing before and after; equal is not shown. */
export function Changes({ rows, isDone }: { rows: readonly ChangeRow[]; isDone: boolean }) {
  return (
    <section aria-label="What changes">
      <h3 className={styles.heading}>What changes</h3>
      <table className={styles.changes}>
        <caption className="visually-hidden">Before and after</caption>
        <colgroup>
          <col className={styles.what} />
          <col />
          <col className={styles.arrow} />
          <col />
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">what</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{isDone ? '' : before}</td>
              <td aria-hidden="true">→</td>
              <td className={styles.after}>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
