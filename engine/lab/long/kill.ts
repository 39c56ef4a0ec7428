import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mnemonicToAccount } from 'viem/accounts';
import { stateHash } from '../../core/snapshot.ts';
import { ReplayedEngine } from '../../host/writer/replayedEngine.ts';
import { nodeDisk } from '../../journal/nodeDisk.ts';
import { replayJournal } from '../../journal/replay.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import type { OrderView } from '../../protocol/views/account.ts';
import type { MarketsView } from '../../protocol/views/health.ts';
import { assert } from '../../units/assert.ts';
import { type AgentKey, DeskClient, type HttpAnswer } from '../deskClient.ts';
import { bareStartMs, bundleDesk, type DeskProcess, startDeskProcess } from '../deskProcess.ts';
import { type Random, randomFrom } from '../sim/random.ts';
import { verifyJournal } from '../verifyJournal.ts';
import { OrderLoad } from './orderLoad.ts';

/** What the cycles showed. */
export interface KillReport {
  readonly cycles: number;
  readonly acknowledgedCount: number;
  readonly lostCount: number;
  readonly restartMsMax: number;
  /** How long this machine took meanwhile to start a Node that does nothing, at worst. */
  readonly bareStartMsMax: number;
  readonly stopMs: number;
  readonly sequence: number;
  readonly stateHash: string;
}

export interface KillOptions {
  readonly cycles: number;
  readonly seed: number;
  say(sentence: string): void;
}

const trader = mnemonicToAccount('test test test test test test test test test test test junk', {
  addressIndex: 1,
});

/** The first order waits for the first mark of the market. */
const FIRST_ANSWER_MS_MAX = 20_000;

/**
 * Goal: what a desk has acknowledged survives `kill -9` at any moment. How: a real desk on a real disk takes
 * signed orders and cancels as fast as it answers, is killed at a random moment, and a replay of the folder
 * by somebody else says what the next start must find: the same sequence, the same state hash, and the
 * effect of every answer that was received. A failure would mean that an answer left before its sync.
 */
export async function killTest({ cycles, seed, say }: KillOptions): Promise<KillReport> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ballast-kill-'));
  const main = await bundleDesk(`kill-${process.pid}`);
  const random = randomFrom(seed);
  let desk: DeskProcess | undefined;
  try {
    const trial = new KillTrial(main, dataDir, random);
    for (let cycle = 1; cycle <= cycles; cycle++) {
      desk = await trial.start();
      const count = await trial.loadThenKill(desk);
      say(
        `cycle ${cycle} of ${cycles}: open after ${Math.round(desk.startMs)} ms, killed after ${count} answers`,
      );
    }
    desk = await trial.start();
    const { stopMs } = await desk.stop();
    const found = await verifyJournal(nodeDisk, dataDir);
    return { cycles, ...trial.totals(), stopMs, sequence: found.sequence, stateHash: found.stateHash };
  } finally {
    await desk?.kill();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
    rmSync(path.dirname(main), { recursive: true, force: true, maxRetries: 9 });
  }
}

class KillTrial {
  readonly #main: string;
  readonly #dataDir: string;
  readonly #random: Random;
  readonly #load: OrderLoad;
  #key: AgentKey | undefined;
  #client: DeskClient | undefined;
  #restartMsMax = 0;
  #bareStartMsMax = 0;
  #acknowledgedCount = 0;
  #lostCount = 0;

  constructor(main: string, dataDir: string, random: Random) {
    this.#main = main;
    this.#dataDir = dataDir;
    this.#random = random;
    this.#load = new OrderLoad(random);
  }

  totals() {
    return {
      acknowledgedCount: this.#acknowledgedCount,
      lostCount: this.#lostCount,
      restartMsMax: this.#restartMsMax,
      bareStartMsMax: this.#bareStartMsMax,
    };
  }

  /** Starts the desk on what the last kill left, and compares it with an independent replay and with the answers. */
  async start(): Promise<DeskProcess> {
    const replayed = replay(this.#dataDir);
    this.#bareStartMsMax = Math.max(this.#bareStartMsMax, await bareStartMs());
    const desk = await startDeskProcess({ main: this.#main, dataDir: this.#dataDir });
    this.#restartMsMax = Math.max(this.#restartMsMax, desk.startMs);
    const stands = /engine stands at seq ([0-9]+), state hash (\S+)/.exec(desk.output());
    assert(
      Number(stands?.[1]) === replayed.seq && stands?.[2] === replayed.stateHash,
      `the desk stands at ${stands?.[0]}, a replay at seq ${replayed.seq} with ${replayed.stateHash}`,
    );
    assert(
      this.#load.lastSeq <= replayed.seq,
      `seq ${this.#load.lastSeq} was answered, the journal ends at ${replayed.seq}`,
    );
    this.#client = new DeskClient(desk.address);
    const session = await this.#client.signIn(trader);
    const account = session.accounts[0]!.account;
    this.#key ??= await this.#client.approveAgent(trader, [account]);
    await this.#checkAnswers(this.#client, account);
    return desk;
  }

  async #firstAnswer(): Promise<void> {
    for (let waitedMs = 0; this.#load.answered === 0; waitedMs += 10) {
      assert(waitedMs < FIRST_ANSWER_MS_MAX, 'an open desk answers its first order in time');
      await delay(10);
    }
  }

  /** @returns commands answered before the kill */
  async loadThenKill(desk: DeskProcess): Promise<number> {
    const client = this.#client!;
    const { body } = await client.get<MarketsView>('/api/v1/markets');
    const stream = await client.openStream();
    const account = this.#load.account;
    const load = this.#load.run({ client, stream, desk: body, key: this.#key!, account });
    // One kill in five hits the first second of the desk, the others a desk that is answering.
    if (this.#random.chance(0.8)) await this.#firstAnswer();
    await delay(this.#random.below(1_000));
    await desk.kill();
    const count = await load;
    this.#acknowledgedCount += count;
    return count;
  }

  /** Every order whose placing was answered is there under its client id, in the state the last answer said. */
  async #checkAnswers(client: DeskClient, account: number): Promise<void> {
    this.#load.account = account;
    for (const expected of this.#load.takeExpectations()) {
      const found = await outcomeOf(client, account, expected.clientId);
      if (found.status === 200 && expected.allows(found.body)) continue;
      this.#lostCount += 1;
      assert(
        false,
        `order ${expected.clientId} was answered as ${expected.words}, now it is ${JSON.stringify(found.body)}`,
      );
    }
  }
}

/** Asks until somebody can say: right after a start the records are still being read. */
async function outcomeOf(
  client: DeskClient,
  account: number,
  clientId: string,
): Promise<HttpAnswer<OrderView>> {
  for (;;) {
    const found = await client.get<OrderView>(`/api/v1/orders/by-client-id/${account}/${clientId}`);
    if (found.body.error?.code !== 'engine.busy') return found;
    await delay(50);
  }
}

/** What the folder holds, by somebody who is not the desk. */
function replay(dir: string): { seq: number; stateHash: string } {
  const target = new ReplayedEngine();
  const replayed = replayJournal({
    disk: nodeDisk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    from: 'oldest',
    restore: target.restore,
    apply: target.apply,
  });
  assert(replayed.kind === 'replayed', 'the folder is of this version');
  const hash = target.engine === undefined ? 'none' : stateHash(target.engine.state);
  return { seq: replayed.position.seq, stateHash: hash };
}
