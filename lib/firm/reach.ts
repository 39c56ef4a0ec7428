import type { MemberView } from '../../engine/protocol/views/directory.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';

/** Places a member reaches: parts of the tree, else the accounts they were given one by one; none is all of the firm. */
export function placesReached(
  { nodes }: Pick<FirmView, 'nodes'>,
  member: Pick<MemberView, 'nodes' | 'accounts'>,
): readonly number[] {
  if (member.nodes.length > 0) return member.nodes;
  const accounts = nodes.filter(({ account }) => account !== null);
  const seen = accounts.filter(({ account }) => member.accounts.includes(account!));
  return seen.length === accounts.length ? [] : seen.map(({ node }) => node);
}
