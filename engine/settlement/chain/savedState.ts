import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { ChainError } from './chainError.ts';

/** A block by both its names: the number alone would also fit a block of another history. */
export interface BlockName {
  readonly number: number;
  /** 32 bytes, `0x`, lower case. */
  readonly hash: string;
}

/** Everything of an embedded chain, as the desk keeps it. */
export interface SavedState {
  readonly v: 1;
  readonly chainId: number;
  /** Last block that is inside. */
  readonly block: BlockName;
  /** What the chain's program gave, and takes again. */
  readonly state: string;
}

const NAME = 'state.json';
/** Keys in a saved state are public, its history is not everybody's. */
const FILE_MODE = 0o600;

/**
 * Writes a state so that a kill or a power loss leaves this one or the one before, never half of one.
 *
 * @param dir made when it is not there
 */
export async function writeState(dir: string, saved: SavedState): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, NAME);
  const unfinished = `${file}.unfinished`;
  const handle = await open(unfinished, 'w', FILE_MODE);
  try {
    await handle.writeFile(JSON.stringify(saved));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The name of the last block stands before the state itself. */
const HEAD_BYTES = 512;

/**
 * The last block of the state that was saved last, read without the rest of it.
 *
 * @fails ChainError where nothing was saved yet, or it cannot be read
 */
export async function readFinalBlock(dir: string): Promise<BlockName> {
  try {
    const handle = await open(path.join(dir, NAME), 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const block = /"block":(\{[^}]*\})/.exec(buffer.toString('utf8', 0, bytesRead))?.[1];
      return JSON.parse(block ?? '') as BlockName;
    } finally {
      await handle.close();
    }
  } catch {
    throw new ChainError('The chain’s saved state names no final block yet.');
  }
}

/**
 * The last state that was written whole; undefined in a folder that never had one.
 *
 * @fails ChainError when there is one that cannot be read: an empty chain must not take its place without a word
 */
export async function readState(dir: string): Promise<SavedState | undefined> {
  const file = path.join(dir, NAME);
  if (!existsSync(file)) return undefined;
  try {
    const saved = JSON.parse(await readFile(file, 'utf8')) as SavedState;
    if (saved.v === 1 && /^0x[0-9a-f]+$/.test(saved.state) && Number.isSafeInteger(saved.block.number))
      return saved;
  } catch {
    // Said below, with the way out.
  }
  throw new ChainError(`${NAME} in the chain’s folder cannot be read. Bring it back from a copy.`);
}
