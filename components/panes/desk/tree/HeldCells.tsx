import {
  formatAmount,
  formatMark,
  formatSignedSize,
  formatSignedUsd,
  formatUsd,
} from '../../../../lib/format.ts';
import { useListing, useMarkets } from '../../../../lib/hooks/market.ts';
import { Num } from '../../../ui/Num.tsx';
import styles from './Tree.module.css';
import type { TreeLine } from './Tree.state.ts';

/** What an account holds, under the columns of the accounts: size, profit, mark and delta, or amount and value. */
export function HeldCells({ line }: { line: Extract<TreeLine, { kind: 'position' | 'balance' }> }) {
  return line.kind === 'position' ? <PositionCells line={line} /> : <BalanceCells line={line} />;
}

function PositionCells({ line: { position } }: { line: Extract<TreeLine, { kind: 'position' }> }) {
  const market = useMarkets().find(({ instrument }) => instrument === position.instrument);
  return (
    <>
      <td>
        <Num text={market && formatSignedSize(position.lots, market)} />
      </td>
      <td />
      <td>
        <data value={position.unrealizedPnlUsd}>
          <Num text={formatSignedUsd(position.unrealizedPnlUsd)} isSigned />
        </data>
      </td>
      <td className={styles.left}>
        mark {market === undefined ? '–' : formatMark(position.markUsdPerLot, market)}
      </td>
      <td colSpan={2} className={styles.left}>
        delta {formatSignedUsd(position.deltaUsd)}
      </td>
      <td colSpan={3} />
    </>
  );
}

function BalanceCells({ line: { balance } }: { line: Extract<TreeLine, { kind: 'balance' }> }) {
  const decimals = useListing()?.assets.find(({ name }) => name === balance.asset)?.decimals;
  return (
    <>
      <td>
        <Num
          text={decimals === undefined ? undefined : formatAmount(balance.amount, decimals)}
          significant={2}
        />
      </td>
      <td colSpan={2} />
      <td className={styles.left}>collateral</td>
      <td colSpan={2} className={styles.left}>
        worth {formatUsd(balance.valueUsd)}
      </td>
      <td colSpan={3} />
    </>
  );
}
