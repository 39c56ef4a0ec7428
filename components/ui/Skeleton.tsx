import styles from './Skeleton.module.css';

/** Place of a number that is not there yet. It does not move: movement means news. */
export function Skeleton({ ch = 6 }: { ch?: 3 | 6 | 9 | 12 }) {
  return (
    <span className={styles.bone} data-ch={ch}>
      <span className="visually-hidden">waiting</span>
    </span>
  );
}
