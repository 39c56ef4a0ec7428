import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import { AgentScheme, Role } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { State } from '../state.ts';

/**
 * Who may order for which account: sets made from the directory and made again when it changes.
 * Derived, therefore not state.
 */
export class Access {
  private readonly state: State;
  private version = -1;
  private accountsOfAgent: Set<number>[] = [];
  private canTrade: boolean[] = [];
  private canSetCaps: boolean[] = [];

  constructor(state: State) {
    this.state = state;
  }

  /** Accounts a member may see: those listed and their pots, else all of the firm. */
  accountsOfMember(member: number): number[] {
    const { members, accounts } = this.state.directory;
    const { firm, accounts: listed } = members[member]!;
    return accounts.flatMap((account, number) =>
      account.firm === firm && (listed.length === 0 || this.isListed(listed, number)) ? [number] : [],
    );
  }

  /** A pot is a part of its account: whoever may act on the one may act on the other. */
  private isListed(listed: readonly number[], account: number): boolean {
    return listed.includes(account) || listed.includes(this.state.accounts.columns.potOf[account]!);
  }

  private refresh(): void {
    const { directory } = this.state;
    if (this.version === directory.version) return;
    this.version = directory.version;
    this.accountsOfAgent = directory.agents.map((agent) => {
      const allowed = this.accountsOfMember(agent.member);
      return new Set(
        agent.accounts.length > 0 ? allowed.filter((a) => this.isListed(agent.accounts, a)) : allowed,
      );
    });
    this.canTrade = directory.agents.map((agent) => {
      const role = directory.members[agent.member]!.role;
      return role === Role.trader || role === Role.portfolioManager;
    });
    this.canSetCaps = directory.agents.map(
      (agent) => directory.members[agent.member]!.role === Role.portfolioManager,
    );
  }

  /**
   * Whether an actor may give orders at all.
   *
   * @returns OK or the refusal, in the order: unknown, revoked, expired, role
   */
  judgeActor(actor: number, timeMs: number): number {
    if (actor === SYSTEM_ACTOR) return OK;
    this.refresh();
    const row = actor - 1;
    if (row < 0 || row >= this.accountsOfAgent.length) return refusal['actor.unknown'];
    const { isRevoked, expiresAtMs } = this.state.agents.columns;
    if (isRevoked[row] !== 0) return refusal['actor.revoked'];
    if (expiresAtMs[row]! <= timeMs) return refusal['actor.expired'];
    return this.canTrade[row] ? OK : refusal['actor.notPermitted'];
  }

  /** Whether an actor that passed `judgeActor` may touch an account. */
  covers(actor: number, account: number): boolean {
    if (actor === SYSTEM_ACTOR) return true;
    this.refresh();
    return this.accountsOfAgent[actor - 1]!.has(account);
  }

  /** Whether an actor that passed `judgeActor` may cap accounts: a cap its trader can lift is none. */
  maySetCaps(actor: number): boolean {
    if (actor === SYSTEM_ACTOR) return true;
    this.refresh();
    return this.canSetCaps[actor - 1]!;
  }

  /** Agents inside this process send no nonce: their pipe neither loses nor repeats. */
  needsNonce(actor: number): boolean {
    return actor !== SYSTEM_ACTOR && this.state.agents.columns.scheme[actor - 1] !== AgentScheme.local;
  }
}
