import type { ActionKind } from '../../engine/protocol/commands/actionNumbers.ts';
import type { Approvals, Condition, Group, Rule } from '../../engine/protocol/commands/policy.ts';
import { nameOf, Role } from '../../engine/protocol/enums.ts';
import { roleWords } from '../../engine/protocol/roleWords.ts';
import type { LostActionView } from '../../engine/protocol/views/firm.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../engine/units/time.ts';
import { formatCount } from '../format.ts';

/** What a place of the tree is called. */
export type NodeName = (node: number) => string;

export function roleName(role: number): string {
  return roleWords(nameOf(Role, role));
}

/** An action as a heading: `SetNodeState` → `Set node state`. */
export function actionName(kind: ActionKind): string {
  const words = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What nobody could get agreed to, of what is worth something with the amounts it is about. */
export function lostWords({ action, overUsd, upToUsd }: LostActionView): string {
  const name = actionName(action);
  if (upToUsd === null) return overUsd === 0 ? name : `${name} over ${formatCount(overUsd)} USD`;
  const from = overUsd === 0 ? '' : `over ${formatCount(overUsd)} `;
  return `${name} ${from}up to ${formatCount(upToUsd)} USD`;
}

/** When a rule matches, as people read it; each part must hold. */
export function whenWords({ when }: Rule, nodeName: NodeName): string {
  return conditionParts(when, nodeName).join(' · ') || 'everything';
}

function conditionParts(when: Condition, nodeName: NodeName): string[] {
  const { roles, actions, nodes, direction, isOwn, reach, minutesUtc } = when;
  return [
    ...(roles === undefined ? [] : [listed(roles.map(roleName))]),
    ...(actions === undefined ? [] : [listed(actions.map(actionName)).toLowerCase()]),
    ...(direction === undefined ? [] : [direction === 'loosen' ? 'gives more room' : 'takes room away']),
    ...(nodes === undefined ? [] : [`at or below ${listed(nodes.map(nodeName))}`]),
    ...(reach === undefined ? [] : [reach === 'ownFirm' ? 'inside the firm' : 'to another owner']),
    ...amountParts(when),
    ...(isOwn === undefined ? [] : [isOwn ? 'one’s own' : 'somebody else’s']),
    ...(minutesUtc === undefined ? [] : [`${clockWords(minutesUtc.from)}–${clockWords(minutesUtc.to)} UTC`]),
  ];
}

const KEYS: readonly ActionKind[] = ['ApproveKey', 'ChangeKey'];

/** What it moves; of a key, how far past the tightest soft limit over its accounts it may trade in an hour. */
function amountParts({ actions, overUsd, upToUsd }: Condition): string[] {
  const isOfKeys = actions?.every((kind) => KEYS.includes(kind)) ?? false;
  const usd = (amount: number) => `${formatCount(amount)} USD${isOfKeys ? ' an hour past a soft limit' : ''}`;
  const over = (amount: number) => (isOfKeys && amount === 0 ? 'past a soft limit' : `over ${usd(amount)}`);
  const upTo = (amount: number) => (isOfKeys && amount === 0 ? 'within soft limits' : `up to ${usd(amount)}`);
  return [
    ...(overUsd === undefined ? [] : [over(overUsd)]),
    ...(upToUsd === undefined ? [] : [upTo(upToUsd)]),
  ];
}

/** What then holds. */
export function thenWords({ verdict }: Pick<Rule, 'verdict'>): string {
  if (verdict.is === 'allow') return 'done at once';
  return verdict.is === 'deny' ? 'refused' : needsWords(verdict);
}

export function needsWords({ groups, delayMs, expiryMs, vetoRoles }: Approvals): string {
  const people = groups.map(groupWords).join(' + ');
  return [
    people === '' ? 'nobody must agree' : people,
    ...(delayMs === 0 ? [] : [`waits ${spanWords(delayMs)}`]),
    `expires ${spanWords(expiryMs)}`,
    ...(vetoRoles.length === 0 ? [] : [`${listed(vetoRoles.map(roleName))} may veto`]),
  ].join(' · ');
}

/** `2 admin`, `1 portfolio manager of the receiver`. */
export function groupWords({ min, roles, side }: Group): string {
  return `${min} ${listed(roles.map(roleName))}${side === 'to' ? ' of the receiver' : ''}`;
}

/** `24 h`, `15 min`: whole units, the largest that fits. */
export function spanWords(ms: number): string {
  if (ms % DAY_MS === 0 && ms > DAY_MS) return `${ms / DAY_MS} d`;
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS} h` : `${Math.round(ms / MINUTE_MS)} min`;
}

/** `a`, `a or b`, `a, b or c`. */
function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `07:05` of a minute of the day. */
export function clockWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
