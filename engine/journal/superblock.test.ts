import { expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import type { Seq } from '../units/time.ts';
import { readSuperblock, writeSuperblock } from './superblock.ts';

const DIR = 'data';

function put(disk: FaultyDisk, generation: number): void {
  const watermarkSeq = (generation * 10) as Seq;
  const chainHash = 'ab'.repeat(16);
  writeSuperblock(disk, DIR, {
    generation,
    watermarkSeq,
    chainHash,
    schemaVersion: 4,
    epoch: 2,
    snapshotSeq: 3 as Seq,
  });
}

test('a folder that never had one is told from one whose copies are damaged', () => {
  const disk = new FaultyDisk();
  expect(readSuperblock(disk, DIR)).toEqual({ superblock: undefined, damaged: [] });
  put(disk, 1);
  disk.file(`${DIR}/superblock-1`).flipBit(200);
  expect(readSuperblock(disk, DIR)).toEqual({ superblock: undefined, damaged: ['superblock-1'] });
});

test('the newer of two copies counts, whichever file it is in', () => {
  const disk = new FaultyDisk();
  for (const generation of [1, 2, 3, 4]) {
    put(disk, generation);
    const { superblock } = readSuperblock(disk, DIR);
    expect(superblock).toMatchObject({
      generation,
      watermarkSeq: generation * 10,
      epoch: 2,
      schemaVersion: 4,
    });
  }
});

test('a write that is torn at any moment leaves the copy before it or the new one', () => {
  for (let seed = 0; seed < 300; seed++) {
    const disk = new FaultyDisk(seed);
    put(disk, 1);
    put(disk, 2);
    disk.failAt(disk.callCount + (seed % 2), 'cut');
    expect(() => put(disk, 3)).toThrow('the machine stopped');
    disk.losePower(seed % 3 === 0 ? 'prefix' : 'subset');
    expect([2, 3]).toContain(readSuperblock(disk, DIR).superblock?.generation);
  }
});
