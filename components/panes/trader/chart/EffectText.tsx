import { classes } from '../../../ui/classes.ts';
import type { EffectWords } from './dragEffect.ts';
import styles from './Pills.module.css';

/** In the pill, or where there is more to say than it has room for under or over it. */
export type EffectPlace = 'inside' | 'under' | 'over';

/** What the thing in the hand would do where it is held; the engine's refusal alone, if it has one. */
export function EffectText({ effect, at }: { effect: EffectWords; at: EffectPlace }) {
  const { refusal, distance, level, margin } = effect;
  if (refusal !== undefined) return <b className={styles.danger}>{refusal}</b>;
  const words = (
    <>
      {distance !== undefined && <b className={styles[level]}>{distance}</b>}
      {margin !== undefined && <span className={styles.plain}>{margin}</span>}
    </>
  );
  return at === 'inside' ? words : <div className={classes(styles.effect, styles[at])}>{words}</div>;
}
