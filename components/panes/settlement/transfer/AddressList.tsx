import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { Button } from '../../../ui/Button.tsx';
import { listedWords } from '../listed.ts';
import styles from './Transfer.module.css';

export interface AddressListProps {
  account: number | undefined;
  isLocked: boolean;
  onTakeOff: (to: string) => void;
}

/** Where the vault pays an account's withdrawals to besides its owner, and from when. */
export function AddressList({ account, isLocked, onTakeOff }: AddressListProps) {
  const view = useSettlement();
  const nowMs = useNow(1_000);
  const listed = view?.listed.filter((each) => each.account === account) ?? [];
  if (view === undefined || listed.length === 0)
    return <p>No address is listed for this account: it is paid to its owner’s own address alone.</p>;
  return (
    <table className={styles.listed} aria-label="Addresses this account may be paid to">
      <tbody>
        {listed.map(({ to, fromMs }) => (
          <tr key={to}>
            <td className={styles.mono}>{to}</td>
            <td>{listedWords(view, fromMs, nowMs)}</td>
            <td>
              <Button
                size="row"
                isBlocked={isLocked}
                aria-label={`Take off ${to}`}
                onClick={() => onTakeOff(to)}
              >
                Take off
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
