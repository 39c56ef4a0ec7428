import type { Names } from '../api/native/names.ts';
import { AgentScheme, Role } from '../protocol/enums.ts';
import type { AgentView, MemberView } from '../protocol/views/directory.ts';
import type { KeysView } from '../protocol/views/keys.ts';
import type { KeyUses } from './keyUses.ts';
import type { Session } from './sessions/session.ts';

export interface TradingKeysPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  /** Of the engine. */
  timeMs(): number;
  readonly uses: KeyUses;
  /** Micro-USD each of these agents opened in this hour; null where that is not counted. */
  openedThisHour(agents: readonly number[]): Promise<(number | null)[]>;
}

/** Who looks at all keys of their firm. Portfolio managers see those of their desks, everybody else their own. */
const OVERSEERS: readonly number[] = [Role.risk, Role.opsMaker, Role.opsApprover, Role.auditor, Role.admin];

/**
 * The trading keys that neither ran out nor were revoked, newest first, with what they did in this hour.
 *
 * @param isOfFirm whether others' are wanted besides one's own, as far as they may be seen
 */
export async function tradingKeysOf(
  ports: TradingKeysPorts,
  { address }: Session,
  isOfFirm: boolean,
): Promise<KeysView> {
  const names = ports.names();
  const own = names?.membersByAddress.get(address) ?? [];
  if (names === undefined || own.length === 0) return { keys: [] };
  const { agents, accounts, markets, members } = names.view;
  const timeMs = ports.timeMs();
  const isOwn = (agent: AgentView) => own.some(({ member }) => member === agent.member);
  const isSeen = (agent: AgentView) =>
    isOwn(agent) || (isOfFirm && own.some((person) => oversees(person, members[agent.member]!, agent)));
  const seen = agents.filter((agent) => isCounting(agent, timeMs) && isSeen(agent)).reverse();
  const opened = await ports.openedThisHour(seen.map(({ agent }) => agent));
  const keys = seen.map((agent, place) => ({
    publicKey: agent.publicKey,
    owner: members[agent.member]!.label,
    isOwn: isOwn(agent),
    accounts: agent.accounts.map((account) => accounts[account]?.label ?? ''),
    markets: agent.markets.map((instrument) => markets[instrument]?.name ?? ''),
    notionalPerHourUsd: agent.notionalPerHourUsd,
    addresses: agent.addresses,
    expiresAtMs: agent.expiresAtMs,
    use: { openedUsd: opened[place] ?? null, ...ports.uses.of(agent.publicKey, timeMs) },
  }));
  return { keys };
}

function isCounting({ scheme, isRevoked, expiresAtMs }: AgentView, timeMs: number): boolean {
  return scheme !== AgentScheme.wallet && !isRevoked && expiresAtMs > timeMs;
}

/** Whether somebody may see a key of a colleague. */
function oversees(person: MemberView, owner: MemberView, agent: AgentView): boolean {
  if (person.firm !== owner.firm) return false;
  if (person.role !== Role.portfolioManager) return OVERSEERS.includes(person.role);
  const reached = agent.accounts.length > 0 ? agent.accounts : owner.accounts;
  return reached.some((account) => person.accounts.includes(account));
}
