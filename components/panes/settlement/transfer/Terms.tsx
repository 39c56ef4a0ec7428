import { useSession } from '../../../../lib/hooks/account.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import type { VaultTransfer } from '../../../../lib/stores/transferStore.ts';
import { Field } from '../../../ui/Field.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './Transfer.module.css';

/** What a person chose and typed; what a flow does not ask for is left as it was. */
export interface TermsDraft {
  account: number | undefined;
  asset: number;
  amount: string;
  to: string;
  allow: boolean;
}

export interface TermsProps {
  transfer: VaultTransfer;
  draft: TermsDraft;
  isLocked: boolean;
  onChange: (draft: TermsDraft) => void;
}

const asks: Readonly<Record<VaultTransfer['kind'], readonly (keyof TermsDraft)[]>> = {
  deposit: ['account', 'asset', 'amount'],
  claim: [],
  reclaim: [],
  whitelist: ['account', 'allow', 'to'],
  force: ['account', 'asset', 'amount'],
  freeze: [],
  escape: ['account'],
  collect: ['account', 'asset'],
};

/** The fields of a flow. */
export function Terms({ transfer, draft, isLocked, onChange }: TermsProps) {
  const session = useSession();
  const assets = useSettlement()?.assets ?? [];
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  const fields = asks[transfer.kind];
  const asset = assets.find((each) => each.asset === draft.asset);
  if (fields.length === 0) return null;
  return (
    <fieldset className={styles.fields} disabled={isLocked}>
      {fields.includes('account') && (
        <Select
          label="Account"
          value={String(draft.account ?? '')}
          options={accounts.map((each) => ({ value: String(each.account), label: each.label }))}
          onPick={(value) => onChange({ ...draft, account: Number(value) })}
        />
      )}
      {fields.includes('asset') && (
        <Select
          label="Asset"
          value={String(draft.asset)}
          options={assets.map((each) => ({ value: String(each.asset), label: each.name }))}
          onPick={(value) => onChange({ ...draft, asset: Number(value) })}
        />
      )}
      {fields.includes('allow') && (
        <Segmented
          label="Add or take off"
          value={draft.allow ? 'add' : 'remove'}
          options={[
            { value: 'add', label: 'Add' },
            { value: 'remove', label: 'Take off' },
          ]}
          onPick={(value) => onChange({ ...draft, allow: value === 'add' })}
        />
      )}
      {fields.includes('amount') && (
        <Field
          className={styles.whole}
          label="Amount"
          unit={asset?.name}
          inputMode="decimal"
          value={draft.amount}
          onChange={(event) => onChange({ ...draft, amount: event.target.value })}
        />
      )}
      {fields.includes('to') && (
        <Field
          className={styles.whole}
          label="To address"
          value={draft.to}
          onChange={(event) => onChange({ ...draft, to: event.target.value })}
        />
      )}
    </fieldset>
  );
}
