import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts the program of `engine/signer`: bundled beside this file, or from source through a loader. It gets a pipe to
 * its parent, nothing of its parent's environment, and no argument.
 */
export function startSigner(): ChildProcess {
  const own = import.meta.url;
  const bundled = process.env.BALLAST_WORKERS;
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  const env = { NODE_ENV: 'production' } as const;
  if (own.endsWith('.ts') && bundled === undefined) {
    const entry = fileURLToPath(new URL('../../signer/signerProcess.ts', own));
    return fork(entry, [], { stdio, env, execArgv: ['--import', 'tsx'] });
  }
  const entry = own.endsWith('.ts')
    ? `${bundled}/signerProcess.mjs`
    : fileURLToPath(new URL('./signerProcess.mjs', own));
  return fork(entry, [], { stdio, env, execArgv: ['--enable-source-maps'] });
}
