import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { syncPath, UNFINISHED, writeDurably } from './durably.ts';

/**
 * Checkpoints on disk: `records-<seq>.checkpoint`, the bytes and their SHA-256 behind them. One that was being
 * written at a kill has another name, so it is never taken for one.
 */
const NAME = /^records-(\d{1,16})\.checkpoint$/;
const HASH_BYTES = 32;

/** Checkpoints kept: should the newest be damaged, the one before it serves. */
const KEPT = 2;

export interface CheckpointRef {
  readonly name: string;
  readonly seq: number;
}

/** Newest first. */
export function listCheckpoints(dir: string): CheckpointRef[] {
  return readdirSync(dir)
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match === null ? [] : [{ name, seq: Number(match[1]) }];
    })
    .sort((a, b) => b.seq - a.seq);
}

/** Bytes of a checkpoint, or undefined when they are not those that were written. */
export function readCheckpoint(dir: string, { name }: CheckpointRef): Buffer | undefined {
  const file = readFileSync(path.join(dir, name));
  const bytes = file.subarray(0, Math.max(0, file.length - HASH_BYTES));
  return hashOf(bytes).equals(file.subarray(bytes.length)) ? bytes : undefined;
}

/** Writes a checkpoint so that it survives a power loss once this returned, then lets the oldest go. */
export function writeCheckpoint(dir: string, seq: number, bytes: Uint8Array): void {
  writeDurably(path.join(dir, `records-${seq}.checkpoint`), bytes, hashOf(bytes));
  for (const { name } of listCheckpoints(dir).slice(KEPT)) rmSync(path.join(dir, name));
  syncPath(dir);
}

/** Removes what a kill left half-written, and checkpoints of commands the journal does not have. */
export function tidyCheckpoints(dir: string, seqMax: number): void {
  for (const name of readdirSync(dir)) if (name.endsWith(UNFINISHED)) rmSync(path.join(dir, name));
  for (const { name, seq } of listCheckpoints(dir)) if (seq > seqMax) rmSync(path.join(dir, name));
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
