import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeDisk } from '../../../journal/nodeDisk.ts';
import { assert } from '../../../units/assert.ts';
import { verifyJournal } from '../../verifyJournal.ts';
import { type Books, booksOf, requireChange, requireEqual } from './books.ts';
import { Deposit, type Flow, Withdrawal } from './flows.ts';
import { bundleHeldDesk, HeldLives, PATIENCE_MS } from './heldLives.ts';
import { Away, People } from './people.ts';
import { killGuardian, killSigners } from './signerVictims.ts';
import {
  depositSteps,
  type FlowMark,
  namesOf,
  openingSteps,
  type StepName,
  withdrawalSteps,
} from './steps.ts';
import { type SettlementKillReport, Tally } from './tally.ts';
import type { Victim, VictimAt } from './victims.ts';

export interface SettlementKillOptions {
  /** Of each, a fresh desk; who is killed after which step of the vault's opening. Rounds go on with the last one's. */
  readonly openings: readonly VictimAt[];
  /** Of each, a deposit and a withdrawal; who is killed after which step of the two, if anybody. */
  readonly rounds: readonly VictimAt[];
  say(sentence: string): void;
}

const DEPOSIT_UNITS = 100_000_000;
const WITHDRAWAL_UNITS = 50_000_000;

/**
 * Goal: a vault is opened once and whole, and money that comes in or goes out arrives once, whatever is killed on the way.
 * How: a real desk with its chain, on one folder; it stands still after a step, there a process is killed, what a user would
 * start again is started again, and so on until the last step. Whoever deposits or withdraws sends the same signed bytes
 * until somebody has them. Then account, wallet, vault and root are compared to the unit. A failure would mean money that is
 * lost, or there twice.
 */
export async function settlementKills({
  openings,
  rounds,
  say,
}: SettlementKillOptions): Promise<SettlementKillReport> {
  const main = await bundleHeldDesk(`settlementKills-${process.pid}`);
  const tally = new Tally();
  try {
    for (const victimAt of openings.slice(0, -1)) await onFreshDesk(main, tally, victimAt, [], say);
    const { sequence, stateHash } = await onFreshDesk(main, tally, openings.at(-1)!, rounds, say);
    return { ...tally.report(), sequence, stateHash };
  } finally {
    rmSync(path.dirname(main), { recursive: true, force: true, maxRetries: 9 });
  }
}

/** One folder: its vault is opened, money goes in and out, and its journal says the same to the end. */
async function onFreshDesk(
  main: string,
  tally: Tally,
  openingVictimAt: VictimAt,
  rounds: readonly VictimAt[],
  say: (sentence: string) => void,
) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-settlement-kills-'));
  const lives = new HeldLives(main, dataDir);
  try {
    const trial = new Trial(lives, dataDir, tally, say);
    await trial.open(openingVictimAt);
    for (const victimAt of rounds) await trial.round(victimAt);
    await lives.stop();
    tally.lived(lives);
    return await verifyJournal(nodeDisk, dataDir);
  } catch (error) {
    say(lives.output().split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    await lives.end();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
  }
}

class Trial {
  readonly #lives: HeldLives;
  readonly #dataDir: string;
  readonly #people: People;
  readonly #say: (sentence: string) => void;
  readonly #tally: Tally;
  #round = 0;

  constructor(lives: HeldLives, dataDir: string, tally: Tally, say: (sentence: string) => void) {
    this.#tally = tally;
    this.#lives = lives;
    this.#dataDir = dataDir;
    this.#people = new People(lives);
    this.#say = say;
  }

  /** A fresh desk, with somebody killed after each step, until its vault holds what was credited and a root says so. */
  async open(victimAt: VictimAt): Promise<void> {
    const marks = namesOf(openingSteps).map(
      (step): FlowMark => ({ step, amount: 0, depositId: 0, nonce: 0 }),
    );
    await this.#lives.start(marks[0]);
    for (const [index, { step }] of marks.entries())
      await this.#pass(step, victimAt(index), marks[index + 1], () => undefined);
    await this.#until(async () => {
      const { status, roots } = await this.#people.view();
      return status === 'open' && roots.some(({ state }) => state === 'final');
    });
    await this.#settled();
    this.#tally.opened();
  }

  async round(victimAt: VictimAt): Promise<void> {
    this.#round += 1;
    const units = DEPOSIT_UNITS + this.#round;
    const depositId = await this.#cursor();
    const start = await booksOf(this.#people);
    const deposit = new Deposit(this.#people, units);
    await this.#run(deposit, namesOf(depositSteps), { amount: units, depositId, nonce: 0 }, victimAt);
    const between = await this.#settled();
    const came = BigInt(units);
    requireChange('a deposit', start, between, {
      ...{ account: came, vault: came, credited: came, depositCount: 1n },
    });
    const stepsBefore = namesOf(depositSteps).length;
    await this.#withdraw(between, WITHDRAWAL_UNITS + this.#round, (index) => victimAt(stepsBefore + index));
  }

  async #withdraw(before: Books, units: number, victimAt: VictimAt): Promise<void> {
    const mark = { amount: units, depositId: 0, nonce: this.#round };
    await this.#run(new Withdrawal(this.#people, units), namesOf(withdrawalSteps), mark, victimAt);
    const after = await this.#settled();
    const went = BigInt(units);
    requireChange('a withdrawal', before, after, {
      ...{ account: -went, vault: -went, wallet: went, paidOut: went, paid: went, withdrawalCount: 1n },
    });
    const { withdrawals } = await this.#people.view();
    assert(
      withdrawals[0]?.nonce === this.#round,
      `withdrawal ${withdrawals[0]?.nonce} is number ${this.#round}`,
    );
    this.#tally.wentRound();
  }

  /** One flow, with somebody killed after each step. */
  async #run(
    flow: Flow,
    steps: readonly StepName[],
    mark: Omit<FlowMark, 'step'>,
    victimAt: VictimAt,
  ): Promise<void> {
    const markOf = (step: StepName | undefined) => (step === undefined ? undefined : { step, ...mark });
    let ended: Error | undefined;
    let isDone = false;
    this.#lives.hold(markOf(steps[0]));
    const finished = this.#until(() => flow.pass(), Number.POSITIVE_INFINITY).then(
      () => {
        isDone = true;
      },
      (error: Error) => {
        ended = error;
      },
    );
    for (const [index, step] of steps.entries()) {
      await this.#pass(step, victimAt(index), markOf(steps[index + 1]), () => {
        if (ended !== undefined) throw ended;
        if (isDone) throw new Error(`All was done before ${step}.`);
      });
    }
    await Promise.race([finished, delay(PATIENCE_MS)]);
    if (!isDone) ended ??= new Error('All steps were done, and it did not end.');
    if (ended !== undefined) throw ended;
  }

  /** Waits for a step, ends whom it is to be, and lets the desk go on to the next. */
  async #pass(
    step: StepName,
    victim: Victim | undefined,
    next: FlowMark | undefined,
    hopeless: () => void,
  ): Promise<void> {
    const { pids } = await this.#lives.reached(step, hopeless);
    if (victim === undefined) this.#lives.hold(next);
    else await this.#kill(victim, step, pids, next);
  }

  async #kill(
    victim: Victim,
    step: StepName,
    pids: Readonly<Record<string, number>>,
    next: FlowMark | undefined,
  ): Promise<void> {
    const killedMs = performance.now();
    switch (victim) {
      case 'desk':
        await this.#lives.killDesk(next);
        break;
      case 'anvil':
        assert(pids.anvil !== undefined, `a chain runs while the desk stands after ${step}`);
        this.#lives.killProcess(pids.anvil, next);
        break;
      case 'guardian':
        await killGuardian(this.#lives.address, this.#dataDir);
        this.#lives.hold(next);
        break;
      case 'signer':
      case 'signers': {
        const { killCount } = this.#tally;
        await killSigners(this.#lives.address, this.#dataDir, killCount, victim === 'signer' ? 1 : 2);
        this.#lives.hold(next);
      }
    }
    this.#tally.killed(step, victim);
    this.#say(`${step}: ${victim} killed, ${Math.round(performance.now() - killedMs)} ms`);
  }

  /** Until nothing is on its way: everything said is of a final root that counts every deposit. */
  async #settled(): Promise<Books> {
    await this.#until(async () => {
      const { status } = await this.#people.view();
      const proof = await this.#people.proof(9);
      return status === 'open' && proof?.root.depositCursor === (await this.#cursor());
    });
    await requireEqual(this.#people);
    return await booksOf(this.#people);
  }

  async #cursor(): Promise<number> {
    const answer = await (await fetch(`${this.#lives.address}/api/v1/health`)).json();
    return (answer as { settlement: { depositCursor: number } }).settlement.depositCursor;
  }

  /** Tries again while desk or chain are away. */
  async #until(isSo: () => Promise<boolean>, waitMsMax = PATIENCE_MS): Promise<void> {
    const lateMs = performance.now() + waitMsMax;
    let words = 'it is not so';
    for (;;) {
      try {
        if (await isSo()) return;
        words = 'it is not so';
      } catch (error) {
        // A connection that is cut is a TypeError, half an answer a SyntaxError.
        const isAway = error instanceof Away || error instanceof TypeError || error instanceof SyntaxError;
        words = (error as Error).message;
        if (!isAway && !/^\d{3}: (?:undefined|engine\.)/.test(words)) throw error;
      }
      if (performance.now() > lateMs) throw new Error(`It did not come to it: ${words}`);
      await delay(50);
    }
  }
}
