import { formatUnitsShort } from '../../../../lib/format.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import type { Level } from '../../../../lib/settlement/recompute.ts';
import type { Proved } from './Boxes.tsx';
import styles from './Verify.module.css';
import { shownAsset, writtenHashes, writtenSums } from './Verify.state.ts';

const STEP = 32;
const HEIGHT = 150;
const MIDDLE = HEIGHT / 2;

/** The way from the leaf to the root: a sibling a level, and the sum that grows with each. */
export function PathPicture({ found }: { found: Proved }) {
  const { recomputed, proof } = found;
  const shown = shownAsset(proof);
  const asset = useSettlement()?.assets[shown];
  const { levels } = recomputed;
  const name = asset?.name ?? '';
  return (
    <div className={styles.path}>
      <p className={styles.ends}>
        <span>level 0</span>
        <span>
          sums of {name} grow to the total of all accounts; every sibling’s sum is hashed in, so none can hide
        </span>
        <span>level {levels.length}</span>
      </p>
      <svg
        viewBox={`0 0 ${STEP * levels.length} ${HEIGHT}`}
        role="img"
        aria-label={`${levels.length} siblings from the leaf to the root, ${levels.filter(({ isRight }) => isRight).length} of them right of the way`}
      >
        {levels.map((level, place) => (
          <Stop
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place.
            key={place}
            level={level}
            place={place}
            sum={formatUnitsShort(level.sums[shown] ?? 0n, asset?.decimals ?? 0)}
          />
        ))}
      </svg>
    </div>
  );
}

/** A sibling above the way stands right of it in the tree, one below it left. */
function Stop({ level, place, sum }: { level: Level; place: number; sum: string }) {
  const { sibling, isRight } = level;
  const from = place * STEP;
  const at = from + STEP / 2;
  const beside = at - 8;
  const siblingY = isRight ? 24 : HEIGHT - 24;
  const bend = isRight ? MIDDLE - 20 : MIDDLE + 20;
  return (
    <g>
      <path d={`M${from} ${MIDDLE}H${from + STEP}`} className={styles.way1} />
      <path d={`M${beside} ${siblingY}V${bend}L${at} ${MIDDLE}`} className={styles.branch} />
      <rect x={beside - 4} y={siblingY - 4} width="8" height="8" className={styles.sibling}>
        <title>{sibling}</title>
      </rect>
      <rect x={at - 3.5} y={MIDDLE - 3.5} width="7" height="7" className={styles.stop} />
      {writtenHashes.has(place) && (
        <text x={beside - 12} y={isRight ? siblingY - 9 : siblingY + 17} className={styles.siblingHash}>
          {sibling.slice(2, 8)}
        </text>
      )}
      {writtenSums.has(place) && (
        <text x={at + 2} y={isRight ? MIDDLE + 18 : MIDDLE - 11} className={styles.sum}>
          {sum}
        </text>
      )}
    </g>
  );
}
