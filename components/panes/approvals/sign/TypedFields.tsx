import type { TypedRow } from '../../../../lib/firm/typedRows.ts';
import column from '../../../ui/Column.module.css';
import styles from './Sign.module.css';

/** Signed value left, meaning middle, check right. */
export function TypedFields({ rows }: { rows: readonly TypedRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <section className={column.scroll} aria-label="What is signed" tabIndex={0}>
      <table className={styles.fields}>
        <caption className="visually-hidden">Fields of the approval</caption>
        <colgroup>
          <col className={styles.name} />
          <col />
          <col className={styles.meaning} />
          <col className={styles.check} />
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">field</th>
            <th scope="col">signed value</th>
            <th scope="col">meaning</th>
            <th scope="col">check</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value, meaning, check, isInner, part }) => (
            <tr
              key={`${isInner}${part}${name}`}
              data-inner={isInner}
              data-check={check}
              data-part={name === 'part' ? part : undefined}
            >
              <th scope="row">{name}</th>
              <td className={styles.value} title={value}>
                {shortened(value)}
              </td>
              <td>{meaning}</td>
              <td>
                <span aria-hidden="true">{marks[check]}</span>
                <span className="visually-hidden">{checkWords[check]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const marks: Record<TypedRow['check'], string> = { same: '✓', other: '≠', said: '·' };
const checkWords: Record<TypedRow['check'], string> = {
  same: 'checked on this page',
  other: 'differs from what this page knows',
  said: 'as the desk says it',
};

/** Hashes are compared by their ends; an address is never shortened where it is signed. */
function shortened(value: string): string {
  return /^0x[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 10)}…${value.slice(-6)}` : value;
}
