// Goal: whatever waits, what leaves the writer is durable, in order, and equal on a follower. How: the real core and
// journal on a disk in memory; messages are looked at in the moment they leave, frames are applied to a second engine.
import { expect, test } from 'vitest';
import { stateHash } from '../../core/snapshot.ts';
import { visitFrame } from '../../journal/frame.ts';
import { openJournal } from '../../journal/open.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { FaultyDisk } from '../../lab/sim/faultyDisk.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Command } from '../../protocol/commands/types.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import type { FromEngine, ToFollowerFromEngine } from '../threads/messages.ts';
import { ReplayedEngine } from './replayedEngine.ts';
import { Writer } from './writer.ts';

const START_MS = 1_700_000_000_000;
const ACCOUNT = 8;

type Told = Extract<FromEngine, { type: 'durable' }>;

const system = (command: Command) =>
  encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });

/** A command that changes no name: there is no such order, and that is its event. */
const cancel = (orderId: number) => system({ kind: 'CancelOrder', account: ACCOUNT, orderId });

/** A writer whose commands arrive group by group, each time it looks. */
class Desk {
  readonly disk: FaultyDisk;
  readonly journal: JournalWriter;
  readonly writer: Writer;
  readonly arriving: Uint8Array[][] = [];
  readonly told: (Told & { journal: { durableSeq: number; appendedSeq: number } })[] = [];
  readonly following: ToFollowerFromEngine[] = [];
  steadyMs = 0;
  #nextId = 1;

  constructor(disk = new FaultyDisk()) {
    this.disk = disk;
    const target = new ReplayedEngine();
    const opened = openJournal({ disk, dir: 'data', schemaVersion: 1, ...target });
    if (opened.kind !== 'open') throw new Error(opened.sentence);
    this.journal = opened.writer;
    this.writer = new Writer(target.engine, this.journal, {
      clock: { nowMs: () => START_MS },
      steadyMs: () => this.steadyMs,
      takeArrived: () => this.take(),
      toMain: (message) => {
        const { durableSeq, appendedSeq } = this.journal;
        if (message.type === 'durable') this.told.push({ ...message, journal: { durableSeq, appendedSeq } });
      },
      toFollower: (message) => this.following.push(message),
    });
  }

  take(): void {
    for (const envelope of this.arriving.shift() ?? []) this.writer.accept([this.#nextId++], [envelope]);
  }

  work(...groups: Uint8Array[][]): void {
    this.arriving.push(...groups);
    this.take();
    this.writer.drain();
  }
}

function openedDesk(): Desk {
  const desk = new Desk();
  desk.work(sandboxGenesis().map(system));
  return desk;
}

const answeredIds = (told: Told[]) =>
  told.flatMap(({ answers }) => [...answers].filter((_, at) => at % 4 === 0));

/** Applies every frame as the follower does, and compares at every message. */
function follow(messages: readonly ToFollowerFromEngine[]): ReplayedEngine {
  const target = new ReplayedEngine();
  for (const message of messages) {
    if (message.type === 'frame') {
      visitFrame(message.frame, (seq, timeMs, payload) => target.apply(seq, timeMs, payload.slice()));
      expect(target.engine?.state.globals.columns.eventHash[0]).toBe(message.eventHash);
    } else {
      expect(target.engine?.state.globals.columns.seq[0]).toBe(message.seq);
      expect(stateHash(target.engine!.state)).toBe(message.stateHash);
    }
  }
  return target;
}

test('while more waits, a group is applied before the one before it is told, and told after its own sync', () => {
  const desk = openedDesk();
  const before = desk.told.length;
  desk.work([cancel(1), cancel(2)], [cancel(3)], [cancel(4), cancel(5)], [cancel(6)]);
  const told = desk.told.slice(before);
  const seqs = told.map(({ seq }) => seq - desk.told[0]!.seq);
  expect(seqs).toEqual([2, 3, 5, 6]);
  expect(told.map(({ seq, journal }) => journal.durableSeq - seq)).toEqual([0, 0, 0, 0]);
  // One group ahead, until nothing waits.
  expect(told.map(({ seq, journal }) => journal.appendedSeq - seq)).toEqual([1, 2, 1, 0]);
  expect(answeredIds(desk.told)).toEqual(answeredIds(desk.told).map((_, k) => k + 1));
});

test('a command that comes alone is synced in place', () => {
  const desk = openedDesk();
  const calls = desk.disk.callCount;
  desk.work([cancel(1)]);
  // A write and a sync; in two steps it would be three calls.
  expect(desk.disk.callCount - calls).toBe(2);
  desk.work([cancel(2)], [cancel(3)]);
  expect(desk.disk.callCount - calls).toBe(7);
});

test('frames, event hashes and checks are those of a follower, however far the writer is ahead', () => {
  const desk = openedDesk();
  for (let round = 0; round < 4; round++) {
    desk.steadyMs += 31_000;
    desk.work(...Array.from({ length: 5 }, (_, k) => [cancel(round * 10 + k), cancel(round * 10 + k + 5)]));
  }
  expect(desk.following.filter(({ type }) => type === 'check')).toHaveLength(4);
  const { engine } = follow(desk.following);
  expect(engine?.state.globals.columns.seq[0]).toBe(desk.journal.durableSeq);
});

test('names are told as they stand behind their group, though more waits', () => {
  const desk = openedDesk();
  const firm = (k: number) =>
    system({ kind: 'OpenFirm', label: `Firm ${k}`, owner: `0x${String(k).repeat(40)}` });
  const before = desk.told.length;
  desk.work([cancel(1)], [firm(1)], [cancel(2)], [firm(2)], [cancel(3)]);
  const told = desk.told.slice(before);
  expect(told.map(({ directory }) => directory?.seq)).toEqual([
    undefined,
    told[1]?.seq,
    undefined,
    told[3]?.seq,
    undefined,
  ]);
});

test('P1: of a group whose sync fails nothing is told, nor of the one applied meanwhile', () => {
  for (const callsAhead of [0, 1, 2, 3, 4, 5]) {
    const desk = openedDesk();
    const before = desk.told.length;
    const openedSeq = desk.journal.durableSeq;
    // Three calls a group: its write, the start of its sync, the wait for it.
    desk.disk.failAt(desk.disk.callCount + callsAhead, 'EIO');
    expect(() => desk.work([cancel(1)], [cancel(2)], [cancel(3)], [cancel(4)])).toThrow('The engine stopped');
    expect(desk.told.slice(before).map(({ seq }) => seq - openedSeq)).toEqual(callsAhead < 3 ? [] : [1]);
    desk.disk.losePower('subset');
    expect(new Desk(desk.disk).journal.durableSeq).toBeGreaterThanOrEqual(desk.told.at(-1)!.seq);
  }
});

test('however much arrives, the thread comes to its timers between', () => {
  const desk = openedDesk();
  const before = desk.told.length;
  desk.work(...Array.from({ length: 100 }, (_, k) => [cancel(k)]));
  expect(desk.told.length - before).toBe(64);
  expect(desk.told.at(-1)?.seq).toBe(desk.journal.durableSeq);
  desk.writer.drain();
  expect(desk.arriving).toHaveLength(36);
});

test('arrivals are cut into groups and put together to groups, every command answered once and in order', () => {
  const desk = openedDesk();
  const before = desk.told.length;
  const ids = Array.from({ length: 2_500 }, (_, k) => 10_000 + k);
  const envelopes = ids.map(cancel);
  for (const [from, to] of [
    [0, 700],
    [700, 700],
    [700, 2_400],
    [2_400, 2_500],
  ] as const)
    desk.writer.accept(ids.slice(from, to), envelopes.slice(from, to));
  desk.writer.drain();
  const told = desk.told.slice(before);
  expect(told.map(({ answers }) => answers.length / 4)).toEqual([1_024, 1_024, 452]);
  expect(answeredIds(told)).toEqual(ids);
  expect(told.at(-1)?.seq).toBe(told[0]!.seq - 1_024 + 2_500);
});
