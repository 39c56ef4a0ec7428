import { Num, type NumProps } from '../ui/Num.tsx';
import { decimalsIn } from './decimals.ts';
import styles from './Grid.module.css';

interface AlignedNumProps extends NumProps {
  /** Most digits after the point in this column: shorter numbers leave the room of theirs. */
  decimals: number;
}

/** A number whose point stands under the points of its column. */
export function AlignedNum({ decimals, ...num }: AlignedNumProps) {
  return (
    <>
      <Num {...num} />
      <PointRoom text={num.text} decimals={decimals} />
    </>
  );
}

/** Behind a number, the room of the digits that others of its column have and it has not. */
export function PointRoom({ text, decimals }: { text: string | undefined; decimals: number }) {
  const own = decimalsIn(text);
  if (text === undefined || decimals <= own) return null;
  return (
    <span aria-hidden="true" className={styles.room}>
      {roomOf(decimals - own, own === 0)}
    </span>
  );
}

function roomOf(digits: number, hasPoint: boolean): string {
  return (hasPoint ? '.' : '') + '0'.repeat(digits);
}
