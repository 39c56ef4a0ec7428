import type { Seq } from '../units/time.ts';
import type { Disk } from './disk.ts';
import type { JournalPosition } from './position.ts';
import { writeSuperblock } from './superblock.ts';

/** Where a writer's watermark goes, and what was written there before. */
export interface WatermarkInput {
  readonly disk: Disk;
  readonly dir: string;
  readonly epoch: number;
  readonly schemaVersion: number;
  /** Of the last superblock written; 0 when none was. */
  readonly generation: number;
  readonly snapshotSeq: Seq;
}

/** The superblocks of one writer: counts their generations and knows when the next is due. */
export class Watermark {
  readonly #input: WatermarkInput;
  readonly #intervalMs: number;
  #generation: number;
  #writtenTimeMs = 0;
  /** Seq of the newest snapshot that became durable. */
  snapshotSeq: Seq;

  constructor(input: WatermarkInput, intervalMs: number) {
    this.#input = input;
    this.#intervalMs = intervalMs;
    this.#generation = input.generation;
    this.snapshotSeq = input.snapshotSeq;
  }

  /** Whether so much journalled time has passed since the last one that a commit writes the next. */
  isDueAt(timeMs: number): boolean {
    return timeMs - this.#writtenTimeMs >= this.#intervalMs;
  }

  /** Durable on return; `position` must be so before. */
  write(position: JournalPosition): void {
    const { disk, dir, epoch, schemaVersion } = this.#input;
    this.#generation++;
    writeSuperblock(disk, dir, {
      schemaVersion,
      epoch,
      generation: this.#generation,
      watermarkSeq: position.seq,
      chainHash: position.chainHash,
      snapshotSeq: this.snapshotSeq,
    });
    this.#writtenTimeMs = position.timeMs;
  }
}
