'use client';

import type { AccountSummaryView } from '../../../../engine/protocol/views/account.ts';
import { withPotsUnder } from '../../../../lib/accountTree.ts';
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
  const options = withPotsUnder(session.session.accounts).map((summary) => ({
    value: String(summary.account),
    label: optionText(summary),
  }));
  const path = optionText(selected);
  const [front, name] = pathParts(path);
  return (
    <span className={styles.picker} title={path}>
      {/* What is seen of the list while it is closed: cut from its front, where a browser cuts the name at its end. */}
      <span aria-hidden="true" className={styles.path}>
        <span className={styles.front}>
          <bdi>{front}</bdi>
        </span>
        <b>{name}</b>
      </span>
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

/** A pot says so before its name: it stands under its account, and holds no more than was moved into it. */
function optionText({ firmLabel, label, potOf }: AccountSummaryView): string {
  return potOf === null ? `${firmLabel} › ${label}` : `└ ${potOf.underlying} pot › ${label}`;
}

/** The account's own name, and the way to it. */
function pathParts(path: string): [front: string, name: string] {
  const cut = Math.max(path.lastIndexOf(' / '), path.lastIndexOf(' › ')) + 2;
  return cut < 2 ? ['', path] : [path.slice(0, cut), path.slice(cut + 1)];
}
