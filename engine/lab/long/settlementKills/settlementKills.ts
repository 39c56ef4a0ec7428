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
import { killSigners } from './signerVictims.ts';
import { depositSteps, type FlowMark, namesOf, type StepName, withdrawalSteps } from './steps.ts';

/**
 * Who can be killed: the desk, which its user starts again, or what the desk starts again itself: its chain, one of three
 * signers, or two of them, without whom nothing is signed.
 */
export const victims = ['desk', 'anvil', 'signer', 'signers'] as const;
export type Victim = (typeof victims)[number];

type VictimAt = (index: number) => Victim | undefined;

export interface SettlementKillOptions {
  /** Of each, a deposit and a withdrawal; who is killed after which step of the two, if anybody. */
  readonly rounds: readonly VictimAt[];
  say(sentence: string): void;
}

export interface SettlementKillReport {
  /** Kills, by step and victim. */
  readonly killed: Readonly<Record<StepName, Readonly<Partial<Record<Victim, number>>>>>;
  readonly killCount: number;
  readonly depositCount: number;
  readonly withdrawalCount: number;
  readonly lives: number;
  readonly restartMsMax: number;
  readonly sequence: number;
  readonly stateHash: string;
}

/** Round by round each victim once after each step. */
export const fullRounds = (count: number): SettlementKillOptions['rounds'] =>
  Array.from({ length: count * victims.length }, (_, round) => () => victims[round % victims.length]!);

const DEPOSIT_UNITS = 100_000_000;
const WITHDRAWAL_UNITS = 50_000_000;

/**
 * Goal: money that comes in or goes out arrives once, whatever is killed on the way. How: a real desk with its chain, on one
 * folder; it stands still after a step, there a process is killed, what a user would start again is started again, and so on
 * until the last step. Whoever deposits or withdraws sends the same signed bytes until somebody has them. Then account,
 * wallet, vault and root are compared to the unit. A failure would mean money that is lost, or there twice.
 */
export async function settlementKills({ rounds, say }: SettlementKillOptions): Promise<SettlementKillReport> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-settlement-kills-'));
  const main = await bundleHeldDesk(`settlementKills-${process.pid}`);
  const lives = new HeldLives(main, dataDir);
  try {
    const trial = new Trial(lives, dataDir, say);
    await trial.open();
    for (const victimAt of rounds) await trial.round(victimAt);
    await lives.stop();
    const found = await verifyJournal(nodeDisk, dataDir);
    return { ...trial.report(), sequence: found.sequence, stateHash: found.stateHash };
  } catch (error) {
    say(lives.output().split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    await lives.end();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
    rmSync(path.dirname(main), { recursive: true, force: true, maxRetries: 9 });
  }
}

class Trial {
  readonly #lives: HeldLives;
  readonly #dataDir: string;
  readonly #people: People;
  readonly #say: (sentence: string) => void;
  readonly #killed = {} as Record<StepName, Partial<Record<Victim, number>>>;
  #killCount = 0;
  #round = 0;

  constructor(lives: HeldLives, dataDir: string, say: (sentence: string) => void) {
    this.#lives = lives;
    this.#dataDir = dataDir;
    this.#people = new People(lives);
    this.#say = say;
  }

  report() {
    return {
      killed: this.#killed,
      killCount: this.#killCount,
      depositCount: this.#round,
      withdrawalCount: this.#round,
      lives: this.#lives.lives,
      restartMsMax: Math.round(this.#lives.startMsMax),
    };
  }

  /** A fresh desk, once its vault holds what was credited and a root says so. */
  async open(): Promise<void> {
    await this.#lives.start();
    await this.#until(async () => {
      const { status, roots } = await this.#people.view();
      return status === 'open' && roots.some(({ state }) => state === 'final');
    });
    await this.#settled();
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
      const { pids } = await this.#lives.reached(step, () => {
        if (ended !== undefined) throw ended;
        if (isDone) throw new Error(`All was done before ${step}.`);
      });
      const victim = victimAt(index);
      const next = markOf(steps[index + 1]);
      if (victim === undefined) this.#lives.hold(next);
      else await this.#kill(victim, step, pids, next);
    }
    await Promise.race([finished, delay(PATIENCE_MS)]);
    if (!isDone) ended ??= new Error('All steps were done, and it did not end.');
    if (ended !== undefined) throw ended;
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
      case 'signer':
      case 'signers':
        await killSigners(this.#lives.address, this.#dataDir, this.#killCount, victim === 'signer' ? 1 : 2);
        this.#lives.hold(next);
    }
    const counts = this.#killed[step] ?? {};
    this.#killed[step] = { ...counts, [victim]: (counts[victim] ?? 0) + 1 };
    this.#killCount += 1;
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
