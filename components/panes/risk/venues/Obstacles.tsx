import type { VenueComparisonView } from '../../../../engine/protocol/views/venues.ts';
import styles from './Venues.module.css';

/** What makes a venue's numbers no like for like, a row for each reason; the picked venue's are marked. */
export function Obstacles({ venues, picked }: { venues: readonly VenueComparisonView[]; picked: string }) {
  const rows = venues.flatMap(({ venue, name, remarks }) =>
    remarks.map((remark, at) => ({ venue, name: at === 0 ? name : '', remark })),
  );
  return (
    <table className={styles.obstacles} aria-label="What cannot be compared">
      <thead>
        <tr>
          <th scope="col">venue</th>
          <th scope="col">cannot be compared because</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ venue, name, remark }) => (
          <tr key={`${venue} ${remark}`} data-picked={venue === picked || undefined}>
            <td>{name}</td>
            <td>{remark}</td>
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td colSpan={2}>Nothing known that does not compare.</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
