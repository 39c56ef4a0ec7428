import path from 'node:path';
import type { MarketView } from '../../protocol/views/market.ts';
import { MarketFileError } from './defects.ts';
import type { RecordingFiles } from './recordingFiles.ts';

/** Which files are played for an instrument, in order: one recording, possibly in pieces. */
export interface Capture {
  readonly market: MarketView;
  readonly files: readonly string[];
}

/** Recordings of perpetuals settled in USD: those whose book our linear perpetuals can hold. */
const PERPETUAL_NAME = /^binance-usdm-([a-z0-9]+)usdt_[^.]*\.jsonl(?:\.gz)?$/;

/** Any Binance recording of a pair with USDT, for a file that was named itself. */
const NAMED_FILE = /^binance-(?:usdm|spot)-([a-z0-9]+)usdt_[^.]*\.jsonl(?:\.gz)?$/;

/**
 * Finds what to play: in a folder, the USD-M recordings of each listed coin, by name; a file named itself
 * may also be a spot recording, as far as its prices and sizes fit the instrument.
 */
export function findCaptures({ named, found }: RecordingFiles, markets: readonly MarketView[]): Capture[] {
  return markets.flatMap((market) => {
    if (market.kind !== 'perpetual') return [];
    const coin = market.underlying.toLowerCase();
    const own = [
      ...named.filter((file) => NAMED_FILE.exec(path.basename(file))?.[1] === coin),
      ...found.filter((file) => PERPETUAL_NAME.exec(path.basename(file))?.[1] === coin),
    ];
    return own.length === 0 ? [] : [{ market, files: own }];
  });
}

/** Says what a place must hold to be played. */
export function nothingToPlay(place: string, { named }: RecordingFiles): MarketFileError {
  const done =
    named.length === 0
      ? 'The folder has no binance-usdm-<coin>usdt_<date>.jsonl.gz of a listed coin, and no option chain (…chain….csv).'
      : 'Its name must be binance-usdm-<coin>usdt_<date>.jsonl.gz (or binance-spot-…) of a listed coin, or end with .csv or .csv.gz for an option chain.';
  return new MarketFileError({ file: path.basename(place), line: 0, code: 'market.fileUnreadable', done });
}
