import type {
  Action,
  ChangeKey,
  MarginCallLevel,
  NodeLimits,
} from '../../engine/protocol/commands/actions.ts';
import type { AgentScope } from '../../engine/protocol/commands/agentScope.ts';
import type { Rule } from '../../engine/protocol/commands/policy.ts';
import { scopeWords, shortKey, utcMinute } from '../../engine/protocol/keyWords.ts';
import type { FirmView, NettingWindowView } from '../../engine/protocol/views/firm.ts';
import { formatCount, formatPercent, formatTimes, formatUsd } from '../format.ts';
import { placesReached } from './reach.ts';
import { clockWords, roleName, spanWords, thenWords, whenWords } from './words.ts';

/** One thing that an action changes, before and after; '·' is nothing. */
export interface ChangeRow {
  name: string;
  before: string;
  after: string;
}

const NOTHING = '·';

/** What an action changes of a firm as it stands. What moves money is told by its margin instead. */
export function changeRows(action: Action, firm: FirmView): ChangeRow[] {
  const node = (number: number) => firm.nodes.find((each) => each.node === number);
  const label = (number: number) => node(number)?.label ?? `node ${number}`;
  const member = (number: number) => firm.members.find((each) => each.member === number);
  const row = (name: string, before: string, after: string): ChangeRow => ({ name, before, after });
  const reach = (nodes: readonly number[] | undefined) =>
    nodes === undefined || nodes.length === 0 ? 'all of the firm' : nodes.map(label).join(', ');
  switch (action.kind) {
    case 'OpenNode':
      return [
        row(action.isAccount ? 'subaccount' : 'group', NOTHING, `${label(action.parent)} / ${action.label}`),
      ];
    case 'RenameNode':
      return [row('name', label(action.node), action.label)];
    case 'MoveNode':
      return [row('below', label(node(action.node)?.parent ?? -1), label(action.parent))];
    case 'TagNode':
      return [row('tags', node(action.node)?.tags.join(', ') || NOTHING, action.tags.join(', ') || NOTHING)];
    case 'ArchiveNode':
      return [row(label(action.node), 'open', 'closed for good')];
    case 'SetNodeState':
      return [row(label(action.node), node(action.node)?.state ?? '?', action.state)];
    case 'SetLimits': {
      const { soft = {}, hard = {} } = node(action.node)?.limits ?? {};
      return [...limitRows('hard', hard, action.limits.hard), ...limitRows('soft', soft, action.limits.soft)];
    }
    case 'SetMarginCalls':
      return [
        row('margin calls', levelWords(node(action.node)?.callLevels ?? []), levelWords(action.levels)),
      ];
    case 'AdmitMember':
      return [row(action.label, NOTHING, `${roleName(action.role)}, ${reach(action.nodes)}`)];
    case 'ChangeMember': {
      const before = member(action.member);
      const name = before?.label ?? `member ${action.member}`;
      const words =
        before === undefined ? '?' : `${roleName(before.role)}, ${reach(placesReached(firm, before))}`;
      return [row(name, words, `${roleName(action.role)}, ${reach(action.nodes)}`)];
    }
    case 'RemoveMember':
      return [row(member(action.member)?.label ?? '?', roleName(member(action.member)?.role ?? 0), 'left')];
    case 'LinkWallet':
      return [row(`wallet of ${member(action.member)?.label ?? '?'}`, NOTHING, action.address)];
    case 'UnlinkWallet':
      return [row(`wallet of ${member(action.member)?.label ?? '?'}`, action.address, NOTHING)];
    case 'ApproveKey':
      return [row('trading key', NOTHING, `${shortKey(action.publicKey)}: ${keyTermsText(action)}`)];
    case 'RevokeKey':
      return [row('trading key', shortKey(action.publicKey), 'revoked')];
    case 'ChangeKey':
      return [row('trading key', shortKey(action.publicKey), keyTermsText(action))];
    case 'ListDestination': {
      const before = firm.withdrawals.destinations.find(({ to, isOwner }) => to === action.to && !isOwner);
      const words = (label: string, usd: number) =>
        `${label}, ${usd === 0 ? 'no limit of its own' : `at most ${usdWords(usd)} USD a day`}`;
      return [
        row(
          action.to,
          before ? words(before.label, before.dayUsd) : 'not in the book',
          words(action.label, action.dayUsd),
        ),
      ];
    }
    case 'UnlistDestination': {
      const before = firm.withdrawals.destinations.find(({ to, isOwner }) => to === action.to && !isOwner);
      return [row(action.to, before?.label ?? '?', 'not in the book')];
    }
    case 'SetWithdrawalLimits': {
      const { dayUsd, destinationDayUsd } = firm.withdrawals;
      return [
        row('withdrawn in a day, USD', usdWords(dayUsd), usdWords(action.dayUsd)),
        row('to one address in a day, USD', usdWords(destinationDayUsd), usdWords(action.destinationDayUsd)),
      ].filter(({ before, after }) => before !== after);
    }
    case 'SetSegregation': {
      const of = firm.nodes.find(({ account }) => account === action.account);
      const words = (isApart: boolean) => (isApart ? 'kept apart' : 'with the others');
      return [row(of?.label ?? '?', words(of?.isSegregated ?? false), words(action.isSegregated))];
    }
    case 'SetPolicy':
      return policyRows(firm.policy.rules, action.rules, label);
    case 'SetNettingWindow':
      return [
        row(
          'opposite positions are crossed',
          windowWords(node(action.node)?.nettingWindow ?? null),
          windowWords(action),
        ),
      ];
    default:
      return [];
  }
}

/** Rules that are new, gone or different; the order says nothing, because the most restrictive holds. */
export function policyRows(
  before: readonly Rule[],
  after: readonly Rule[],
  nodeName: (node: number) => string,
): ChangeRow[] {
  const words = (rule: Rule | undefined) =>
    rule === undefined ? NOTHING : `${whenWords(rule, nodeName)}: ${thenWords(rule)}`;
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids
    .map((id) => ({
      name: id,
      before: words(before.find((rule) => rule.id === id)),
      after: words(after.find((rule) => rule.id === id)),
    }))
    .filter((row) => row.before !== row.after);
}

/** Limits that differ, each by its name; what is left out limits nothing. */
function limitRows(severity: string, before: NodeLimits, after: NodeLimits): ChangeRow[] {
  const [was, is] = [limitEntries(before), limitEntries(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({
      name: `${severity} ${name}`,
      before: was.get(name) ?? 'none',
      after: is.get(name) ?? 'none',
    }))
    .filter((row) => row.before !== row.after);
}

/** `every 60 min, from 00:05 UTC`. */
export function windowWords(
  window: Pick<NettingWindowView, 'everyMinutes' | 'startMinuteUtc'> | null,
): string {
  if (window === null || window.everyMinutes === 0) return 'never by themselves';
  return `every ${spanWords(window.everyMinutes * 60_000)}, counted from ${clockWords(window.startMinuteUtc)} UTC`;
}

/** Of a limit where 0 is none. */
function usdWords(usd: number): string {
  return usd === 0 ? 'no limit' : formatUsd(usd);
}

/** What a key is to be held to. */
function keyTermsText({ expiresAtMs, ...scope }: AgentScope & Pick<ChangeKey, 'expiresAtMs'>): string {
  return `${scopeWords(scope).trim() || 'no further terms'}, until ${utcMinute(expiresAtMs)} UTC`;
}

/** From which share of equity who is called. */
function levelWords(levels: readonly MarginCallLevel[]): string {
  const words = levels.map(
    ({ ratioPpm, roles, prepare }) =>
      `${formatPercent(ratioPpm)} ${roles.map(roleName).join(', ')}${prepare === 'nothing' ? '' : `, ${prepare} laid ready`}`,
  );
  return words.join('; ') || 'those above it';
}

/** Every limit that is set, by its name and in its unit. */
export function limitEntries(limits: NodeLimits): Map<string, string> {
  const entries = new Map<string, string>();
  const put = (name: string, value: number | undefined, text: (value: number) => string) => {
    if (value !== undefined) entries.set(name, text(value));
  };
  const putSums = (of: string, { grossUsd, netUsd }: { grossUsd?: number; netUsd?: number }) => {
    put(`gross${of}, USD`, grossUsd, formatUsd);
    put(`net${of}, USD`, netUsd, formatUsd);
  };
  putSums('', limits);
  for (const each of limits.classes ?? []) putSums(` of ${each.class}`, each);
  for (const each of limits.assets ?? []) putSums(` of ${each.underlying}`, each);
  put('one order, USD', limits.orderUsd, formatUsd);
  put('orders a minute', limits.ordersPerMinute, formatCount);
  put('loss of a day, USD', limits.dayLossUsd, formatUsd);
  put('leverage', limits.leveragePpm, formatTimes);
  put('one asset of gross', limits.concentrationPpm, formatPercent);
  put('counted over, USD', limits.concentrationFloorUsd || undefined, formatUsd);
  if (limits.underlyings !== undefined) entries.set('only', limits.underlyings.join(', '));
  if (limits.kinds !== undefined) entries.set('only kinds', limits.kinds.join(', '));
  return entries;
}
