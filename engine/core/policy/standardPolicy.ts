import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Approvals, Group, Policy, Rule } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';

/** Of one person nobody else can be asked. */
export const solePolicy: Policy = { rules: [{ id: 'SOLE', when: {}, verdict: { is: 'allow' } }] };

const MOVERS = [Role.portfolioManager, Role.opsMaker];
const LIMITS: ActionKind[] = ['SetLimits', 'SetWithdrawalLimits'];
const KEY_HOLDERS = [Role.trader, Role.portfolioManager];
const KEYS: ActionKind[] = ['ApproveKey', 'ChangeKey'];
const TRANSFERS: ActionKind[] = ['Transfer', 'TransferMany'];
/** Between its own subaccounts a firm's people move this much in a day without asking anybody. */
const FREE_TRANSFER_USD = 250_000;
/** What is not agreed to by then is no emergency. */
const EMERGENCY_EXPIRY_MS = 15 * MINUTE_MS;
/** A price that was agreed is good for as long. */
const PORT_EXPIRY_MS = 10 * MINUTE_MS;

/** What a firm starts with: the matrix of roles and actions, a rule for each of its rows that has an action here. */
export const standardPolicy: Policy = {
  rules: [
    {
      id: 'TREE',
      when: {
        roles: [Role.portfolioManager, Role.opsMaker],
        actions: ['OpenNode', 'RenameNode', 'TagNode'],
      },
      verdict: { is: 'allow' },
    },
    {
      // Other limits hold at another place.
      id: 'TREE-MOVE',
      when: { roles: [Role.portfolioManager, Role.opsMaker], actions: ['MoveNode'] },
      verdict: needs([from(1, Role.risk)]),
    },
    {
      id: 'TREE-CLOSE',
      when: { roles: [Role.portfolioManager, Role.opsMaker], actions: ['ArchiveNode'] },
      verdict: needs([from(1, Role.opsApprover)]),
    },
    {
      id: 'HALT',
      when: {
        roles: [Role.portfolioManager, Role.risk, Role.opsMaker, Role.opsApprover, Role.admin],
        actions: ['SetNodeState'],
        direction: 'tighten',
      },
      verdict: { is: 'allow' },
    },
    {
      id: 'RESUME',
      when: {
        roles: [Role.risk, Role.opsMaker, Role.opsApprover, Role.admin],
        actions: ['SetNodeState'],
        direction: 'loosen',
      },
      verdict: needs([from(1, Role.risk), from(1, Role.admin)]),
    },
    {
      id: 'TRANSFER-SMALL',
      when: { roles: MOVERS, actions: TRANSFERS, reach: 'ownFirm', upToUsd: FREE_TRANSFER_USD },
      verdict: { is: 'allow' },
    },
    {
      id: 'TRANSFER',
      when: { roles: MOVERS, actions: TRANSFERS, reach: 'ownFirm', overUsd: FREE_TRANSFER_USD },
      verdict: needs([from(1, Role.opsApprover)], { vetoRoles: [Role.risk] }),
    },
    {
      id: 'TRANSFER-OUT',
      when: { roles: MOVERS, actions: TRANSFERS, reach: 'otherFirm' },
      verdict: needs([from(1, Role.opsApprover), to(1, Role.portfolioManager)], { vetoRoles: [Role.risk] }),
    },
    ...withdrawals([
      { id: 'WITHDRAW-SMALL', upToUsd: 50_000, groups: [from(1, Role.opsApprover)] },
      {
        id: 'WITHDRAW',
        overUsd: 50_000,
        upToUsd: 1_000_000,
        groups: [from(1, Role.opsApprover), from(1, Role.treasurySigner)],
      },
      {
        id: 'WITHDRAW-LARGE',
        overUsd: 1_000_000,
        groups: [from(2, Role.opsApprover), from(2, Role.treasurySigner)],
        delayMs: 4 * HOUR_MS,
      },
    ]),
    {
      id: 'BOOK-ADD',
      when: { roles: MOVERS, actions: ['ListDestination'] },
      verdict: needs([from(2, Role.opsApprover), from(1, Role.firmOwner)], {
        vetoRoles: [Role.risk],
        delayMs: DAY_MS,
      }),
    },
    {
      id: 'BOOK-REMOVE',
      when: { roles: [...MOVERS, Role.risk, Role.opsApprover], actions: ['UnlistDestination'] },
      verdict: { is: 'allow' },
    },
    {
      id: 'SEGREGATE',
      when: { roles: MOVERS, actions: ['SetSegregation'], direction: 'tighten' },
      verdict: { is: 'allow' },
    },
    {
      id: 'SEGREGATE-END',
      when: { roles: MOVERS, actions: ['SetSegregation'], direction: 'loosen' },
      verdict: needs([from(1, Role.risk), from(1, Role.opsApprover)], { delayMs: DAY_MS }),
    },
    {
      id: 'PORT',
      when: { roles: [Role.portfolioManager], actions: ['PortPosition'] },
      verdict: needs([to(1, Role.portfolioManager), from(1, Role.risk)], { expiryMs: PORT_EXPIRY_MS }),
    },
    {
      id: 'PORT-OPS',
      when: { roles: [Role.opsMaker], actions: ['PortPosition'] },
      verdict: needs([from(1, Role.portfolioManager), to(1, Role.portfolioManager), from(1, Role.risk)], {
        expiryMs: PORT_EXPIRY_MS,
      }),
    },
    {
      id: 'LIMITS-TIGHTEN',
      when: { roles: [Role.risk], actions: LIMITS, direction: 'tighten' },
      verdict: { is: 'allow' },
    },
    {
      id: 'LIMITS-LOOSEN',
      when: { roles: [Role.portfolioManager, Role.risk], actions: LIMITS, direction: 'loosen' },
      verdict: needs([from(1, Role.risk), from(1, Role.admin)], { delayMs: DAY_MS }),
    },
    {
      id: 'OVER-LIMIT',
      when: { roles: [Role.trader, Role.portfolioManager], actions: ['PlaceOverLimit'] },
      verdict: needs([from(1, Role.risk)], { expiryMs: EMERGENCY_EXPIRY_MS }),
    },
    {
      id: 'CALLS-TIGHTEN',
      when: {
        roles: [Role.portfolioManager, Role.risk],
        actions: ['SetMarginCalls'],
        direction: 'tighten',
      },
      verdict: { is: 'allow' },
    },
    {
      id: 'CALLS-LOOSEN',
      when: { roles: [Role.portfolioManager, Role.risk], actions: ['SetMarginCalls'], direction: 'loosen' },
      verdict: needs([from(1, Role.risk)]),
    },
    {
      id: 'CALL-TAKEN-ON',
      when: {
        roles: [Role.trader, Role.portfolioManager, Role.risk, Role.opsMaker, Role.opsApprover],
        actions: ['AcknowledgeMarginCall'],
        isOwn: true,
      },
      verdict: { is: 'allow' },
    },
    {
      id: 'NET',
      when: { roles: MOVERS, actions: ['NetPositions'] },
      verdict: { is: 'allow' },
    },
    {
      id: 'NET-WINDOW',
      when: { roles: MOVERS, actions: ['SetNettingWindow'], direction: 'loosen' },
      verdict: needs([from(1, Role.risk)]),
    },
    {
      id: 'NET-WINDOW-END',
      when: { roles: [...MOVERS, Role.risk], actions: ['SetNettingWindow'], direction: 'tighten' },
      verdict: { is: 'allow' },
    },
    {
      id: 'UNWIND',
      when: { roles: [Role.risk], actions: ['Unwind', 'Flatten'] },
      verdict: needs([from(1, Role.risk), from(1, Role.admin)], {
        vetoRoles: [Role.opsApprover],
        expiryMs: EMERGENCY_EXPIRY_MS,
      }),
    },
    {
      id: 'PEOPLE',
      when: {
        roles: [Role.opsMaker],
        actions: ['AdmitMember', 'ChangeMember', 'LinkWallet', 'SetPolicy'],
      },
      verdict: needs([from(2, Role.admin)], { delayMs: DAY_MS, vetoRoles: [Role.risk] }),
    },
    {
      id: 'LEAVERS',
      when: { roles: [Role.opsMaker, Role.risk, Role.admin], actions: ['RemoveMember'] },
      verdict: needs([from(1, Role.admin)]),
    },
    {
      id: 'REVOKE',
      when: {
        roles: [Role.risk, Role.opsMaker, Role.opsApprover, Role.admin],
        actions: ['RevokeKey', 'UnlinkWallet'],
      },
      verdict: { is: 'allow' },
    },
    {
      // Of keys whose every account is on a desk of theirs: who asks reaches what it is about.
      id: 'REVOKE-DESK',
      when: { roles: [Role.portfolioManager], actions: ['RevokeKey'] },
      verdict: { is: 'allow' },
    },
    {
      id: 'KEYS-TIGHTEN',
      when: {
        roles: [Role.portfolioManager, Role.risk, Role.opsMaker, Role.opsApprover, Role.admin],
        actions: ['ChangeKey'],
        direction: 'tighten',
      },
      verdict: { is: 'allow' },
    },
    {
      id: 'OWN-KEYS',
      when: { isOwn: true, actions: ['RevokeKey', 'UnlinkWallet'] },
      verdict: { is: 'allow' },
    },
    {
      id: 'OWN-KEYS-TIGHTEN',
      when: { isOwn: true, actions: ['ChangeKey'], direction: 'tighten' },
      verdict: { is: 'allow' },
    },
    {
      // A key that lives longer than a day, and more room for one, are their owner's to give.
      id: 'KEYS',
      when: { roles: KEY_HOLDERS, isOwn: true, actions: KEYS, direction: 'loosen', upToUsd: 0 },
      verdict: { is: 'allow' },
    },
    {
      // Unless it may open more in an hour than a soft limit lets through.
      id: 'KEYS-PAST-SOFT',
      when: { roles: KEY_HOLDERS, isOwn: true, actions: KEYS, direction: 'loosen', overUsd: 0 },
      verdict: needs([from(1, Role.opsApprover)], { vetoRoles: [Role.risk] }),
    },
  ],
};

/** Each with the owner's word, which a withdrawal asks for also where no rule names it. */
function withdrawals(
  tiers: { id: string; groups: Group[]; overUsd?: number; upToUsd?: number; delayMs?: number }[],
): Rule[] {
  return tiers.map(({ id, groups, delayMs = 0, ...value }) => ({
    id,
    when: { roles: MOVERS, actions: ['Withdraw'], ...value },
    verdict: needs([...groups, from(1, Role.firmOwner)], { vetoRoles: [Role.risk], delayMs }),
  }));
}

function to(min: number, ...roles: Role[]): Group {
  return { roles, side: 'to', min };
}

function from(min: number, ...roles: Role[]): Group {
  return { roles, side: 'from', min };
}

/** Without a delay, for a day, and nobody else may say no, unless told otherwise. */
function needs(groups: Group[], terms: Partial<Approvals> = {}): Approvals {
  return { is: 'approve', groups, vetoRoles: [], delayMs: 0, expiryMs: DAY_MS, ...terms };
}
