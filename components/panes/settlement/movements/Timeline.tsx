import styles from './Movements.module.css';
import type { Movement } from './Movements.state.ts';

/** The steps of the row that is looked at, each with when or where. */
export function Timeline({ movement }: { movement: Movement }) {
  return (
    <section className={styles.timeline} aria-label={`Steps of ${movement.id}`}>
      <b>{movement.id}</b>
      <ol>
        {movement.steps.map(({ name, face, at }) => (
          <li key={name} data-is={face}>
            <i aria-hidden="true" />
            <b>{name}</b>
            <span>{at}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
