import type { OracleIndexView } from '../../../../engine/protocol/views/oracle.ts';
import styles from './Oracle.module.css';
import { dotsOf, stripWords } from './Oracle.state.ts';

/** Sources of an index as ticks around it, ±10 bp. An SVG: its geometry is attributes, not styles. */
export function Strip({ index }: { index: OracleIndexView }) {
  return (
    <svg className={styles.strip} width="100%" height="12" role="img" aria-label={stripWords(index)}>
      <line x1="0" x2="100%" y1="6" y2="6" className={styles.axis} />
      <line x1="50%" x2="50%" y1="2" y2="10" className={styles.axis} />
      {dotsOf(index).map(({ source, at, look }) => (
        <rect
          key={source}
          x={`${at * 100}%`}
          y={look === 'beyond' ? 3 : 2}
          width={look === 'beyond' ? 4 : 2}
          height={look === 'beyond' ? 6 : 8}
          // Ticks stand centred, and the outermost stay on the strip.
          transform={`translate(${look === 'beyond' ? (at > 0.5 ? -4 : 0) : -1} 0)`}
          className={styles[look]}
        />
      ))}
    </svg>
  );
}
