import type { ChangePart } from '../../protocol/commands/actions.ts';
import { OK } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import { USDC } from '../ledger/systemAccounts.ts';

/** An account that does not cover what the set has made of it. */
export interface Short {
  account: number;
  /** After which it was short to the end, from 1. */
  part: number;
  code: number;
}

/** How a single move would judge an account: as after a withdrawal, or as it stands after a port. */
type Judging = 'left' | 'standing';

/**
 * Margin of the accounts of a change set. What they are short of between the parts is followed for its cause alone;
 * what counts is how they stand after the last.
 */
export class SetMargin {
  readonly #engine: Engine;
  /** In the order in which parts first asked something of them. */
  readonly #judged = new Map<number, Judging>();
  /** Accounts that are short now, by the part since which they are. */
  readonly #shortSince = new Map<number, number>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Takes note of a part that was just done. Who only receives collateral is asked for no margin, here as alone. */
  follow(part: number, move: ChangePart): void {
    // A place of the tree takes its accounts with it as they are.
    if (move.kind === 'MoveNode') return;
    const { kind, from, to } = move;
    if (kind === 'PortPosition') for (const account of [from, to]) this.#judged.set(account, 'standing');
    else if (!this.#judged.has(from)) this.#judged.set(from, 'left');
    for (const account of [from, to]) {
      if (this.#codeOf(account) === OK) this.#shortSince.delete(account);
      else if (!this.#shortSince.has(account)) this.#shortSince.set(account, part);
    }
  }

  /** The account short since the earliest part; undefined when all cover what they must. */
  judge(): Short | undefined {
    const short = [...this.#judged.keys()]
      .map((account) => ({
        account,
        part: this.#shortSince.get(account) ?? 1,
        code: this.#codeOf(account),
      }))
      .filter(({ code }) => code !== OK);
    return short.sort((a, b) => a.part - b.part)[0];
  }

  #codeOf(account: number): number {
    const judging = this.#judged.get(account);
    if (judging === undefined) return OK;
    const { risk } = this.#engine;
    return judging === 'standing' ? risk.judgeStanding(account) : risk.judgeWithdrawal(account, USDC, 0);
  }
}
