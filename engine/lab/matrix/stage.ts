import type { Action, ApproveKey, ChangeKey } from '../../protocol/commands/actions.ts';
import type { AgentScope } from '../../protocol/commands/agentScope.ts';
import type { AskingTerms } from '../../protocol/commands/firm.ts';
import type { ApproveAgent, Command, PlaceOrder } from '../../protocol/commands/types.ts';
import { AgentScheme, Role } from '../../protocol/enums.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { addressOf, type PersonRole } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { ALTS, BASIS, BTC, ORDER } from '../fixtures/desk.ts';
import { FIRM } from '../fixtures/firmDesk.ts';
import { adoptVault } from '../fixtures/vault.ts';

export const MACRO = 1;
const ROOT = 0;
const LIMIT_USD = 2e12;
/** More than any withdrawal of the matrix. */
export const PAYOUT_DAY = 1e13;

/** Where prices of the BTC perpetual stand, in ticks: far enough from the mark to rest, near enough to be taken. */
export interface Prices {
  buyTicks: number;
  sellTicks: number;
}

/** What a wallet signs besides an action, by the policy of now. */
export function termsOf(view: DirectoryView, nowMs = Date.now()): AskingTerms {
  return { policyHash: view.firms[FIRM]!.policyHash, seqMin: 1, deadlineMs: nowMs + HOUR_MS };
}

/** The sandbox's firm with a place for every action, and names for what is in it. */
export class Stage {
  readonly nowMs: () => number;
  readonly prices: Prices;
  readonly #view: () => DirectoryView;
  #serial = 0;
  #made: string[] = [];
  /** The key and the wallet that were made last, and the order that was placed last. */
  key = '';
  wallet = '';
  orderId = 0;

  constructor(view: () => DirectoryView, nowMs: () => number, prices: Prices) {
    this.#view = view;
    this.nowMs = nowMs;
    this.prices = prices;
  }

  node(label: string): number {
    return this.#view().nodes.find((node) => node.label === label && node.firm === FIRM)!.node;
  }

  nodeOf(account: number): number {
    return this.#view().nodes.find((node) => node.account === account)!.node;
  }

  /** Account of another owner. */
  get theirs(): number {
    return this.#view().accounts.find(({ label }) => label === 'Counterparty')!.account;
  }

  get pot(): number {
    return this.#view().accounts.find(({ label }) => label === 'Pot')!.account;
  }

  memberOf(person: PersonRole): number {
    return this.#view().members.find(({ address }) => address === addressOf(person))!.member;
  }

  /** A coin without a pot so far. */
  newCoin(): string {
    const coins = this.#view().underlyings.map(({ name }) => name);
    return coins[this.#next() % coins.length]!;
  }

  newWallet(): string {
    // Padded with what no number begins with: two would be alike.
    this.wallet = `0xd${this.#next().toString(16).padStart(39, '0')}`;
    return this.wallet;
  }

  newKeyOf(person: PersonRole): ApproveAgent {
    this.key = `c${this.#next().toString(16).padStart(63, '0')}`;
    this.#made.push(this.key);
    return {
      kind: 'ApproveAgent',
      member: addressOf(person),
      scheme: AgentScheme.ed25519,
      publicKey: this.key,
      accounts: [],
      expiresAtMs: this.nowMs() + HOUR_MS,
      nonce: this.nowMs(),
    };
  }

  /** Ends the keys made since the last call: nobody has room for all of them at once. */
  endKeys(): Command[] {
    const { agents } = this.#view();
    const isThere = (key: string) =>
      agents.some(({ publicKey, isRevoked }) => publicKey === key && !isRevoked);
    return this.#made
      .splice(0)
      .filter(isThere)
      .map((publicKey) => ({ kind: 'RevokeAgent', publicKey }));
  }

  /** A key that outlives a day, as its owner's wallet asks the firm for it. */
  longKeyOf(person: PersonRole, terms: Partial<AgentScope>): ApproveKey {
    const { publicKey } = this.newKeyOf(person);
    return {
      kind: 'ApproveKey',
      member: this.memberOf(person),
      scheme: 'ed25519',
      publicKey,
      accounts: [],
      expiresAtMs: this.nowMs() + 30 * DAY_MS,
      markets: [],
      notionalPerHourUsd: 0,
      addresses: [],
      ...terms,
    };
  }

  /** Other terms for the key that was made last; what is not named stays as `newKeyOf` has it. */
  changeOfKey(terms: Partial<ChangeKey>): ChangeKey {
    const ends = this.#view().agents.find(({ publicKey }) => publicKey === this.key)?.expiresAtMs;
    return {
      kind: 'ChangeKey',
      publicKey: this.key,
      markets: [],
      notionalPerHourUsd: 0,
      addresses: [],
      expiresAtMs: ends ?? this.nowMs() + HOUR_MS,
      ...terms,
    };
  }

  newWalletOf(person: PersonRole): Command {
    return byDesk({ kind: 'LinkWallet', member: this.memberOf(person), address: this.newWallet() });
  }

  /** A buy order that rests. */
  restingOrder(): PlaceOrder {
    return { ...ORDER, account: BASIS, instrument: BTC, priceTicks: this.prices.buyTicks };
  }

  #next(): number {
    this.#serial += 1;
    return this.#serial;
  }
}

/** What the desk itself asks for: done at once. */
export function byDesk(action: Action): Command {
  return { kind: 'Propose', firm: FIRM, action };
}

/** The places that `stageTerms` gives something to do with. */
export function stagePlaces(): Command[] {
  const labels = ['Empty', 'Frozen', 'Limited', 'Windowed', 'Called'];
  return [
    ...labels.map((label) => byDesk({ kind: 'OpenNode', parent: ROOT, label, isAccount: false })),
    adoptVault(sandboxGenesis().filter(({ kind }) => kind === 'CreditDeposit').length),
    { kind: 'OpenPot', account: BASIS, underlying: 'ETH', label: 'Pot' },
  ];
}

export function stageTerms(stage: Stage): Command[] {
  return [
    byDesk({ kind: 'SetNodeState', node: stage.node('Frozen'), state: 'frozen' }),
    limitOf(stage, LIMIT_USD),
    windowOf(stage, 60),
    byDesk({ kind: 'SetWithdrawalLimits', dayUsd: PAYOUT_DAY, destinationDayUsd: PAYOUT_DAY }),
    // What a key without a notional may trade past.
    byDesk({
      kind: 'SetLimits',
      node: stage.nodeOf(ALTS),
      limits: { soft: { grossUsd: LIMIT_USD }, hard: {} },
    }),
    byDesk({
      kind: 'SetMarginCalls',
      node: stage.node('Called'),
      levels: [{ ratioPpm: 700_000, roles: [Role.trader], prepare: 'nothing' }],
    }),
  ];
}

export function limitOf(stage: Stage, grossUsd = LIMIT_USD): Command {
  return byDesk(limitAction(stage, grossUsd));
}

export function limitAction(stage: Stage, grossUsd: number): Action {
  return { kind: 'SetLimits', node: stage.node('Limited'), limits: { soft: {}, hard: { grossUsd } } };
}

export function windowOf(stage: Stage, everyMinutes: number): Command {
  return byDesk({ kind: 'SetNettingWindow', node: stage.node('Windowed'), everyMinutes, startMinuteUtc: 0 });
}
