import { workerData } from 'node:worker_threads';
import { serveSyncs } from '../journal/syncThread.ts';

/** The journal's second thread: blocked, or in an fdatasync for the engine's. */
serveSyncs((workerData as { memory: SharedArrayBuffer }).memory);
