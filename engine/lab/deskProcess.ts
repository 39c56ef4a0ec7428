import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { bundle, root } from './bundle.ts';

/** A desk as an operator runs it: bundled, in a process of its own, without pages. */
export interface DeskProcess {
  readonly address: string;
  /** From starting the process to its address on stdout: orders are accepted then. */
  readonly startMs: number;
  /** Everything it said so far. */
  output(): string;
  /** To a desk of a test that listens: `said` hears what it answers. */
  tell(message: object): void;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop. @returns exit code and how long it took */
  stop(): Promise<{ code: number | null; stopMs: number }>;
}

export interface DeskProcessOptions {
  /** From `bundleDesk`. */
  readonly main: string;
  readonly dataDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Hears a program that speaks to its test. */
  said?(message: unknown): void;
}

/** Bundles the host. @returns the file to run */
export async function bundleDesk(name: string): Promise<string> {
  return path.join(await bundle(name, ['engine/host/main.ts']), 'main.mjs');
}

/** @fails with what the process said when it ends before it is open */
export async function startDeskProcess(options: DeskProcessOptions): Promise<DeskProcess> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [options.main, ...(options.args ?? [])], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      BALLAST_DATA: options.dataDir,
      BALLAST_PAGES: 'off',
      // What is timed here is the desk alone.
      BALLAST_SIGNERS: 'inside',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.said === undefined ? [] : (['ipc'] as const))],
  });
  child.on('message', (message) => options.said?.(message));
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const address = await opened(child, () => output);
  return {
    address,
    startMs: performance.now() - startedMs,
    output: () => output,
    tell: (message) => void child.send(message, () => undefined),
    kill: async () => {
      await ended(child, 'SIGKILL');
    },
    stop: async () => {
      const stoppingMs = performance.now();
      const code = await ended(child, 'SIGTERM');
      return { code, stopMs: performance.now() - stoppingMs };
    },
  };
}

function opened(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const address = /^Ballast is open at (\S+)$/m.exec(output())?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', look);
    child.once('error', reject);
    child.once('close', (code) =>
      reject(new Error(`the desk ended with ${code} before it was open:\n${output()}`)),
    );
  });
}

/** @param signal undefined for a process that ends by itself */
function ended(child: ChildProcess, signal: NodeJS.Signals | undefined): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code));
    if (signal !== undefined) child.kill(signal);
  });
}

/** How long this machine takes just now to start a Node that does nothing. */
export async function bareStartMs(): Promise<number> {
  const startedMs = performance.now();
  await ended(spawn(process.execPath, ['-e', '0']), undefined);
  return performance.now() - startedMs;
}
