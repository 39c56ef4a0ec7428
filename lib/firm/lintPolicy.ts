import type { ActionKind } from '../../engine/protocol/commands/actionNumbers.ts';
import type { Approvals, Condition, Rule } from '../../engine/protocol/commands/policy.ts';
import type { MemberView } from '../../engine/protocol/views/directory.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import { groupWords, roleName } from './words.ts';

/** What a rule has that its writer hardly meant. */
export interface LintFinding {
  rule: string;
  is: 'unreachable' | 'shadowed' | 'quorum';
  /** With the way out. */
  sentence: string;
}

/** As the engine has it: what is about a wallet is of the whole firm. */
const WITHOUT_PLACE: readonly ActionKind[] = ['UnlinkWallet'];

type Tree = Pick<FirmView, 'nodes'>;

/**
 * Reads rules for those that never match, that change nothing because a stricter one always matches with them, and that
 * ask for more people than there are. It finds what holds whatever is asked; what it does not name may still surprise.
 */
export function lintPolicy(rules: readonly Rule[], firm: Pick<FirmView, 'nodes' | 'members'>): LintFinding[] {
  const people = firm.members.filter(({ isRemoved }) => !isRemoved);
  return rules.flatMap((rule, place): LintFinding[] => {
    const never = neverMatches(rule, firm);
    if (never !== undefined) return [{ rule: rule.id, is: 'unreachable', sentence: never }];
    const stricter = rules.find((other, at) => other !== rule && shadows(other, rule, firm, at < place));
    if (stricter !== undefined) {
      const sentence = `Whatever it matches ${stricter.id} matches too, and is at least as strict. Remove it or narrow ${stricter.id}.`;
      return [{ rule: rule.id, is: 'shadowed', sentence }];
    }
    const missing = missingPeople(rule, people);
    return missing === undefined ? [] : [{ rule: rule.id, is: 'quorum', sentence: missing }];
  });
}

function neverMatches({ when, verdict }: Rule, { nodes }: Tree): string | undefined {
  const { roles, actions, overUsd, upToUsd, minutesUtc } = when;
  if (roles?.length === 0) return 'It names no role, so nobody’s question matches. Name one or leave it out.';
  if (actions?.length === 0) return 'It names no action, so nothing matches. Name one or leave it out.';
  if (overUsd !== undefined && upToUsd !== undefined && overUsd >= upToUsd)
    return 'No amount is over the one and up to the other. Widen the amounts.';
  if (minutesUtc !== undefined && minutesUtc.from === minutesUtc.to)
    return 'It begins in the minute it ends. Widen the time.';
  const isThere = (node: number) => nodes.some((each) => each.node === node && !each.isArchived);
  if (when.nodes !== undefined && !when.nodes.some(isThere))
    return 'None of its places is open in the tree. Name another place.';
  const isWhole = (node: number) => nodes.some((each) => each.node === node && each.parent === null);
  const areWithoutPlace = actions?.every((action) => WITHOUT_PLACE.includes(action)) === true;
  if (verdict.is === 'allow' && areWithoutPlace && when.nodes?.some(isWhole) === false)
    return 'The end of a wallet has no place in the tree: only a rule for the whole firm allows it. Leave the places out.';
  return undefined;
}

/** Whether another rule matches whatever this one does and asks for as much: of two alike, the later is the spare one. */
function shadows(other: Rule, rule: Rule, tree: Tree, isBefore: boolean): boolean {
  if (!covers(other.when, rule.when, other.verdict.is === 'allow', tree) || !isAsStrict(other, rule))
    return false;
  const isMutual =
    covers(rule.when, other.when, rule.verdict.is === 'allow', tree) && isAsStrict(rule, other);
  return !isMutual || isBefore;
}

/** Whether everything that meets `b` meets `a`. */
function covers(a: Condition, b: Condition, isAllow: boolean, tree: Tree): boolean {
  const within = (set: readonly unknown[] | undefined, part: readonly unknown[] | undefined) =>
    set === undefined || part?.every((each) => set.includes(each)) === true;
  const same = (key: 'direction' | 'isOwn' | 'reach') => a[key] === undefined || a[key] === b[key];
  return (
    within(a.roles, b.roles) &&
    within(a.actions, b.actions) &&
    same('direction') &&
    same('isOwn') &&
    same('reach') &&
    coversPlaces(a.nodes, b.nodes, isAllow, tree) &&
    (a.overUsd === undefined || (b.overUsd !== undefined && a.overUsd <= b.overUsd)) &&
    (a.upToUsd === undefined || (b.upToUsd !== undefined && a.upToUsd >= b.upToUsd)) &&
    (a.minutesUtc === undefined || JSON.stringify(a.minutesUtc) === JSON.stringify(b.minutesUtc))
  );
}

/** What allows must hold all places of an action, and may see only some of those that others do: then nothing is said. */
function coversPlaces(
  a: readonly number[] | undefined,
  b: readonly number[] | undefined,
  isAllow: boolean,
  tree: Tree,
): boolean {
  if (a === undefined) return true;
  return !isAllow && b !== undefined && b.every((node) => a.some((above) => isBelow(node, above, tree)));
}

function isBelow(node: number, above: number, { nodes }: Tree): boolean {
  for (let at: number | null = node; at !== null; ) {
    if (at === above) return true;
    const of: number = at;
    at = nodes.find((each) => each.node === of)?.parent ?? null;
  }
  return false;
}

function isAsStrict({ verdict: a }: Rule, { verdict: b }: Rule): boolean {
  if (a.is === 'deny' || b.is === 'allow') return true;
  return a.is === 'approve' && b.is === 'approve' && asksAsMuch(a, b);
}

function asksAsMuch(a: Approvals, b: Approvals): boolean {
  const key = (group: Approvals['groups'][number]) => `${group.side} ${[...group.roles].sort().join()}`;
  return (
    b.groups.every((group) => a.groups.some((each) => key(each) === key(group) && each.min >= group.min)) &&
    b.vetoRoles.every((role) => a.vetoRoles.includes(role)) &&
    a.delayMs >= b.delayMs &&
    a.expiryMs <= b.expiryMs
  );
}

/** Receivers of other firms are not known here: groups on that side are not counted. */
function missingPeople({ when, verdict }: Rule, people: readonly MemberView[]): string | undefined {
  if (verdict.is !== 'approve') return undefined;
  const groups = verdict.groups.filter(({ side }) => side === 'from');
  const makers = people.filter(({ role }) => when.roles?.includes(role as never) ?? true);
  if (makers.length === 0)
    return `Nobody has a role that may ask: ${(when.roles ?? []).map(roleName).join(', ')}. Admit somebody.`;
  const isPossible = makers.some((maker) =>
    canSeat(
      groups,
      people.filter((each) => each !== maker),
    ),
  );
  if (isPossible) return undefined;
  return `There are not ${groups.map(groupWords).join(' + ')} besides who asks. Admit people or ask for fewer.`;
}

/** Whether each place of the groups has a person of its own (augmenting paths, as the engine seats them). */
function canSeat(groups: Approvals['groups'], people: readonly MemberView[]): boolean {
  const places = groups.flatMap((group) => Array<typeof group>(group.min).fill(group));
  const seatOf = new Map<number, number>();
  const seat = (place: number, tried: Set<number>): boolean =>
    people.some(({ member, role }) => {
      if (tried.has(member) || !places[place]!.roles.includes(role as never)) return false;
      tried.add(member);
      const other = seatOf.get(member);
      if (other !== undefined && !seat(other, tried)) return false;
      seatOf.set(member, place);
      return true;
    });
  return places.every((_, place) => seat(place, new Set()));
}
