import type { DirectoryView } from '../../protocol/views/directory.ts';
import { STRIKES_MIN } from './chainCalendar.ts';
import { ChainCoin, type ChainPorts } from './chainCoin.ts';
import { ChainFeed, OPENING_MS } from './chainFeed.ts';
import type { DefectLog } from './defects.ts';
import type { PlayedChain } from './recordedChain.ts';

/**
 * Opens chain files and decides which coins are played from which: the first file that has enough of a coin.
 *
 * @returns also a sentence for each coin of each file: what is played, or why not
 * @fails MarketFileError for a file that is no chain
 */
export async function openChains(
  files: readonly string[],
  { underlyings }: DirectoryView,
  ports: ChainPorts,
  log: DefectLog,
): Promise<{ chains: PlayedChain[]; sentences: string[] }> {
  const chains: PlayedChain[] = [];
  const sentences: string[] = [];
  const taken = new Map<string, string>();
  const listed = new Set(underlyings.map(({ name }) => name));
  for (const file of files) {
    const feed = new ChainFeed(file, log);
    await feed.open();
    const opening = feed.peek(OPENING_MS - 1);
    const coins: ChainCoin[] = [];
    for (const underlying of new Set(opening.map((quote) => quote.underlying))) {
      const own = opening.filter((quote) => quote.underlying === underlying);
      const coin = new ChainCoin(underlying, feed.file, own, ports);
      const options = coin.contracts(0).filter(({ key }) => key !== undefined);
      const away = whyAway(coin, { isListed: listed.has(underlying), options: options.length, taken });
      if (away === undefined) {
        coins.push(coin);
        taken.set(underlying, feed.file);
        sentences.push(
          `${options.length} options on ${underlying} of ${coin.expiryCount} expiries are played from ${feed.file}`,
        );
      } else sentences.push(`Options on ${underlying} in ${feed.file} are not played: ${away}.`);
    }
    if (coins.length > 0) chains.push({ feed, coins });
  }
  return { chains, sentences };
}

function whyAway(
  { underlying, expiryCount }: ChainCoin,
  { isListed, options, taken }: { isListed: boolean; options: number; taken: ReadonlyMap<string, string> },
): string | undefined {
  if (!isListed) return `${underlying} is not listed`;
  if (taken.has(underlying)) return `they are played from ${taken.get(underlying)}`;
  if (expiryCount === 0)
    return `no expiry has marks on ${STRIKES_MIN} strikes, which a surface needs, and most of a day left`;
  return options === 0 ? `the desk has no terms for options on ${underlying}` : undefined;
}
