import { parentPort, workerData } from 'node:worker_threads';
import { ContractMarket } from '../market/contracts/contractMarket.ts';
import { GeneratedMarket } from '../market/generated/generatedMarket.ts';
import type { Market } from '../market/market.ts';
import { sentenceOf } from '../market/recorded/defects.ts';
import { openRecordedMarket } from '../market/recorded/recordedMarket.ts';
import { encodeEnvelope } from '../protocol/commands/envelope.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import type { MarketSource, Pace } from './config.ts';
import type { FromMarket, ToMarket } from './threads/messages.ts';

/** What the market's thread is started with. */
export interface MarketWorkerData {
  readonly source: MarketSource;
  readonly pace: Pace;
  readonly seed: number;
  readonly directory: DirectoryView;
  /** Where prices stood, USD × 1e8 by underlying, so that a restart does not jump. */
  readonly startPricesE8: ReadonlyMap<number, number>;
}

/** The market's thread: hears durable events, and on its own clock says what its participants want. */
const main = parentPort!;
const { source, pace, seed, directory, startPricesE8 } = workerData as MarketWorkerData;
const toMain = (message: FromMarket) => main.postMessage(message);

let market: Market | undefined;
/** Spot, futures and options have a market of their own beside either, made or recorded. */
const contracts = new ContractMarket({ directory, seed, pace });
/** Events that came while recordings were being opened. */
const early: Float64Array[] = [];

main.on('message', ({ groups, directory: listed }: ToMarket) => {
  if (listed !== undefined) contracts.list(listed);
  for (const lanes of groups) contracts.onEvents(lanes);
  if (market === undefined) early.push(...groups);
  else for (const lanes of groups) market.onEvents(lanes);
});

async function open(): Promise<{ market: Market; sentences: string[] }> {
  if (source.kind === 'generated') {
    return { market: new GeneratedMarket({ directory, seed, pace, startPricesE8 }), sentences: [] };
  }
  const recorded = await openRecordedMarket({
    path: source.path,
    directory,
    seed,
    pace,
    startPricesE8,
    onDefect: (defect) => toMain({ type: 'defect', sentence: sentenceOf(defect) }),
  });
  const sentences = recorded.sources.map(
    ({ instrument, files }) => `${instrument} is played from ${files.join(', ')}`,
  );
  return { market: recorded, sentences };
}

function step(): void {
  const nowMs = Date.now();
  const envelopes = [...market!.step(nowMs), ...contracts.step(nowMs)].map(encodeEnvelope);
  if (envelopes.length > 0) toMain({ type: 'steps', envelopes });
}

open().then(
  (opened) => {
    market = opened.market;
    for (const lanes of early.splice(0)) market.onEvents(lanes);
    toMain({ type: 'opened', sentences: opened.sentences });
    setInterval(step, market.stepMs);
  },
  (error: unknown) => {
    toMain({ type: 'failed', sentence: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  },
);
