import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
  const outdir = path.join(root, '.cache', 'lab', name);
  rmSync(outdir, { recursive: true, force: true });
  const host = path.join(root, 'engine/host');
  const workers = readdirSync(host).filter((file) => file.endsWith('Worker.ts'));
  await build({
    entryPoints: [
      ...entries.map((file) => path.join(root, file)),
      ...workers.map((file) => path.join(host, file)),
    ],
    entryNames: '[name]',
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'linked',
    outExtension: { '.js': '.mjs' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outdir;
}
