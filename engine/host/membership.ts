import type { Names } from '../api/native/names.ts';
import { nameOf, Role } from '../protocol/enums.ts';
import type { AccountSummaryView } from '../protocol/views/account.ts';
import type { MemberView } from '../protocol/views/directory.ts';
import type { SessionView } from '../protocol/views/health.ts';
import type { Session } from './sessions/session.ts';

/** Whether an address is a member whose accounts include this one. */
export function maySee(names: Names | undefined, session: Session | undefined, account: number): boolean {
  if (names === undefined || session === undefined) return false;
  const members = names.membersByAddress.get(session.address) ?? [];
  return members.some(({ accounts }) => accounts.includes(account));
}

/** Whether an address is a member who may trade an account. */
export function mayTrade(names: Names | undefined, session: Session | undefined, account: number): boolean {
  if (names === undefined || session === undefined) return false;
  const members = names.membersByAddress.get(session.address) ?? [];
  return members.some(({ accounts, role }) => accounts.includes(account) && isTrading(role));
}

/** What an address is of which firms; empty for a stranger. Another text means another standing. */
export function standingOf(names: Names | undefined, address: string): string {
  const members = names?.membersByAddress.get(address) ?? [];
  return members.map(({ member, role }) => `${member}:${role}`).join();
}

/** What a signed-in person is told about themselves. */
export function sessionViewOf(names: Names, session: Session): SessionView {
  const members = names.membersByAddress.get(session.address) ?? [];
  const [first] = members;
  return {
    address: session.address,
    label: first?.label ?? '',
    role: first === undefined ? '' : nameOf(Role, first.role),
    expiresAtMs: session.expiresAtMs,
    accounts: members.flatMap((member) =>
      member.accounts.map((account) => summaryOf(names, member, account)),
    ),
  };
}

function summaryOf(names: Names, { role }: MemberView, account: number): AccountSummaryView {
  const entry = names.view.accounts[account];
  const firm = entry?.firm ?? 0;
  return {
    account,
    firm,
    label: entry?.label ?? '',
    firmLabel: names.view.firms[firm]?.label ?? '',
    potOf: entry?.potOf ?? null,
    role: nameOf(Role, role),
    mayTrade: isTrading(role),
  };
}

function isTrading(role: number): boolean {
  return role === Role.trader || role === Role.portfolioManager;
}
