import type { Engine } from '../core/engine.ts';
import { restoreState, saveState, stateHash } from '../core/snapshot.ts';
import type { Disk } from '../journal/disk.ts';
import { JournalError } from '../journal/journalError.ts';
import type { SnapshotRef } from '../journal/layout.ts';
import { GENESIS, type JournalPosition } from '../journal/position.ts';
import { keepNewestSnapshots, listSnapshots, type Snapshot, writeSnapshot } from '../journal/snapshot.ts';
import { readSnapshot } from '../journal/snapshotReader.ts';
import { utf8Bytes, utf8Text } from '../protocol/bytes.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { Notes } from './notes.ts';
import { Replica, type ReplicaPorts } from './replica.ts';

/** The signer's part of a state it has saved. */
const SECTION = 'signer';

export interface Opening {
  readonly disk: Disk;
  /** Of the journal. */
  readonly dir: string;
  readonly ownDir: string;
}

export interface Opened {
  readonly replica: Replica;
  /** What is at or before it was not replayed here; 0 where everything was. */
  readonly believedSeq: number;
  /** Where it began, for whoever asks what is believed and what was replayed. */
  readonly sentence: string;
}

interface Beginning {
  readonly engine: Engine | undefined;
  readonly position: JournalPosition;
  readonly notes: SavedNotes | undefined;
  readonly believedSeq: number;
  readonly sentence: string;
}

interface SavedNotes extends Notes {
  readonly believedSeq: number;
}

/** Saves a state this process has made itself, with its hash and what it noted on the way. Durable on return. */
export function saveOwnState(
  { disk, ownDir }: Pick<Opening, 'disk' | 'ownDir'>,
  engine: Engine,
  position: JournalPosition,
  notes: SavedNotes,
): void {
  const sections = [...saveState(engine.state), { name: SECTION, bytes: utf8Bytes(JSON.stringify(notes)) }];
  const snapshot = { ...position, stateHash: stateHash(engine.state), sections };
  writeSnapshot(disk, ownDir, { schemaVersion: SCHEMA_VERSION, epoch: 0, snapshot });
  keepNewestSnapshots(disk, ownDir);
}

/**
 * A replay that goes on from the newest state this process made itself, else from the genesis, else, where the journal
 * has been pruned that far, from the oldest snapshot of the desk, which is then believed.
 *
 * @fails journal.corrupt where none of them is in the journal
 */
export function openReplica(opening: Opening, ports: (notes: Notes | undefined) => ReplicaPorts): Opened {
  const passed: string[] = [];
  for (const beginning of beginnings(opening)) {
    try {
      const { engine, position, notes, believedSeq, sentence } = beginning();
      const replica = new Replica(opening.disk, opening.dir, { engine, position }, ports(notes));
      if (!replica.isInJournal())
        throw new JournalError('journal.corrupt', `It does not reach seq ${position.seq}.`);
      return { replica, believedSeq, sentence };
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      passed.push(error.message);
    }
  }
  throw new JournalError('journal.corrupt', `Nothing to begin with. ${passed.join(' ')}`);
}

function beginnings({ disk, dir, ownDir }: Opening): (() => Beginning)[] {
  const own = listSnapshots(disk, ownDir).map((ref) => () => {
    const found = restored(disk, ownDir, ref);
    const believedSeq = found.notes?.believedSeq ?? ref.seq;
    return { ...found, believedSeq, sentence: `It goes on from its own state at seq ${ref.seq}.` };
  });
  const genesis = () => ({
    engine: undefined,
    position: GENESIS,
    notes: undefined,
    believedSeq: 0,
    sentence: 'It has replayed the journal from the genesis.',
  });
  const believed = listSnapshots(disk, dir)
    .toReversed()
    .map((ref) => () => ({
      ...restored(disk, dir, ref),
      notes: undefined,
      believedSeq: ref.seq,
      sentence: `What is before seq ${ref.seq} was pruned, and is believed from the desk’s snapshot.`,
    }));
  return [...own, genesis, ...believed];
}

function restored(disk: Disk, dir: string, ref: SnapshotRef): Omit<Beginning, 'sentence' | 'believedSeq'> {
  const snapshot = readSnapshot(disk, dir, ref, SCHEMA_VERSION);
  const engine = restoreState(snapshot.sections);
  if (stateHash(engine.state) !== snapshot.stateHash)
    throw new JournalError('journal.corrupt', `${ref.name} restores to another state than was saved.`);
  const { seq, timeMs, chainHash } = snapshot;
  return { engine, position: { seq, timeMs, chainHash }, notes: notesIn(snapshot) };
}

function notesIn({ sections }: Snapshot): SavedNotes | undefined {
  const section = sections.find(({ name }) => name === SECTION);
  return section === undefined ? undefined : (JSON.parse(utf8Text(section.bytes)) as SavedNotes);
}
