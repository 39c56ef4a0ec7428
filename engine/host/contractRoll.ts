import { contractsDue } from '../lab/seeds/contracts.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import { OK } from '../protocol/errors.ts';
import { eventAt } from '../protocol/events/read.ts';
import { eventTags } from '../protocol/events/table.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import type { EngineClient } from './threads/engineClient.ts';

/** How many are listed now that were not before, and for how many there is no room. */
export interface Roll {
  listed: number;
  unlisted: number;
}

/**
 * Lists the contracts that are due, in one commit: a coin's expiry comes with all of its strikes.
 *
 * @param indexE8 index by underlying, USD × 1e8
 * @param recorded coins whose futures and options the market lists from a recording
 */
export async function listContracts(
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
