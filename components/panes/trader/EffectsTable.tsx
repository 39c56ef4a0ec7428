import type { PreviewView } from '../../../engine/protocol/views/preview.ts';
import { effectRows } from '../../../lib/effectRows.ts';
import styles from './PlainTable.module.css';

/** The account's margin before and after what was previewed, and the change. */
export function EffectsTable({ preview }: { preview: PreviewView | undefined }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Margin before and after</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">measure</span>
          </th>
          <th scope="col">before</th>
          <th scope="col">after</th>
          <th scope="col">change</th>
        </tr>
      </thead>
      <tbody>
        {effectRows(preview).map(({ name, before, after, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <data value={before.value ?? ''}>{before.text}</data>
            </td>
            <td className={styles.after}>
              <data value={after.value ?? ''}>{after.text}</data>
            </td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
