// Goal: a machine that comes back replays what it has not replayed, from a state it made itself, and says what it believes
// where that cannot be. How: journals on disk, states beside them that are good, damaged, of another journal, or too old.
import { mkdtempSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { saveState, stateHash } from '../core/snapshot.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { writeSnapshot } from '../journal/snapshot.ts';
import { LyingJournal } from '../lab/fixtures/lyingJournal.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import { openReplica, saveOwnState } from './ownState.ts';

const journals: LyingJournal[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const journal of journals.splice(0)) journal.remove();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
});

function journalOf(): LyingJournal {
  const journal = new LyingJournal();
  journals.push(journal);
  return journal;
}

function ownFolder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-own-'));
  folders.push(dir);
  return dir;
}

const notes = {
  roots: [],
  credits: [{ id: 3, seq: 9, sub: '0x', asset: 0, amount: 5 }],
  payments: [],
  demands: [],
  proofs: [],
};

/** A state of the journal as it stands, as a machine that replayed all of it keeps it. */
function save(journal: LyingJournal, ownDir: string, believedSeq = 0): number {
  const { engine } = journal.replayed();
  saveOwnState({ disk: nodeDisk, ownDir }, engine, journal.position, { ...notes, believedSeq });
  return journal.position.seq;
}

const ticks = (journal: LyingJournal, count: number) => {
  for (let tick = 0; tick < count; tick += 1) journal.write({ kind: 'Tick' });
};

/** Opens, replays to the end, and holds the state against a replay from the genesis. */
function opened(journal: LyingJournal, ownDir: string, { isWhole = true } = {}) {
  const seqs: number[] = [];
  let given: object | undefined;
  const found = openReplica({ disk: nodeDisk, dir: journal.dir, ownDir }, (saved) => {
    given = saved;
    seqs.length = 0;
    const next = (_: unknown, seq: number) => void seqs.push(seq);
    return { next, accepted: () => undefined, isWanted: () => false, cut: () => undefined };
  });
  while (!found.replica.advance(1_000));
  found.replica.close();
  expect(found.replica.position).toEqual(journal.position);
  if (isWhole)
    expect(stateHash(found.replica.engine!.state)).toBe(stateHash(journal.replayed().engine.state));
  return { ...found, from: seqs[0], given };
}

test('it goes on from its own state, with what it had noted', () => {
  const [journal, ownDir] = [journalOf(), ownFolder()];
  const seq = save(journal, ownDir);
  ticks(journal, 5);
  const { from, sentence, given, believedSeq } = opened(journal, ownDir);
  expect([from, sentence, believedSeq]).toEqual([seq + 1, `It goes on from its own state at seq ${seq}.`, 0]);
  expect(given).toMatchObject(notes);
});

test('without one it begins with the genesis, and so it does with one that is damaged or of another journal', () => {
  const [journal, ownDir] = [journalOf(), ownFolder()];
  const genesis = [1, 'It has replayed the journal from the genesis.'];
  const begun = () => {
    const { from, sentence } = opened(journal, ownDir);
    return [from, sentence];
  };
  expect(begun()).toEqual(genesis);
  const other = journalOf();
  ticks(other, 3);
  save(other, ownDir);
  ticks(journal, 9);
  expect(begun()).toEqual(genesis);
  // Further than the journal goes: what was read before a power loss and never synced.
  ticks(other, 20);
  save(other, ownDir);
  expect(begun()).toEqual(genesis);
  for (const name of readdirSync(ownDir)) unlinkSync(path.join(ownDir, name));
  save(journal, ownDir);
  const [name] = readdirSync(ownDir);
  writeFileSync(path.join(ownDir, name!), 'half of a state');
  expect(begun()).toEqual(genesis);
});

test('where the beginning was pruned it goes on from its own, or believes the desk’s oldest and says so', () => {
  const [journal, ownDir] = [journalOf(), ownFolder()];
  const { engine } = journal.replayed();
  const { position } = journal;
  const snapshot = { ...position, stateHash: stateHash(engine.state), sections: saveState(engine.state) };
  writeSnapshot(nodeDisk, journal.dir, { schemaVersion: SCHEMA_VERSION, epoch: 1, snapshot });
  journal.reopen();
  ticks(journal, 3);
  const seq = save(journal, ownDir);
  ticks(journal, 3);
  const whole = stateHash(journal.replayed().engine.state);
  const [oldest] = readdirSync(journal.dir).filter((name) => name.endsWith('.seg'));
  unlinkSync(path.join(journal.dir, oldest!));
  const own = opened(journal, ownDir, { isWhole: false });
  expect([own.from, own.believedSeq]).toEqual([seq + 1, 0]);
  const believing = opened(journal, ownFolder(), { isWhole: false });
  expect([believing.from, believing.believedSeq]).toEqual([position.seq + 1, position.seq]);
  expect(believing.sentence).toBe(
    `What is before seq ${position.seq} was pruned, and is believed from the desk’s snapshot.`,
  );
  expect(stateHash(believing.replica.engine!.state)).toBe(whole);
});
