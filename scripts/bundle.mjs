// Bundles programs for Node as a desk runs them. Read only once packages are installed.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keepConstants } from './keepConstants.mjs';
import { root } from './steps.mjs';

const { build } = await import('esbuild');

/**
 * @param {string[]} entries files from the project's folder; each becomes one `.mjs`, with its source map beside it
 * @param {string} outdir from the project's folder
 * @returns {Promise<void>} rejects with all that is wrong in one sentence each
 */
export async function bundleForNode(entries, outdir) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
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
    logLevel: 'silent',
    write: false,
  });
  mkdirSync(path.join(root, outdir), { recursive: true });
  for (const { path: file, text } of outputFiles) {
    writeFileSync(file, file.endsWith('.map') ? text : keepConstants(text));
  }
}
