import type { HoveredFill } from '../../../charts/chartMarks.ts';
import type { PriceSpace } from '../../../charts/priceSpace.ts';
import styles from './Pills.module.css';

const WIDTH_PX = 330;

/** What a triangle stands for, beside it. The fills table tells the same to whoever has no pointer. */
export function FillTip({ hovered: { fill, x, y }, space }: { hovered: HoveredFill; space: PriceSpace }) {
  const left = Math.max(0, Math.min(x + 10, space.width - WIDTH_PX));
  const isLow = y > space.height / 2;
  return (
    <div
      className={styles.fill}
      data-fill-tip=""
      style={isLow ? { left, bottom: `calc(100% - ${y - 8}px)` } : { left, top: y + 8 }}
    >
      {fill.words.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
}
