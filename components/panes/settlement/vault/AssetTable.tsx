import { formatSignedUnits, formatUnits } from '../../../../lib/format.ts';
import { Num } from '../../../ui/Num.tsx';
import styles from './Vault.module.css';
import type { AssetLine } from './Vault.state.ts';

/** How what is held came to be, and whose it is. */
export function AssetTable({ lines }: { lines: readonly AssetLine[] }) {
  return (
    <table className={styles.table} aria-label="How what is held came to be">
      <thead>
        <tr>
          {[
            'Asset',
            'Credited',
            'Paid out',
            'Uncredited',
            '= Held',
            'Own',
            'Others',
            'Insurance',
            'Fees',
            'Authorised',
          ].map((name) => (
            <th key={name} scope="col">
              {name === 'Asset' ? <span className="visually-hidden">{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ asset, shown }) => {
          const { name, decimals } = asset;
          const plain = (units: string) => <Amount units={units} decimals={decimals} shown={shown} />;
          return (
            <tr key={asset.asset}>
              <th scope="row">{name}</th>
              <td>{plain(asset.credited)}</td>
              <td>
                <Amount units={`-${asset.paidOut}`} decimals={decimals} shown={shown} />
              </td>
              <td>
                <Amount units={asset.uncredited} decimals={decimals} shown={shown} isSigned />
              </td>
              <td className={styles.strong}>
                {asset.held === null ? <Num text={undefined} /> : plain(asset.held)}
              </td>
              <td>{plain(asset.own)}</td>
              <td>{plain(asset.others)}</td>
              <td>{plain(asset.insurance)}</td>
              <td>{plain(asset.fees)}</td>
              <td>{plain(asset.authorisedUnpaid)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface AmountProps {
  units: string;
  decimals: number;
  shown: number;
  isSigned?: boolean;
}

/** Nothing at all is a point, so that what is there stands out. */
function Amount({ units, decimals, shown, isSigned = false }: AmountProps) {
  if (BigInt(units) === 0n)
    return (
      <span className={styles.none}>
        <span aria-hidden="true">·</span>
        <span className="visually-hidden">0</span>
      </span>
    );
  const format = isSigned ? formatSignedUnits : formatUnits;
  return (
    <span title={format(units, decimals)}>
      <Num text={format(units, decimals, shown)} />
    </span>
  );
}
