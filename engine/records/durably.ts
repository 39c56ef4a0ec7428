import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** What a file is called until every byte of it is synced. */
export const UNFINISHED = '.unfinished';

/** Only the desk's own user may read what people did. */
const FILE_MODE = 0o600;

/** Writes a file whole: a kill or a power loss leaves the old one or the new one, and the new one once this returned. */
export function writeDurably(target: string, ...parts: readonly Uint8Array[]): void {
  const unfinished = target + UNFINISHED;
  const descriptor = openSync(unfinished, 'w', FILE_MODE);
  try {
    for (const part of parts)
      for (let done = 0; done < part.length; ) done += writeSync(descriptor, part, done);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, target);
  syncPath(path.dirname(target));
}

/** Syncs a file, or what a folder lists. */
export function syncPath(target: string): void {
  const descriptor = openSync(target, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
