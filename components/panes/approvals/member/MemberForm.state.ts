import type { Action } from '../../../../engine/protocol/commands/actions.ts';
import { Role } from '../../../../engine/protocol/enums.ts';
import type { MemberView } from '../../../../engine/protocol/views/directory.ts';
import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import { placesReached } from '../../../../lib/firm/reach.ts';

export type MemberChange = 'AdmitMember' | 'ChangeMember' | 'LinkWallet' | 'UnlinkWallet' | 'RemoveMember';

/** What somebody is writing about a person. */
export interface MemberDraft {
  change: MemberChange;
  label: string;
  address: string;
  role: Role;
  /** The parts of the tree they reach; none is all of it. */
  nodes: readonly number[];
}

type Tree = Pick<FirmView, 'nodes'>;

/** A member as they are, or nobody yet. */
export function draftOf(member: MemberView | undefined, firm: Tree): MemberDraft {
  return {
    change: member === undefined ? 'AdmitMember' : 'ChangeMember',
    label: '',
    address: '',
    role: (member?.role ?? Role.trader) as Role,
    nodes: member === undefined ? [] : placesReached(firm, member),
  };
}

/** The action that is written; undefined while something of it is missing. */
export function actionOf(draft: MemberDraft, member: MemberView | undefined, firm: Tree): Action | undefined {
  const { change, role } = draft;
  const nodes = [...draft.nodes].sort((a, b) => a - b);
  const address = draft.address.toLowerCase();
  const label = draft.label.trim();
  const isAddress = /^0x[0-9a-f]{40}$/.test(address);
  if (change === 'AdmitMember')
    return isAddress && label !== '' ? { kind: change, address, role, label, nodes } : undefined;
  if (member === undefined) return undefined;
  const { member: number } = member;
  if (change === 'RemoveMember') return { kind: change, member: number };
  if (change === 'ChangeMember') {
    const before = [...placesReached(firm, member)].sort((a, b) => a - b);
    const isSame = role === member.role && nodes.join() === before.join();
    return isSame ? undefined : { kind: change, member: number, role, nodes };
  }
  return isAddress ? { kind: change, member: number, address } : undefined;
}
