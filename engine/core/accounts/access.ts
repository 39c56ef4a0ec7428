import { SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import { AgentScheme, Role } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { reachesAccount } from '../firms/reach.ts';
import type { State } from '../state.ts';

/** Whether a person of a role may have keys that order; what risk's may do is less, see `mayOnlyReduce`. */
export function isOrdering(role: Role): boolean {
  return role === Role.trader || role === Role.portfolioManager || role === Role.risk;
}

/**
 * Who may order for which account: sets made from the directory and made again when it changes.
 * Derived, therefore not state.
 */
export class Access {
  readonly #state: State;
  #version = -1;
  #accountsOfAgent: Set<number>[] = [];
  #canOrder: boolean[] = [];
  #onlyReduces: boolean[] = [];
  #canSetCaps: boolean[] = [];

  constructor(state: State) {
    this.#state = state;
  }

  /** Accounts a member may see: those it reaches, and their pots. */
  accountsOfMember(member: number): number[] {
    const { members, accounts } = this.#state.directory;
    const facts = members[member]!;
    return accounts.flatMap((_, account) => (reachesAccount(this.#state, facts, account) ? [account] : []));
  }

  /** A pot is a part of its account: whoever may act on the one may act on the other. */
  #isListed(listed: readonly number[], account: number): boolean {
    return listed.includes(account) || listed.includes(this.#state.accounts.columns.potOf[account]!);
  }

  /** A change of the directory was taken back: the same version may come to mean something else. */
  forget(): void {
    this.#version = -1;
  }

  #refresh(): void {
    const { directory } = this.#state;
    if (this.#version === directory.version) return;
    this.#version = directory.version;
    const { isRevoked } = this.#state.agents.columns;
    const allowedOf = directory.members.map((_, member) => this.accountsOfMember(member));
    this.#accountsOfAgent = directory.agents.map((agent, row) => {
      if (isRevoked[row] !== 0) return new Set();
      const allowed = allowedOf[agent.member]!;
      return new Set(
        agent.accounts.length > 0 ? allowed.filter((a) => this.#isListed(agent.accounts, a)) : allowed,
      );
    });
    this.#canOrder = directory.agents.map(
      (agent) => isOrdering(directory.members[agent.member]!.role) && agent.scheme !== AgentScheme.wallet,
    );
    this.#onlyReduces = directory.agents.map((agent) => directory.members[agent.member]!.role === Role.risk);
    this.#canSetCaps = directory.agents.map(
      (agent) => directory.members[agent.member]!.role === Role.portfolioManager,
    );
  }

  /**
   * Whether an actor may give commands of a kind at all: orders are a session key's, what concerns the firm a wallet's.
   *
   * @returns OK or the refusal, in the order: unknown, revoked, expired, role
   */
  judgeActor(actor: number, timeMs: number, isFirmCommand: boolean): number {
    if (actor === SYSTEM_ACTOR) return OK;
    this.#refresh();
    const row = actor - 1;
    if (row < 0 || row >= this.#accountsOfAgent.length) return refusal['actor.unknown'];
    const { isRevoked, expiresAtMs } = this.#state.agents.columns;
    if (isRevoked[row] !== 0) return refusal['actor.revoked'];
    if (expiresAtMs[row]! <= timeMs) return refusal['actor.expired'];
    const isOfKind = isFirmCommand ? this.#isWallet(row) : this.#canOrder[row]!;
    return isOfKind ? OK : refusal['actor.notPermitted'];
  }

  #isWallet(row: number): boolean {
    return this.#state.agents.columns.scheme[row] === AgentScheme.wallet;
  }

  /** Whether an actor that passed `judgeActor` may touch an account. */
  covers(actor: number, account: number): boolean {
    if (actor === SYSTEM_ACTOR) return true;
    this.#refresh();
    return this.#accountsOfAgent[actor - 1]!.has(account);
  }

  /** Whether an actor that passed `judgeActor` may cap accounts: a cap its trader can lift is none. */
  maySetCaps(actor: number): boolean {
    if (actor === SYSTEM_ACTOR) return true;
    this.#refresh();
    return this.#canSetCaps[actor - 1]!;
  }

  /** Whether an actor that passed `judgeActor` may close and cancel, and open nothing: risk's hand in a desk's book. */
  mayOnlyReduce(actor: number): boolean {
    if (actor === SYSTEM_ACTOR) return false;
    this.#refresh();
    return this.#onlyReduces[actor - 1]!;
  }

  /** Agents inside this process send no nonce: their pipe neither loses nor repeats. */
  needsNonce(actor: number): boolean {
    return actor !== SYSTEM_ACTOR && this.#state.agents.columns.scheme[actor - 1] !== AgentScheme.local;
  }
}
