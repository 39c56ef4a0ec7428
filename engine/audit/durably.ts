import { open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Only the desk's own user may read who did what. */
export const FILE_MODE = 0o600;

/** Writes a file whole: a kill or a power loss leaves the old one or the new one, and the new one once this returned. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const handle = await open(unfinished, 'w', FILE_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  await syncFolder(path.dirname(file));
}

/** Makes new names in a folder survive a power loss. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
