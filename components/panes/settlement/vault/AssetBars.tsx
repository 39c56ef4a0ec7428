import { useId } from 'react';
import { formatSignedUnits, formatUnits, formatUsdShort } from '../../../../lib/format.ts';
import { Num } from '../../../ui/Num.tsx';
import styles from './Vault.module.css';
import { type AssetLine, type Part, parts } from './Vault.state.ts';

/** One asset: held above owed, so that a gap between them is seen before it is read. */
export function AssetBars({ line }: { line: AssetLine }) {
  const { asset, shown, held, owed, coverage, worthUsd, isWrong } = line;
  const { name, decimals } = asset;
  return (
    <div className={styles.line} data-wrong={isWrong || undefined}>
      <p className={styles.asset}>
        <b>{name}</b>
        <span>{worthUsd === undefined ? '' : `$${formatUsdShort(worthUsd)}`}</span>
      </p>
      <Bars line={line} />
      <p
        className={styles.two}
        title={
          held === undefined ? 'Its token does not tell.' : `${formatUnits(held, decimals)} ${name} held`
        }
      >
        <Num text={held === undefined ? undefined : formatUnits(held, decimals, shown)} />
        <span className={styles.owed}>
          <Num text={formatUnits(owed, decimals, shown)} />
        </span>
      </p>
      <Difference line={line} />
      <p className={styles.coverage}>
        <Num text={coverage} isStrong significant={4} />
      </p>
    </div>
  );
}

function Difference({ line: { asset, shown, difference } }: { line: AssetLine }) {
  const { name, decimals } = asset;
  if (difference === undefined)
    return (
      <p className={styles.difference}>
        <Num text={undefined} />
      </p>
    );
  return (
    <p className={styles.difference} title={`${formatSignedUnits(difference, decimals)} ${name}`}>
      {difference === 0n ? formatUnits(0n, shown) : formatSignedUnits(difference, decimals)}
    </p>
  );
}

function Bars({ line }: { line: AssetLine }) {
  const hatch = useId();
  const words = line.stretches.map(({ part }) => partName(part)).join(', ');
  return (
    <svg
      className={styles.bars}
      role="img"
      aria-label={`${line.asset.name} held above what is owed: ${words}`}
    >
      <Hatch id={hatch} />
      <rect width={`${line.heldWidth}%`} height="38%" className={styles.held} />
      {line.stretches.map(({ part, from, width }) => (
        <rect
          key={part}
          x={`${from}%`}
          y="54%"
          width={`${Math.max(0, width - 0.1)}%`}
          height="46%"
          className={part === 'authorisedUnpaid' ? undefined : styles[part]}
          fill={part === 'authorisedUnpaid' ? `url(#${hatch})` : undefined}
        >
          <title>{partName(part)}</title>
        </rect>
      ))}
    </svg>
  );
}

/** Asset, what the colours mean, and what stands to the right of the bars. */
export function Legend() {
  const hatch = useId();
  return (
    <div className={styles.head}>
      <span>Asset</span>
      <ul className={styles.legend}>
        {parts.map(({ part, name }) => (
          <li key={part}>
            <svg width="9" height="9" aria-hidden="true">
              <Hatch id={hatch} />
              <rect
                width="9"
                height="9"
                className={part === 'authorisedUnpaid' ? undefined : styles[part]}
                fill={part === 'authorisedUnpaid' ? `url(#${hatch})` : undefined}
              />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <span>Held / owed</span>
      <span>Diff.</span>
      <span>Coverage</span>
    </div>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" className={styles.ground} />
        <rect width="2" height="5" className={styles.others} />
      </pattern>
    </defs>
  );
}

function partName(part: Part): string {
  return parts.find((each) => each.part === part)!.name;
}
