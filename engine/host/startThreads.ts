import path from 'node:path';
import type { Audit } from './audit.ts';
import type { DeskChain } from './chain.ts';
import { log, logError } from './log.ts';
import type { MarketWorkerData } from './marketWorker.ts';
import type { RecordsWorkerData } from './recordsWorker.ts';
import type { EngineClient } from './threads/engineClient.ts';
import { FollowerClient } from './threads/followerClient.ts';
import { MarketClient } from './threads/marketClient.ts';
import { RecordsClient } from './threads/recordsClient.ts';

/** Told when a thread without which the desk cannot go on is gone. */
type Died = (sentence: string) => void;

/** Starts the thread behind the engine; it does nothing before it is told to look at the folder. */
export function startFollower(
  dir: string,
  engine: EngineClient,
  audit: Pick<Audit, 'follow'>,
  chain: Pick<DeskChain, 'rootCut'>,
  died: Died,
): FollowerClient {
  return new FollowerClient(dir, {
    restored: (restored) => {
      for (const sentence of restored.sentences) log(sentence);
      const from = restored.snapshot ?? 'genesis';
      log(`follower stands at seq ${restored.seq}: ${restored.replayedCount} commands from ${from}`);
    },
    snapshotWritten: (written) => {
      engine.snapshotWritten(written.seq);
      log(
        `snapshot at seq ${written.seq}, ${written.bytes} bytes; ${written.prunedNames.length} segments pruned`,
      );
    },
    audit: (message) => audit.follow(message),
    rootCut: (material) => chain.rootCut(material),
    died: (code, sentence) => died(`${code}: ${sentence}`),
  });
}

/** Puts the records behind the follower. They are history: without them the desk goes on. */
export function startRecords(
  data: Omit<RecordsWorkerData, 'events'>,
  follower: FollowerClient,
  opened: () => void,
): RecordsClient {
  const records = new RecordsClient(
    { ...data, dir: path.join(data.dir, 'records') },
    {
      opened: (seq, sentences) => {
        for (const sentence of sentences) log(sentence);
        log(`records stand at seq ${seq}`);
        opened();
      },
      checkpointWritten: (seq, coveredSeq) => {
        follower.recordsCheckpoint(coveredSeq);
        log(`records checkpoint at seq ${seq}`);
      },
      failed: (sentence) => logError(`Nothing more is recorded until the next start. ${sentence}`),
    },
  );
  follower.attachRecords(records.eventsPort);
  return records;
}

/** Lets the desk's own market trade. What it wants goes the way of everybody's commands. */
export function startMarket(data: MarketWorkerData, engine: EngineClient, died: Died): MarketClient {
  return new MarketClient(data, {
    submit: (envelope) => engine.submitForMarket(envelope),
    defect: log,
    died,
  });
}
