import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from '../../scripts/bundle.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Bundles programs and the host's workers beside them as `npm start` does, into a folder of its own inside the
 * project, where its packages are found. What is timed must run as a desk does: a call from one file to another
 * costs more when each was loaded by itself.
 *
 * @param name of the folder
 * @param entries program files, from the project's folder
 * @returns the folder; each program and worker is a `.mjs` in it
 */
export async function bundle(name: string, entries: readonly string[]): Promise<string> {
  const folder = path.join('.cache', 'lab', name);
  rmSync(path.join(root, folder), { recursive: true, force: true });
  const files = readdirSync(path.join(root, 'engine/host'));
  const workers = files.filter((file) => file.endsWith('Worker.ts')).map((file) => `engine/host/${file}`);
  await bundleForNode([...entries, ...workers, 'engine/signer/signerProcess.ts'], folder);
  return path.join(root, folder);
}
