import { useSession } from '../../../../lib/hooks/account.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import { destinationWords } from '../listed.ts';
import styles from './Withdraw.module.css';
import type { WithdrawDraft } from './Withdraw.state.ts';

export interface WithdrawFieldsProps {
  draft: WithdrawDraft;
  owner: string | undefined;
  isLocked: boolean;
  onChange: (draft: WithdrawDraft) => void;
}

export function WithdrawFields({ draft, owner, isLocked, onChange }: WithdrawFieldsProps) {
  const session = useSession();
  const view = useSettlement();
  const assets = view?.assets ?? [];
  const nowMs = useNow(1_000);
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  return (
    <fieldset className={styles.fields} disabled={isLocked}>
      <Select
        label="Account"
        value={String(draft.account ?? '')}
        options={accounts.map((each) => ({ value: String(each.account), label: each.label }))}
        onPick={(value) => onChange({ ...draft, account: Number(value) })}
      />
      <Select
        label="Asset"
        value={String(draft.asset)}
        options={assets.map((each) => ({ value: String(each.asset), label: each.name }))}
        onPick={(value) => onChange({ ...draft, asset: Number(value) })}
      />
      <Field
        className={styles.whole}
        label="Amount"
        unit={assets.find((each) => each.asset === draft.asset)?.name}
        inputMode="decimal"
        value={draft.amount}
        onChange={(event) => onChange({ ...draft, amount: event.target.value })}
      />
      <Field
        className={styles.whole}
        label="To address"
        hint={destinationWords(view, owner, draft.account, draft.to, nowMs)}
        value={draft.to}
        onChange={(event) => onChange({ ...draft, to: event.target.value })}
      />
    </fieldset>
  );
}
