import { encodeEnvelope, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import { OK } from '../protocol/errors.ts';
import { eventAt } from '../protocol/events/read.ts';
import { eventTags } from '../protocol/events/table.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import { contractsDue } from '../sandbox/contracts.ts';
import { log, logError } from './log.ts';
import type { EngineClient } from './threads/engineClient.ts';

export interface ContractRollPorts {
  /** Undefined while nothing can be listed. */
  engine(): EngineClient | undefined;
  directory(): DirectoryView | undefined;
  /** Index by underlying, USD × 1e8. */
  indexE8(directory: DirectoryView): ReadonlyMap<number, number>;
  /** Coins whose futures and options the market lists from a recording; undefined until it is open. */
  recordedCoins(): ReadonlySet<string> | undefined;
}

/** Looks now and then whether contracts are due. */
export class ContractRoll {
  readonly #ports: ContractRollPorts;
  #isRolling = false;
  #unlistedCount = 0;

  constructor(ports: ContractRollPorts) {
    this.#ports = ports;
  }

  /** Lists what is due; a refusal or a halt is told elsewhere, and the next look tries again. */
  async look(): Promise<void> {
    const engine = this.#ports.engine();
    const directory = this.#ports.directory();
    const recorded = this.#ports.recordedCoins();
    if (engine === undefined || directory === undefined || recorded === undefined || this.#isRolling) return;
    this.#isRolling = true;
    try {
      const prices = this.#ports.indexE8(directory);
      const { listed, unlisted } = await listContracts(engine, directory, prices, recorded);
      if (listed > 0) log(`${listed} contracts were listed`);
      if (unlisted > 0 && this.#unlistedCount === 0)
        logError(
          `${unlisted} contracts are not listed: the folder has room for ${directory.limits.instruments}.`,
        );
      this.#unlistedCount = unlisted;
    } catch (error) {
      logError('Contracts that are due are not listed.', error);
    } finally {
      this.#isRolling = false;
    }
  }
}

/** How many are listed now that were not before, and for how many there is no room. */
interface Roll {
  listed: number;
  unlisted: number;
}

/**
 * Lists the contracts that are due, in one commit: a coin's expiry comes with all of its strikes.
 *
 * @param indexE8 index by underlying, USD × 1e8
 * @param recorded coins whose futures and options the market lists from a recording
 */
async function listContracts(
  engine: EngineClient,
  directory: DirectoryView,
  indexE8: ReadonlyMap<number, number>,
  recorded: ReadonlySet<string>,
): Promise<Roll> {
  const wanted = contractsDue(directory, indexE8, Date.now(), recorded);
  // What a full table would refuse is not asked for again and again.
  const due = wanted.slice(0, directory.limits.instruments - directory.markets.length);
  const applied = await Promise.all(
    due.map((command) =>
      engine.submit(encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined })),
    ),
  );
  const listed = applied.filter(({ lanes, from, seq }) => {
    const event = eventAt(lanes, eventTags.CommandApplied, from + 1, seq, 0);
    return event.kind === 'CommandApplied' && event.code === OK;
  }).length;
  return { listed, unlisted: wanted.length - due.length };
}
