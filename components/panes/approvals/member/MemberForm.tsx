'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { changeRows } from '../../../../lib/firm/changeRows.ts';
import { roleName } from '../../../../lib/firm/words.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { approvalsStore } from '../../../../lib/stores/approvalsStore.ts';
import { Choices } from '../../../ui/Choices.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { AskFor } from '../AskFor.tsx';
import styles from './MemberForm.module.css';
import { actionOf, draftOf, type MemberChange, type MemberDraft } from './MemberForm.state.ts';

/** Somebody is let in, becomes something else, gets or loses a wallet, or leaves: what that means is said first. */
export function MemberForm() {
  const firm = useFirm();
  const selected = useStore(approvalsStore, (store) => store.member);
  if (firm === undefined) return <Pane title="Change people">{null}</Pane>;
  return <Form key={selected} firm={firm} selected={selected} />;
}

const ofMember: readonly { value: MemberChange; label: string }[] = [
  { value: 'ChangeMember', label: 'role and reach' },
  { value: 'LinkWallet', label: 'add a wallet' },
  { value: 'UnlinkWallet', label: 'end a wallet' },
  { value: 'RemoveMember', label: 'end membership' },
];

function Form({ firm, selected }: { firm: FirmView; selected: number | undefined }) {
  const member = firm.members.find((each) => each.member === selected && !each.isRemoved);
  const [draft, setDraft] = useState(() => draftOf(member, firm));
  const action = actionOf(draft, member, firm);
  const rows = action === undefined ? [] : changeRows(action, firm);
  return (
    <Pane
      title={member === undefined ? 'Admit somebody' : `Change ${member.label}`}
      aside={<span>{member === undefined ? 'or choose a member to change' : roleName(member.role)}</span>}
    >
      <div className={styles.box}>
        <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
          {member !== undefined && (
            <Segmented
              label="What changes"
              value={draft.change}
              options={ofMember}
              onPick={(change) =>
                setDraft({
                  ...draft,
                  change,
                  address: change === 'UnlinkWallet' ? (member.wallets[0] ?? '') : '',
                })
              }
            />
          )}
          <Fields firm={firm} draft={draft} wallets={member?.wallets ?? []} put={setDraft} />
          <dl className={styles.rows}>
            {rows.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {before} → <b>{after}</b>
                </dd>
              </div>
            ))}
          </dl>
        </form>
        <AskFor firm={firm.firm} action={action} missing="Fill in who, and what they are to be." />
      </div>
    </Pane>
  );
}

interface FieldsProps {
  firm: FirmView;
  draft: MemberDraft;
  wallets: readonly string[];
  put: (draft: MemberDraft) => void;
}

function Fields({ firm, draft, wallets, put }: FieldsProps) {
  const { change, label, address, role, nodes } = draft;
  const isAdmission = change === 'AdmitMember';
  return (
    <>
      {isAdmission && (
        <Field
          label="Name"
          maxLength={24}
          value={label}
          onChange={({ target }) => put({ ...draft, label: target.value })}
        />
      )}
      {(isAdmission || change === 'LinkWallet') && (
        <Field
          label="Address of the wallet"
          hint="a key’s or a contract’s"
          value={address}
          error={address === '' || /^0x[0-9a-fA-F]{40}$/.test(address) ? undefined : '0x and 40 hex digits.'}
          onChange={({ target }) => put({ ...draft, address: target.value.trim() })}
        />
      )}
      {change === 'UnlinkWallet' && (
        <Select
          label="Wallet"
          value={address}
          options={wallets.map((each) => ({ value: each, label: each }))}
          onPick={(picked) => put({ ...draft, address: picked })}
        />
      )}
      {(isAdmission || change === 'ChangeMember') && (
        <div className={styles.row}>
          <Select
            label="Role"
            value={String(role)}
            options={Object.values(Role).map((each) => ({ value: String(each), label: roleName(each) }))}
            onPick={(picked) => put({ ...draft, role: Number(picked) as Role })}
          />
        </div>
      )}
      {(isAdmission || change === 'ChangeMember') && (
        <Reach firm={firm} nodes={nodes} onChoose={(chosen) => put({ ...draft, nodes: chosen })} />
      )}
    </>
  );
}

/** A member may reach several places: what is not touched stays as it is. */
function Reach({
  firm,
  nodes,
  onChoose,
}: {
  firm: FirmView;
  nodes: readonly number[];
  onChoose: (nodes: number[]) => void;
}) {
  const places = firm.nodes.filter(
    ({ node, parent, isArchived }) => parent !== null && (!isArchived || nodes.includes(node)),
  );
  const nameOf = (node: number) => `${firm.nodes.find((each) => each.node === node)?.label ?? '?'} (${node})`;
  return (
    <Choices
      label="Reaches"
      all="all of the firm"
      values={places.map(({ node }) => node)}
      chosen={nodes.length === 0 ? undefined : nodes}
      nameOf={nameOf}
      onChoose={(chosen) => onChoose(chosen ?? [])}
    />
  );
}
