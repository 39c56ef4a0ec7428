import { SyncThread } from '../../journal/syncThread.ts';
import { startWorker } from './startWorker.ts';

/**
 * Starts the thread that syncs the journal. It ends with `stop` or with the thread that started it, and keeps
 * nothing alive.
 *
 * @param died told when it ends without being asked to; a sync on its way then fails by itself
 */
export function startSyncThread(died: (error: Error) => void): SyncThread {
  const thread = new SyncThread();
  const worker = startWorker('syncWorker', { memory: thread.memory });
  worker.unref();
  worker.on('error', died);
  worker.on('exit', () => {
    if (!thread.isStopped) died(new Error('The thread that syncs the journal has ended.'));
  });
  return thread;
}
