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
      <td colSpan={2} className={styles.left}>
        mark {market === undefined ? '–' : formatMark(position.markUsdPerLot, market)}
      </td>
      <td className={styles.left}>delta {formatSignedUsd(position.deltaUsd)}</td>
      <td colSpan={3} />
    </>
  );
}

function BalanceCells({ line: { balance } }: { line: Extract<TreeLine, { kind: 'balance' }> }) {
  const decimals = useListing()?.assets.find(({ name }) => name === balance.asset)?.decimals;
  return (
    <>
      <td title={decimals === undefined ? undefined : formatAmount(balance.amount, decimals)}>
        <Num
          text={decimals === undefined ? undefined : fittedAmount(balance.amount, decimals)}
          significant={2}
        />
      </td>
      <td colSpan={2} />
      <td colSpan={2} className={styles.left}>
        collateral
      </td>
      <td className={styles.left}>worth {formatUsd(balance.valueUsd)}</td>
      <td colSpan={3} />
    </>
  );
}

/** From here on cents are enough to be read: the column has no room for more, and the whole amount is its title. */
const LARGE_UNITS = 1_000;

function fittedAmount(amount: number, decimals: number): string {
  if (Math.abs(amount) < LARGE_UNITS * 10 ** decimals) return formatAmount(amount, decimals);
  const shown = Math.min(2, decimals);
  return formatAmount(Math.trunc(amount / 10 ** (decimals - shown)), shown);
}
