import type { Approvals, Group } from '../../protocol/commands/policy.ts';
import { nameOf, Role } from '../../protocol/enums.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';

/** Columns of the matrix: a person of the sandbox for each. The firm's owner asks for nothing and agrees to withdrawals only. */
export const columns = [
  'trader',
  'portfolio manager',
  'risk',
  'ops-maker',
  'ops-approver',
  'treasury signer',
  'auditor',
  'admin',
  'firm owner',
] as const;
export type Column = (typeof columns)[number];

/** Whom an action waits for, as `waitingText` writes it. */
const quorums = {
  ops: '1 opsApprover; veto risk; within 24 h',
  opsTheirs: '1 opsApprover + 1 portfolioManager of the receiver; veto risk; within 24 h',
  theirPM: '1 portfolioManager of the receiver + 1 risk; within 10 min',
  bothPM: '1 portfolioManager + 1 portfolioManager of the receiver + 1 risk; within 10 min',
  setPort: '1 opsApprover + 1 portfolioManager of the receiver + 1 risk; veto risk; within 10 min',
  setPortOM:
    '1 opsApprover + 1 portfolioManager + 1 portfolioManager of the receiver + 1 risk; veto risk; within 10 min',
  limit: '1 risk + 1 admin; after 24 h; within 24 h',
  over: '1 risk; within 15 min',
  payout: '1 opsApprover + 1 firmOwner; veto risk; within 24 h',
  payoutMid: '1 opsApprover + 1 treasurySigner + 1 firmOwner; veto risk; within 24 h',
  payoutLarge: '2 opsApprover + 2 treasurySigner + 1 firmOwner; veto risk; after 4 h; within 24 h',
  book: '2 opsApprover + 1 firmOwner; veto risk; after 24 h; within 24 h',
  apart: '1 risk + 1 opsApprover; after 24 h; within 24 h',
  risk: '1 risk; within 24 h',
  close: '1 opsApprover; within 24 h',
  resume: '1 risk + 1 admin; within 24 h',
  unwind: '1 risk + 1 admin; veto opsApprover; within 15 min',
  admins: '2 admin; veto risk; after 24 h; within 24 h',
  admin: '1 admin; within 24 h',
} as const;

/**
 * What comes of an action that a member's wallet asks for, under the standard policy: `now` it is done at once, `—` it
 * is refused (policy.denied), a name of a quorum: it waits for that.
 */
const actionTable = {
  // Transfer between subaccounts, same owner: up to the limit, over it, to another owner.
  //              trader PM        risk     OM        OA     TS   aud  adm    owner
  transferSmall: '—     now       —        now       —      —    —    —      —',
  transferManySmall: '— now       —        now       —      —    —    —      —',
  transferLarge: '—     ops       —        ops       —      —    —    —      —',
  transferManyLarge: '— ops       —        ops       —      —    —    —      —',
  transferOut: '—       opsTheirs —        opsTheirs —      —    —    —      —',
  // Several of these as one change: the most restrictive of its parts (decision 083).
  changeSetSmall: '—    now       —        now       —      —    —    —      —',
  changeSetLarge: '—    ops       —        ops       —      —    —    —      —',
  changeSetPort: '—     setPort   —        setPortOM —      —    —    —      —',
  changeSetMove: '—     risk      —        risk      —      —    —    —      —',
  // Withdraw: up to 50,000 USD, up to a million, over it. The owner's word always.
  withdrawSmall: '—     payout    —        payout    —      —    —    —      —',
  withdrawMid: '—       payoutMid —        payoutMid —      —    —    —      —',
  withdrawLarge: '—     payoutLarge —      payoutLarge —    —    —    —      —',
  // Whitelist address add: with the owner's word. Removal: any one, at once.
  bookAdd: '—           book      —        book      —      —    —    —      —',
  bookRemove: '—        now       now      now       now    —    —    —      —',
  // What may leave in a day, as any limit.
  payoutLimitsLoosen: '— limit    limit    —         —      —    —    —      —',
  payoutLimitsTighten: '— —       now      —         —      —    —    —      —',
  // An account kept apart: no row in the specification (decision 096).
  segregate: '—         now       —        now       —      —    —    —      —',
  segregateEnd: '—      apart     —        apart     —      —    —    —      —',
  // Change limit: loosen, tighten.
  limitsLoosen: '—      limit     limit    —         —      —    —    —      —',
  limitsTighten: '—     —         now      —         —      —    —    —      —',
  // Margin calls: no row in the specification (decision 072).
  callsTighten: '—      now       now      —         —      —    —    —      —',
  callsLoosen: '—       risk      risk     —         —      —    —    —      —',
  callTaken: 'now       now       now      now       now    —    —    —      —',
  callTakenForAnother: '— —       —        —         —      —    —    —      —',
  // Port position.
  port: '—              theirPM   —        bothPM    —      —    —    —      —',
  // Place an order over a soft limit.
  placeOverLimit: 'over over      —        —         —      —    —    —      —',
  // Approve agent or bot key: one's own, and agreed to where it may trade past a soft limit. What lives no longer than a
  // day is a command of its own (`orderMatrix.ts`). Revoke: at once.
  approveKey: 'now      now       —        —         —      —    —    —      —',
  approveKeyPastSoft: 'ops ops    —        —         —      —    —    —      —',
  approveKeyForAnother: '— —      —        —         —      —    —    —      —',
  revokeOwnKey: 'now    now       now      now       now    —    —    now    —',
  revokeKey: '—         now       now      now       now    —    —    now    —',
  // Hold a key to other terms (decision 082): less room at once, more as a key is approved (decision 095).
  changeOwnKeyTighten: 'now now   now      now       now    —    —    now    —',
  changeOwnKeyLoosen: 'now now    —        —         —      —    —    —      —',
  changeOwnKeyPastSoft: 'ops ops  —        —         —      —    —    —      —',
  changeKeyTighten: '—  now       now      now       now    —    —    now    —',
  changeKeyLoosen: '—   —         —        —         —      —    —    —      —',
  unlinkOwnWallet: 'now now       now      now       now    now  now  now    now',
  unlinkWallet: '—      —         now      now       now    —    —    now    —',
  // Change role or policy.
  admit: '—             —         —        admins    —      —    —    —      —',
  changeMember: '—      —         —        admins    —      —    —    —      —',
  linkWallet: '—        —         —        admins    —      —    —    —      —',
  setPolicy: '—         —         —        admins    —      —    —    —      —',
  removeMember: '—      —         admin    admin     —      —    —    admin  —',
  // Stop places of the tree, and let them go on (decision 075).
  stop: '—              now       now      now       now    —    —    now    —',
  resume: '—            —         resume   resume    resume —    —    resume —',
  // Emergency unwind of an account, and of all below a place.
  unwind: '—            —         unwind   —         —      —    —    —      —',
  flatten: '—           —         unwind   —         —      —    —    —      —',
  // The tree and netting: no row in the specification (decisions 036 and 070).
  openNode: '—          now       —        now       —      —    —    —      —',
  renameNode: '—        now       —        now       —      —    —    —      —',
  tagNode: '—           now       —        now       —      —    —    —      —',
  moveNode: '—          risk      —        risk      —      —    —    —      —',
  archiveNode: '—       close     —        close     —      —    —    —      —',
  net: '—               now       —        now       —      —    —    —      —',
  windowOpen: '—        risk      —        risk      —      —    —    —      —',
  windowEnd: '—         now       now      now       —      —    —    —      —',
} as const;

export type CaseName = keyof typeof actionTable;
export const caseNames = Object.keys(actionTable) as CaseName[];

/** What the matrix says of a case and a column: `now`, `—`, or whom it waits for. */
export function expectedOf(name: CaseName, column: Column): string {
  const cell = actionTable[name].split(/\s+/)[columns.indexOf(column)]!;
  return cell === 'now' || cell === '—' ? cell : quorums[cell as keyof typeof quorums];
}

/** What is asked for before an action is done, as one line. */
export function waitingText({ groups, vetoRoles, delayMs, expiryMs }: Approvals): string {
  const parts = [
    groups.map(groupText).join(' + '),
    vetoRoles.length > 0 ? `veto ${rolesText(vetoRoles)}` : '',
    delayMs > 0 ? `after ${spanText(delayMs)}` : '',
    `within ${spanText(expiryMs)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function groupText({ min, roles, side }: Group): string {
  return `${min} ${rolesText(roles)}${side === 'to' ? ' of the receiver' : ''}`;
}

function rolesText(roles: readonly Role[]): string {
  return roles.map((role) => nameOf(Role, role)).join('/');
}

function spanText(ms: number): string {
  return ms < HOUR_MS ? `${ms / MINUTE_MS} min` : `${ms / HOUR_MS} h`;
}
