import { formatAge, formatUnits, formatUsd, formatUsdShort } from '../../../../lib/format.ts';
import type { ExitKitState } from '../../../../lib/hooks/exitKit.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { shownDigits, sumOfWorths } from '../../../../lib/settlement/worth.ts';
import { Num } from '../../../ui/Num.tsx';
import { exitAmounts, keptWords } from './Exit.state.ts';

export interface KeptRowsProps {
  kit: ExitKitState;
  accountCount: number;
  nowMs: number;
}

/** What this browser keeps, and what its owner would receive by it. */
export function KeptRows({ kit, accountCount, nowMs }: KeptRowsProps) {
  const view = useSettlement();
  const newest = Math.max(0, ...kit.kept.map(({ keptMs }) => keptMs));
  const amounts = view === undefined ? [] : exitAmounts(view, kit.kept);
  const worthUsd = sumOfWorths(amounts.map((each) => each.worthUsd));
  return (
    <>
      <tr>
        <th scope="row">Stored in this browser</th>
        <td>{keptWords([...kit.kept, ...kit.ahead], accountCount)}</td>
        <td>{newest > 0 && `${formatAge(Math.max(0, nowMs - newest))} ago`}</td>
      </tr>
      <tr>
        <th scope="row">You would receive</th>
        <td>
          {kit.kept.length > 0 && worthUsd !== undefined ? (
            `$${formatUsd(worthUsd)}`
          ) : (
            <Num text={undefined} />
          )}
        </td>
        <td>
          {kit.kept.some(({ paid }) => paid === undefined) ? 'before what was paid' : 'at unwind price'}
        </td>
      </tr>
      {amounts.map(({ asset, units, worthUsd: worth }) => (
        <tr key={asset.asset} data-inner>
          <th scope="row">{asset.name}</th>
          <td title={formatUnits(units, asset.decimals)}>
            <Num text={formatUnits(units, asset.decimals, shownDigits(asset.decimals))} />
          </td>
          <td>{worth !== undefined && `$${formatUsdShort(worth)}`}</td>
        </tr>
      ))}
    </>
  );
}
