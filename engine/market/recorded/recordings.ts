import { PRICE_E8_SCALE } from '../../units/price.ts';
import { GeneratedMarket } from '../generated/generatedMarket.ts';
import type { Market } from '../market.ts';
import { CaptureFeed } from './captureFeed.ts';
import { type Capture, findCaptures, nothingToPlay } from './captureFiles.ts';
import type { ChainPorts } from './chainCoin.ts';
import { DefectLog } from './defects.ts';
import { Grid } from './grid.ts';
import { openChains } from './openChains.ts';
import { RecordedChain } from './recordedChain.ts';
import { openRecordedMarket, type RecordedOptions } from './recordedMarket.ts';
import { chainFiles, recordingFiles } from './recordingFiles.ts';
import { ReplayedInstrument } from './replayedInstrument.ts';

/** What is played of a place. */
export interface Recordings {
  /** Perpetuals: recorded ones, and the others generated around them. */
  readonly market: Market;
  /** Undefined where no option chain is played. */
  readonly chain: RecordedChain | undefined;
  /** What is played from where, and what is not and why, for people. */
  readonly sentences: readonly string[];
}

/** A capture and a chain of one coin that differ by more are of different days, and a coin has one price. */
const PRICE_GAP_MAX = 0.01;

/**
 * Opens everything a place holds. Where an option chain is played, its coin costs what it cost there: a capture
 * of that coin on another day stays away, and the perpetual is generated around the recorded index.
 *
 * @fails MarketFileError, whose message says which file, which line and why, when nothing can be played
 */
export async function openRecordings(options: RecordedOptions & { ports: ChainPorts }): Promise<Recordings> {
  const { directory, onDefect, ports } = options;
  const log = new DefectLog(onDefect);
  const files = recordingFiles(options.path);
  const captures = findCaptures(files, directory.markets);
  const { chains, sentences } = await openChains(chainFiles(files), directory, ports, log);
  if (captures.length === 0 && chains.length === 0) {
    const nothing = nothingToPlay(options.path, files);
    throw sentences.length === 0 ? nothing : new Error(sentences.join(' '));
  }
  const chain = chains.length === 0 ? undefined : new RecordedChain(options, chains, log);
  const followed = new Map<string, () => number>();
  for (const coin of chain?.coins ?? []) {
    followed.set(coin.underlying, () => coin.indexUsd());
    sentences.push(...jumpOf(options, coin.underlying, coin.indexUsd()));
  }
  const kept: Capture[] = [];
  for (const capture of captures) {
    const away = await priceApart(capture, followed.get(capture.market.underlying), log);
    if (away !== undefined) sentences.push(away);
    else {
      kept.push(capture);
      followed.delete(capture.market.underlying);
    }
  }
  if (kept.length === 0)
    return {
      market: new GeneratedMarket({ ...options, pace: options.pace ?? 'default', followed }),
      chain,
      sentences,
    };
  const market = await openRecordedMarket({ ...options, captures: kept, followed });
  const played = market.sources.map(
    ({ instrument, files: names }) => `${instrument} is played from ${names.join(', ')}`,
  );
  return { market, chain, sentences: [...played, ...sentences] };
}

/** A desk that goes on at another price: its rules see a market that jumped. */
function jumpOf(
  { directory, startPricesE8 }: RecordedOptions,
  underlying: string,
  chainUsd: number,
): readonly string[] {
  const { id } = directory.underlyings.find(({ name }) => name === underlying)!;
  const beforeUsd = (startPricesE8?.get(id) ?? 0) / PRICE_E8_SCALE;
  if (beforeUsd === 0 || Math.abs(chainUsd / beforeUsd - 1) <= PRICE_GAP_MAX) return [];
  return [
    `${underlying} was at ${inCents(beforeUsd)} USD here and is at ${inCents(chainUsd)} USD in the option chain: for the desk it jumps, and may be isolated for some minutes`,
  ];
}

function inCents(usd: number): string {
  return (Math.round(usd * 100) / 100).toFixed(2);
}

/** Why a capture is not played beside a chain of its coin; undefined where both are of one price. */
async function priceApart(
  { market, files }: Capture,
  chainUsd: (() => number) | undefined,
  log: DefectLog,
): Promise<string | undefined> {
  if (chainUsd === undefined) return undefined;
  const feed = new CaptureFeed(files, new Grid(market), log);
  await feed.open();
  const opening = new ReplayedInstrument({ market, files }, feed, log);
  opening.playUntil(0);
  const usd = opening.midUsd() ?? 0;
  if (Math.abs(usd / chainUsd() - 1) <= PRICE_GAP_MAX) return undefined;
  return `${market.name} is generated: ${market.underlying} cost ${inCents(usd)} USD in its capture and ${inCents(chainUsd())} USD in the option chain, which decides`;
}
