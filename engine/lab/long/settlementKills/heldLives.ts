import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundle } from '../../bundle.ts';
import { type DeskProcess, startDeskProcess } from '../../deskProcess.ts';
import type { FlowMark, GoOn, Reached, StepName } from './steps.ts';

const HELD_DESK = 'engine/lab/long/settlementKills/heldDesk.ts';
/** Ends what hangs, on a machine that has other things to do. */
export const PATIENCE_MS = 120_000;

/** @returns the file to run */
export async function bundleHeldDesk(name: string): Promise<string> {
  return path.join(await bundle(name, [HELD_DESK]), 'heldDesk.mjs');
}

/** One folder's desk, life after life, and the step it stands still after. */
export class HeldLives {
  readonly #main: string;
  readonly #dataDir: string;
  #desk: DeskProcess | undefined;
  #reached: Reached | undefined;
  #address = '';
  #output = '';
  /** From the start of a process to its address, at worst. */
  startMsMax = 0;
  lives = 0;

  constructor(main: string, dataDir: string) {
    this.#main = main;
    this.#dataDir = dataDir;
  }

  /** Of the life that runs, or of the last one. */
  get address(): string {
    return this.#address;
  }

  /** Everything all lives said. */
  output(): string {
    return this.#output + (this.#desk?.output() ?? '');
  }

  /** As its user starts it. @param next what it stands still after; undefined for a life without an end in sight */
  async start(next?: FlowMark): Promise<void> {
    this.#reached = undefined;
    this.#desk = await startDeskProcess({
      main: this.#main,
      dataDir: this.#dataDir,
      args: ['--pace', 'paused'],
      env: {
        BALLAST_RECORDS: 'off',
        BALLAST_SIGNERS: 'processes',
        ...(next !== undefined && { BALLAST_HOLD: JSON.stringify(next) }),
      },
      said: (message) => {
        this.#reached = message as Reached;
      },
    });
    this.#address = this.#desk.address;
    this.startMsMax = Math.max(this.startMsMax, this.#desk.startMs);
    this.lives += 1;
  }

  async stop(): Promise<void> {
    await this.#desk?.stop();
  }

  async end(): Promise<void> {
    await this.#desk?.kill();
  }

  /** Lets it go on until the next step. */
  hold(next: FlowMark | undefined): void {
    this.#goOn({ gone: undefined, next });
  }

  /** Returns when it stands still after the step. @param given up when this throws */
  async reached(step: StepName, hopeless: () => void): Promise<Reached> {
    const lateMs = performance.now() + PATIENCE_MS;
    while (this.#reached?.reached !== step) {
      hopeless();
      if (performance.now() > lateMs) throw new Error(`It did not come to ${step}.`);
      await delay(5);
    }
    return this.#reached;
  }

  /** Ends the desk and starts the next life, as its user would. */
  async killDesk(next: FlowMark | undefined): Promise<void> {
    await this.#desk!.kill();
    this.#output += this.#desk!.output();
    this.#desk = undefined;
    await this.start(next);
  }

  /** Ends another process of the desk's, which is the desk's own business then. */
  killProcess(pid: number, next: FlowMark | undefined): void {
    process.kill(pid, 'SIGKILL');
    this.#goOn({ gone: pid, next });
  }

  #goOn(message: GoOn): void {
    this.#reached = undefined;
    this.#desk!.tell(message);
  }
}
