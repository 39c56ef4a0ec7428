import styles from './Keycap.module.css';

/** Keys to press, as they are printed on the keyboard. */
export function Keycap({ keys }: { keys: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
