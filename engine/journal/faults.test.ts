import { describe, expect, test } from 'vitest';
import { type Fault, FaultyDisk } from '../lab/sim/faultyDisk.ts';
import { JournalRun, replayRun, scriptedWork } from '../lab/sim/journalRun.ts';
import { randomFrom } from '../lab/sim/random.ts';
import { JournalError } from './journalError.ts';

/*
 * Goal: whatever the disk or the power does, an acknowledged record is found again and nothing else is made up.
 * How: a scripted run meets every kind of disk work; each of its calls in turn goes wrong; then a new process
 * or a new machine recovers, works on, and recovers again. RunState compares every record and the state.
 * A failure means: records a client was told of are gone, or the journal came back as something never written.
 */

const BATCHES = 40;

function callsOfCleanRun(): number {
  const disk = new FaultyDisk();
  scriptedWork(new JournalRun(disk), BATCHES);
  return disk.callCount;
}

/** Works until the fault ends it. Returns what had been acknowledged by then. */
function workUntilFault(disk: FaultyDisk): number {
  let run: JournalRun | undefined;
  try {
    run = new JournalRun(disk);
    scriptedWork(run, BATCHES);
  } catch (error) {
    if (!(error instanceof Error && ('code' in error || error instanceof JournalError))) throw error;
  }
  return run?.ackedSeq ?? 0;
}

/** A desk opens what was left, works, dies in a power loss, and opens again. */
function expectRecovery(disk: FaultyDisk, ackedSeq: number): void {
  const run = new JournalRun(disk);
  expect(run.replayed.position.seq).toBeGreaterThanOrEqual(ackedSeq);
  scriptedWork(run, 3);
  disk.losePower('subset');
  expect(new JournalRun(disk).replayed.position.seq).toBeGreaterThanOrEqual(run.ackedSeq);
}

describe('P1: the n-th call goes wrong, for all n', () => {
  const faults: Fault[] = ['EIO', 'ENOSPC', 'short', 'cut'];
  const callCount = callsOfCleanRun();

  for (const fault of faults) {
    for (const ending of ['killed', 'prefix', 'subset'] as const) {
      test(`no acknowledged record is lost: ${fault}, then ${ending}`, () => {
        for (let call = 0; call < callCount; call++) {
          const disk = new FaultyDisk(call);
          disk.failAt(call, fault);
          const ackedSeq = workUntilFault(disk);
          if (ending === 'killed') disk.restart();
          else disk.losePower(ending);
          expectRecovery(disk, ackedSeq);
        }
      });
    }
  }

  test('recovery itself may be cut at any call', () => {
    for (let call = 0; call < 24; call++) {
      const disk = new FaultyDisk(call);
      disk.failAt(callCount - 1, 'cut');
      const ackedSeq = workUntilFault(disk);
      disk.losePower('subset');
      disk.failAt(disk.callCount + call, 'cut');
      workUntilFault(disk);
      disk.losePower('subset');
      expectRecovery(disk, ackedSeq);
    }
  });
});

describe('P1: power is lost at a random moment', () => {
  for (const loss of ['prefix', 'subset'] as const) {
    test(`no acknowledged record is lost in 1,200 losses that keep a ${loss} of what was not synced`, () => {
      for (let seed = 0; seed < 1_200; seed++) {
        const random = randomFrom(seed);
        const disk = new FaultyDisk(seed);
        disk.failAt(random.below(220), 'cut');
        let run: JournalRun | undefined;
        try {
          run = new JournalRun(disk);
          scriptedWork(run, 60, random);
        } catch (error) {
          if (!(error instanceof Error && 'code' in error)) throw error;
        }
        disk.losePower(loss);
        const replayed = replayRun(disk);
        expect(replayed.position.seq, `seed ${seed}`).toBeGreaterThanOrEqual(run?.ackedSeq ?? 0);
        const again = new JournalRun(disk);
        expect(again.replayed.position).toEqual(replayed.position);
      }
    });
  }
});
