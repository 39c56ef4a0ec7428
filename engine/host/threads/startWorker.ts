import { pathToFileURL } from 'node:url';
import { type MessagePort, Worker } from 'node:worker_threads';

export type WorkerName =
  | 'engineWorker'
  | 'syncWorker'
  | 'followerWorker'
  | 'signaturesWorker'
  | 'marketWorker'
  | 'recordsWorker'
  | 'pastWorker';

/**
 * Starts one of the host's worker threads: the bundled file beside this one, or from source the
 * TypeScript file, through a loader.
 *
 * @param ports those in `given`, which move to the thread
 */
export function startWorker(name: WorkerName, given: object = {}, ports: MessagePort[] = []): Worker {
  const own = import.meta.url;
  if (!own.endsWith('.ts')) {
    return new Worker(new URL(`./${name}.mjs`, own), { name, workerData: given, transferList: ports });
  }
  // The parent may run under a loader of its own whose flags a worker cannot take.
  const options = { name, transferList: ports, execArgv: ['--enable-source-maps'] };
  const bundled = process.env.BALLAST_WORKERS;
  if (bundled !== undefined) {
    return new Worker(new URL(`./${name}.mjs`, pathToFileURL(`${bundled}/`)), {
      ...options,
      workerData: given,
    });
  }
  return new Worker(new URL('./sourceWorker.mjs', own), {
    ...options,
    workerData: { ...given, entry: new URL(`../${name}.ts`, own).href },
  });
}
