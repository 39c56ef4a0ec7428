import type { Approvals, Group, Rule } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { isIntegerIn, isNameValid, isRoleValid } from '../admin/names.ts';

export const RULES_MAX = 64;
const GROUPS_MAX = 8;
const PEOPLE_MAX = 10;
const MONTH_MS = 30 * DAY_MS;

/**
 * Whether rules can be a policy: shapes, ranges and ids. No rule makes an auditor agree or object: who reads everything
 * decides nothing.
 */
export function isPolicyValid(rules: readonly Rule[]): boolean {
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > RULES_MAX) return false;
  const ids = new Set(rules.map(({ id }) => id));
  return ids.size === rules.length && rules.every(isRuleValid);
}

function isRuleValid({ id, when, verdict }: Rule): boolean {
  if (!isNameValid(id) || typeof when !== 'object' || when === null) return false;
  const { overUsd, upToUsd, minutesUtc, roles, nodes } = when;
  const areBoundsValid = [overUsd, upToUsd].every((usd) => usd === undefined || isIntegerIn(usd, 0, 1e12));
  const areMinutesValid =
    minutesUtc === undefined ||
    [minutesUtc.from, minutesUtc.to].every((minute) => isIntegerIn(minute, 0, 1_440));
  const areNodesValid = nodes === undefined || nodes.every((node) => isIntegerIn(node, 0, 2_147_483_647));
  const isForRoles = roles === undefined || roles.every(isRoleValid);
  if (!areBoundsValid || !areMinutesValid || !areNodesValid || !isForRoles) return false;
  return (
    verdict.is === 'allow' ||
    verdict.is === 'deny' ||
    (verdict.is === 'approve' && areApprovalsValid(verdict))
  );
}

function areApprovalsValid({ groups, vetoRoles, delayMs, expiryMs }: Approvals): boolean {
  return (
    groups.length <= GROUPS_MAX &&
    groups.every(isGroupValid) &&
    vetoRoles.every(isDeciding) &&
    isIntegerIn(delayMs, 0, MONTH_MS) &&
    isIntegerIn(expiryMs, MINUTE_MS, MONTH_MS)
  );
}

function isGroupValid({ roles, side, min }: Group): boolean {
  const isSide = side === 'from' || side === 'to';
  return isSide && roles.length > 0 && roles.every(isDeciding) && isIntegerIn(min, 1, PEOPLE_MAX);
}

function isDeciding(role: Role): boolean {
  return isRoleValid(role) && role !== Role.auditor;
}
