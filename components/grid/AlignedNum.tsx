import { Num, type NumProps } from '../ui/Num.tsx';
import { decimalsIn } from './decimals.ts';
import styles from './Grid.module.css';

interface AlignedNumProps extends NumProps {
  /** Most digits after the point in this column: shorter numbers leave the room of theirs. */
  decimals: number;
}

/** A number whose point stands under the points of its column. */
export function AlignedNum({ decimals, ...num }: AlignedNumProps) {
  const own = decimalsIn(num.text);
  const missing = num.text === undefined || decimals <= own ? '' : roomOf(decimals - own, own === 0);
  return (
    <>
      <Num {...num} />
      {missing !== '' && (
        <span aria-hidden="true" className={styles.room}>
          {missing}
        </span>
      )}
    </>
  );
}

function roomOf(digits: number, hasPoint: boolean): string {
  return (hasPoint ? '.' : '') + '0'.repeat(digits);
}
