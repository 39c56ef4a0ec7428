'use client';

import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { selectAccount } from '../../../../lib/stores/sessionStore.ts';
import { Select } from '../../../ui/Select.tsx';
import styles from './AccountPicker.module.css';

/** Which account every pane shows. Its edge carries the account's colour, as the ticket's does. */
export function AccountPicker() {
  const session = useSession();
  const selected = useSelectedAccount();
  if (session.state !== 'signedIn' || selected === undefined) {
    return (
      <span className={styles.none}>{session.state === 'signedIn' ? 'No account' : 'Not signed in'}</span>
    );
  }
  const options = session.session.accounts.map(({ account, firmLabel, label }) => ({
    value: String(account),
    label: `${firmLabel} › ${label}`,
  }));
  return (
    <span className={styles.picker}>
      <Select
        label="Account"
        isLabelHidden
        value={String(selected.account)}
        options={options}
        onPick={(account) => selectAccount(Number(account))}
      />
    </span>
  );
}
