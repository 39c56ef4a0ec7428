import { parentPort, workerData } from 'node:worker_threads';
import { ContractMarket } from '../market/contracts/contractMarket.ts';
import { GeneratedMarket } from '../market/generated/generatedMarket.ts';
import type { Market } from '../market/market.ts';
import { sentenceOf } from '../market/recorded/defects.ts';
import { openRecordings } from '../market/recorded/recordings.ts';
import { encodeEnvelope } from '../protocol/commands/envelope.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import { chainPorts } from './chainPorts.ts';
import type { MarketSource, Pace } from './config.ts';
import type { FromMarket, OpenedMarket, ToMarket } from './threads/messages.ts';

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

/** All that is played, each on the clock of the first; none while recordings are being opened. */
let opened: readonly Market[] = [];
/** What came in the meantime. */
const early: Float64Array[] = [];
let latest = directory;

main.on('message', ({ groups, directory: listed }: ToMarket) => {
  if (listed !== undefined) {
    latest = listed;
    for (const market of opened) market.list?.(listed);
  }
  if (opened.length === 0) early.push(...groups);
  for (const market of opened) for (const lanes of groups) market.onEvents(lanes);
});

/** Spot, futures and options have a market of their own beside either, made or recorded. */
async function open(): Promise<{ markets: Market[] } & OpenedMarket> {
  if (source.kind === 'generated') {
    const perpetuals = new GeneratedMarket({ directory, seed, pace, startPricesE8 });
    const contracts = new ContractMarket({ directory, seed, pace });
    return { markets: [perpetuals, contracts], sentences: [], recordedCoins: [] };
  }
  const { market, chain, sentences } = await openRecordings({
    path: source.path,
    directory,
    seed,
    pace,
    startPricesE8,
    ports: chainPorts,
    onDefect: (defect) => toMain({ type: 'defect', sentence: sentenceOf(defect) }),
  });
  const contracts = new ContractMarket({ directory, seed, pace, recorded: chain });
  const markets = chain === undefined ? [market, contracts] : [market, chain, contracts];
  return { markets, sentences, recordedCoins: chain?.coins.map(({ underlying }) => underlying) ?? [] };
}

function step(): void {
  const nowMs = Date.now();
  const envelopes = opened.flatMap((market) => market.step(nowMs)).map(encodeEnvelope);
  if (envelopes.length > 0) toMain({ type: 'steps', envelopes });
}

open().then(
  ({ markets, sentences, recordedCoins }) => {
    opened = markets;
    for (const market of opened) market.list?.(latest);
    for (const lanes of early.splice(0)) for (const market of opened) market.onEvents(lanes);
    toMain({ type: 'opened', sentences, recordedCoins });
    setInterval(step, markets[0]!.stepMs);
  },
  (error: unknown) => {
    toMain({ type: 'failed', sentence: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  },
);
