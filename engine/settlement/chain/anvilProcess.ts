import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { ChainError } from './chainError.ts';

/** The mnemonic everybody knows: it makes the sandbox's people, and nothing else may use it. */
const MNEMONIC = 'test test test test test test test test test test test junk';
const ACCOUNTS = 20;
/** Past blocks whose states it answers of. */
const STATES_KEPT = 500;
/** Both for a block and for a call that names no gas of its own. */
export const BLOCK_GAS_MAX = 30_000_000;

/**
 * Runs the program as a child that goes when the desk goes: the shell waits for the end of its input, which comes with the
 * desk's stop, its death and even `kill -9`, and then ends what it started. It reaps nothing before, so the number can
 * be nobody else's, and gives up the output, so that its end says that the program ended.
 */
const KEEPER =
  '"$@" & program=$!; echo "pid $program"; exec >&- 2>&-; read -r end; kill -KILL "$program"; wait';

/** One life of the chain's program. */
export interface AnvilProcess {
  readonly url: string;
  readonly pid: number;
  /** Once it is gone, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it, and returns when it is gone. */
  end(): Promise<void>;
}

export interface AnvilOptions {
  readonly binary: string;
  readonly chainId: number;
  readonly startMsMax: number;
  /** Past blocks whose states are kept, all of them in memory; 500 when left out. */
  readonly statesKept?: number;
}

/**
 * Starts an empty chain that makes a block for each transaction.
 *
 * Any page may open a WebSocket to any port of this machine, and the program asks nobody who they are. So besides the
 * port its address is drawn too, where all of 127.0.0.0/8 is this machine; one would have to guess both.
 *
 * @fails ChainError when it does not listen in time
 */
export async function startAnvil({
  binary,
  chainId,
  startMsMax,
  statesKept = STATES_KEPT,
}: AnvilOptions): Promise<AnvilProcess> {
  const args = ['--host', loopbackAddress(), '--port', '0', '--chain-id', String(chainId), '--no-cors'];
  args.push('--accounts', String(ACCOUNTS), '--mnemonic', MNEMONIC, '--gas-limit', String(BLOCK_GAS_MAX));
  // A saved state comes back in one request; some hundred transactions are more than the 2 MB it takes otherwise.
  args.push('--no-request-size-limit');
  // Without it older states go to files below the home folder, one per block and never removed, of which it then answers as
  // if no contract were there.
  args.push('--prune-history', String(statesKept));
  const child = spawnKept(binary, args);
  const ended = new Promise<void>((resolve) => {
    child.stdout?.once('close', resolve);
    child.once('error', () => resolve());
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // A program that ended by itself leaves its keeper behind.
  void ended.then(() => child.stdin?.end());
  const end = async () => {
    child.stdin?.end();
    if (process.platform === 'win32') child.kill();
    await gone;
  };
  try {
    const { url, pid } = await listening(child, ended, startMsMax);
    return { url, pid, ended, end };
  } catch (error) {
    await end();
    throw error;
  }
}

function spawnKept(binary: string, args: readonly string[]): ChildProcess {
  const isPlain = process.platform === 'win32';
  const [program, given] = isPlain ? [binary, args] : ['/bin/sh', ['-c', KEEPER, 'keeper', binary, ...args]];
  // A group of its own: Ctrl+C in a terminal is for the desk, which ends the chain when its last save is made.
  const child = spawn(program, given, { stdio: ['pipe', 'pipe', 'ignore'], detached: !isPlain });
  // Whoever is gone reads nothing more.
  child.stdin?.on('error', () => undefined);
  return child;
}

function loopbackAddress(): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  return `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

/** Where it listens, by its own words; what it says later is not read. */
function listening(
  child: ChildProcess,
  ended: Promise<void>,
  startMsMax: number,
): Promise<{ url: string; pid: number }> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new ChainError(`The chain’s program was not ready within ${startMsMax} ms.`)),
      startMsMax,
    );
    const fail = (sentence: string) => {
      clearTimeout(late);
      reject(new ChainError(sentence));
    };
    child.once('error', (error) => fail(`The chain’s program cannot be started: ${error.message}`));
    void ended.then(() => fail('The chain’s program ended before it was ready.'));
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const place = /Listening on (\S+)\s/.exec(said)?.[1];
      if (place === undefined) return;
      clearTimeout(late);
      child.stdout?.off('data', listen);
      child.stdout?.resume();
      resolve({ url: `http://${place}`, pid: Number(/^pid (\d+)$/m.exec(said)?.[1] ?? child.pid) });
    };
    child.stdout?.on('data', listen);
  });
}
