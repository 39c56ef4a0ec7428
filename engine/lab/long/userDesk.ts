import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Clock ticks of /proc in a second: fixed by the kernel's interface. */
const TICKS_PER_SECOND = 100;

/** A desk as its user starts it, in a process of its own. */
export interface UserDesk {
  readonly child: ChildProcess;
  readonly address: string;
  /** From the start of the process to the printed address, ms. */
  readonly startMs: number;
  /** What it wrote to its two outputs. */
  output(): string;
}

/**
 * Starts `npm start`'s script on a free port and waits for the printed address.
 *
 * @param dataDir its BALLAST_DATA
 * @fails when it ends, or says no address within two minutes
 */
export async function startAsUser(
  dataDir: string,
  env: Record<string, string> = {},
  argv: string[] = [],
): Promise<UserDesk> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs', ...argv], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', BALLAST_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within two minutes:\n${text}`)), 120_000);
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = /open at (http:\S+)/.exec(text);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[1]!);
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) => reject(new Error(`the desk ended with ${code}:\n${text}`)));
  });
  return { child, address, startMs: performance.now() - startedMs, output: () => text };
}

/** Ends it as Ctrl+C does and waits. */
export async function stopAsUser({ child }: UserDesk): Promise<number> {
  if (child.exitCode !== null) return 0;
  const startedMs = performance.now();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return performance.now() - startedMs;
}

export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** What the kernel has counted for a process: all of its threads. A desk's chain and signers are processes of their own. */
export function usageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    rssBytes: Number(rss![1]) * 1_024,
  };
}
