import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A desk of its own for one journey: the build that `npm start` serves, on a free port and an empty folder. */
export interface Desk {
  /** Where its pages are: `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly pid: number;
  /** Everything it said so far, for a journey that fails. */
  output(): string;
  /** Stops its process in its tracks: sockets stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Ends it at once, as a power cut would; `start` it again on the same folder. */
  kill(): Promise<void>;
  /**
   * Ends it as well, and removes a folder of its own: nobody reads what it would have written on its way out.
   *
   * @fails when it heard a report that the content policy stopped something
   */
  stop(): Promise<void>;
}

export interface DeskOptions {
  readonly market?: string;
  readonly pace?: 'default' | 'full' | 'paused';
  readonly seed?: number;
  /** A folder that outlives the desk; without one it gets a temporary one. */
  readonly dataDir?: string;
  /** The port of a desk that was killed, so that a page finds it again. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

const OPEN_MS_MAX = 120_000;

/** @fails with what the desk said when it is not open within two minutes */
export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'ballast-e2e-'));
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/host/main.mjs', ...flagsOf(options)], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(options.port ?? 0),
      HOST: '127.0.0.1',
      BALLAST_DATA: dataDir,
      // A page looks the same; three more processes a desk would slow every journey beside it.
      BALLAST_SIGNERS: 'inside',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  }
  const origin = await opened(child, () => said);
  return {
    origin,
    pid: child.pid!,
    output: () => said,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => ended(child),
    stop: async () => {
      await ended(child);
      const reports = reportsIn(said);
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 9 });
      if (reports.length > 0)
        throw new Error(`The content policy stopped something in this journey:\n${reports.join('\n')}`);
    },
  };
}

function flagsOf({ market, pace = 'default', seed }: DeskOptions): string[] {
  const flags = ['--pace', pace];
  if (market !== undefined) flags.push('--market', market);
  if (seed !== undefined) flags.push('--seed', String(seed));
  return flags;
}

function opened(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (words: string) => {
      clearTimeout(timer);
      reject(new Error(`${words}\n${said()}`));
    };
    const timer = setTimeout(() => fail('The desk did not open in time.'), OPEN_MS_MAX);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`The desk ended with ${code} before it was open.`));
    child.stdout?.on('data', () => {
      const origin = /^Ballast is open at (\S+)$/m.exec(said())?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(origin);
    });
  });
}

/** What browsers reported to a desk, one line each. */
function reportsIn(output: string): string[] {
  return output.split('\n').filter((line) => line.includes('content security report:'));
}

/** By its own process id: other desks of other tests run beside it. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}
