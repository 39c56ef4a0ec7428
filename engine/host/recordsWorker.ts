import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { People } from '../records/keptAccounts.ts';
import { openRecords } from '../records/openRecords.ts';
import { type FromRecords, RecordsService, type ToRecords } from '../records/recordsService.ts';
import { SECOND_MS } from '../units/time.ts';

/** What the records' thread is started with. */
export interface RecordsWorkerData {
  readonly dir: string;
  readonly people: People;
  /** Last command of the journal. */
  readonly seqMax: number;
  /** Where the follower's events come in. */
  readonly events: MessagePort;
}

/** The records' thread: events of the follower in, answers out. */
const main = parentPort!;
const { dir, people, seqMax, events } = workerData as RecordsWorkerData;

const service = new RecordsService((message: FromRecords) => {
  main.postMessage(message);
  if (message.type !== 'stopped') return;
  clearInterval(ticking);
  events.close();
  main.close();
});
const ticking = setInterval(() => void service.tick(), SECOND_MS);
const receive = (message: ToRecords) => void service.handle(message);
main.on('message', receive);
events.on('message', receive);
void service.start((announce) => openRecords({ dir, people, seqMax, announce }));
