import { createHash } from 'node:crypto';
import { realpathSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCodeOf } from './disk.ts';
import { JournalError } from './journalError.ts';
import { LOCK_NAME } from './layout.ts';

/** A held lock. It ends with `release`, or with the process, however that ends. */
export interface JournalLock {
  release(): Promise<void>;
}

/** Longest path the operating systems take for a socket is 104–108 bytes. */
const PATH_BYTES_MAX = 100;

/** An owner that is stopped or swapped out accepts and says nothing: that is still an owner. */
const ANSWER_MS_MAX = 500;

const ATTEMPTS_MAX = 4;

/**
 * Takes the single-writer lock of a data folder, which must exist: a socket bound in it. A lock file would
 * outlive a killed owner; a socket of a dead process refuses connections and is taken over.
 *
 * Two processes that find the same dead socket at the same moment could both take it over. The epoch
 * (`epoch.ts`) is what makes that harmless; this lock is what makes the second start say so at once.
 *
 * @fails journal.locked while another process answers
 */
export async function acquireLock(dir: string): Promise<JournalLock> {
  const path = lockPath(dir);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const server = await bind(path);
    if (server !== undefined) return { release: () => closeServer(server) };
    const owner = await askOwner(path);
    if (owner !== undefined) {
      throw new JournalError(
        'journal.locked',
        `It answers on ${path}: ${owner}. Stop it, or use another data folder.`,
      );
    }
    removeDead(path);
  }
  throw new JournalError('journal.locked', `${path} is taken over by another process again and again.`);
}

/** The socket's path: in the folder, or in the system's temporary folder when that would be too long. */
export function lockPath(dir: string): string {
  const real = realpathSync(dir);
  const inFolder = join(real, LOCK_NAME);
  if (Buffer.byteLength(inFolder) <= PATH_BYTES_MAX) return inFolder;
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 24);
  return join(tmpdir(), `ballast-${digest}`);
}

function bind(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(`process ${process.pid}`);
    });
    server.once('error', (error) => {
      if (systemCodeOf(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      // The lock must not keep a process alive that has nothing else to do.
      server.unref();
      resolve(server);
    });
  });
}

/** What the owner says of itself, or undefined when nobody is there. */
function askOwner(path: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let answer = '';
    const finish = (owner: string | undefined) => {
      socket.destroy();
      resolve(owner);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => finish('a process that does not answer'));
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
    });
    socket.on('end', () => finish(answer));
    socket.on('error', (error) => {
      const code = systemCodeOf(error);
      if (code === 'ECONNREFUSED' || code === 'ENOENT') finish(undefined);
      else if (code === 'ECONNRESET' || code === 'EPIPE') finish('a process that is ending');
      else reject(error);
    });
  });
}

function removeDead(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
