// `node scripts/run.mjs FILE.ts …`: runs one of the lab's programs from its TypeScript source.
import { spawn } from 'node:child_process';
import { INLINING } from './inlining.mjs';
import { ensureInstalled } from './install.mjs';
import { forwardSignals, giveUp, isMain, root } from './steps.mjs';

/** Runs the entry with the terminal as its own and returns its exit code. */
export function runEntry(entry, args, env = {}) {
  return new Promise((resolve, reject) => {
    const argv = [INLINING, '--enable-source-maps', '--import', 'tsx', entry, ...args];
    const child = spawn(process.execPath, argv, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    });
    const stopForwarding = forwardSignals(child);
    child.once('error', reject);
    child.once('close', (code) => {
      stopForwarding();
      resolve(code ?? 1);
    });
  });
}

if (isMain(import.meta)) {
  const [entry, ...args] = process.argv.slice(2);
  if (entry === undefined) giveUp('Say which file to run: node scripts/run.mjs engine/lab/verify.ts');
  await ensureInstalled();
  process.exitCode = await runEntry(entry, args);
}
