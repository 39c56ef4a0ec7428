import type { Names } from '../api/native/names.ts';
import type { MaySee } from '../audit/lines.ts';
import { accountsIn } from '../audit/page.ts';
import { Role } from '../protocol/enums.ts';
import type { AuditRecord } from '../protocol/views/audit.ts';
import type { MemberView } from '../protocol/views/directory.ts';

/**
 * What an address may read of the audit log: a trader nothing, a portfolio manager what concerns them and their desks,
 * everybody else their firm and what the desk itself did.
 *
 * @returns undefined for who may read none of it
 */
export function auditReader({ membersByAddress }: Names, address: string): MaySee | undefined {
  const members = (membersByAddress.get(address) ?? []).filter(({ role }) => role !== Role.trader);
  if (members.length === 0) return undefined;
  return (record) => members.some((member) => concerns(record, member));
}

function concerns(record: AuditRecord, member: MemberView): boolean {
  if (member.role !== Role.portfolioManager) return record.firm === 0 || record.firm === member.firm;
  if (record.firm !== member.firm) return false;
  const { wallets, accounts } = member;
  return (
    wallets.includes(record.actor.address) ||
    accountsIn(record.params).some((account) => accounts.includes(account))
  );
}
