'use client';

import { useStore } from 'zustand';
import type { MemberView } from '../../../../engine/protocol/views/directory.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { placesReached } from '../../../../lib/firm/reach.ts';
import { roleName } from '../../../../lib/firm/words.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { approvalsStore, selectMember } from '../../../../lib/stores/approvalsStore.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, Row, Table, WordHeads } from '../../../ui/Table.tsx';
import styles from './Members.module.css';

/** The people of the firm: what each is, what of it they reach, and the wallets that sign for them. */
export function Members() {
  const firm = useFirm();
  const selected = useStore(approvalsStore, (store) => store.member);
  if (firm === undefined)
    return (
      <Pane title="Members">
        <EmptyState title="Waiting for the people." />
      </Pane>
    );
  const present = firm.members.filter(({ isRemoved }) => !isRemoved).length;
  return (
    <Pane title={`Members ${present}`} aside={<span>one person, several wallets, one voice</span>}>
      <Table
        label="Members"
        className={styles.table}
        head={<WordHeads names={['member', 'role', 'reaches', 'wallets']} />}
      >
        {firm.members.map((member) => (
          <MemberRow
            key={member.member}
            firm={firm}
            member={member}
            isSelected={member.member === selected}
          />
        ))}
      </Table>
    </Pane>
  );
}

interface MemberRowProps {
  firm: FirmView;
  member: MemberView;
  isSelected: boolean;
}

function MemberRow({ firm, member, isSelected }: MemberRowProps) {
  const { label, role, wallets, isRemoved } = member;
  const reach = reachWords(firm, member);
  return (
    <Row kind={isSelected ? 'marked' : 'plain'} className={isRemoved ? styles.left : undefined}>
      <Cell align="left" isStrong>
        <button
          type="button"
          className={styles.member}
          aria-pressed={isSelected}
          onClick={() => selectMember(isSelected ? undefined : member.member)}
        >
          {label}
          {member.member === firm.member && <Badge>you</Badge>}
        </button>
      </Cell>
      <Cell align="left">{isRemoved ? 'left' : roleName(role)}</Cell>
      <Cell align="left" title={reach}>
        {isRemoved ? '' : reach}
      </Cell>
      <Cell align="left" className={styles.wallets} title={wallets.join('\n')}>
        {wallets.join(' ')}
      </Cell>
    </Row>
  );
}

function reachWords(firm: FirmView, member: MemberView): string {
  const label = (node: number) => firm.nodes.find((each) => each.node === node)?.label ?? `node ${node}`;
  return placesReached(firm, member).map(label).join(', ') || 'all of the firm';
}
