import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface FirstLoad {
  /** Sum of the scripts below. */
  readonly gzipBytes: number;
  /** Largest first. */
  readonly scripts: readonly { readonly file: string; readonly gzipBytes: number }[];
}

interface BuildManifest {
  readonly rootMainFiles: readonly string[];
}

interface ClientManifest {
  readonly entryJSFiles: Readonly<Record<string, readonly string[]>>;
}

/**
 * Scripts that the HTML of a page asks for, as a browser of today loads them: polyfills marked `nomodule`
 * and chunks loaded later (chart, wallet, feed worker) are not in it. Compare `e2e/quality.spec.ts`, which
 * counts what really travels.
 *
 * @param root the project's folder, with a finished build in `.next`
 * @param route as Next names it, such as `/trade/[market]/page`
 * @fails with the file system's own error when there is no build
 */
export function measureFirstLoad(root: string, route: string): FirstLoad {
  const read = (file: string) => readFileSync(path.join(root, '.next', file));
  const { rootMainFiles } = JSON.parse(read('build-manifest.json').toString()) as BuildManifest;
  const text = read(path.join('server/app', `${route}_client-reference-manifest.js`)).toString();
  const files = new Set([
    ...rootMainFiles,
    ...Object.values(clientManifest(text, route).entryJSFiles).flat(),
  ]);
  const scripts = [...files]
    .map((file) => ({ file, gzipBytes: gzipSync(read(file), { level: 9 }).length }))
    .sort((a, b) => b.gzipBytes - a.gzipBytes);
  return { gzipBytes: scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0), scripts };
}

/** The manifest is a script that assigns JSON to a global: the JSON is what follows the last assignment. */
function clientManifest(text: string, route: string): ClientManifest {
  const start = text.indexOf(`["${route}"]`);
  const json = text.slice(text.indexOf('{', start), text.lastIndexOf('}') + 1);
  return JSON.parse(json) as ClientManifest;
}
