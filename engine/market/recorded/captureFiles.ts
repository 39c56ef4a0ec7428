import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { MarketView } from '../../protocol/views/market.ts';
import { MarketFileError } from './defects.ts';

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
 *
 * @fails MarketFileError when there is nothing to read or nothing that fits a listed instrument
 */
export function findCaptures(place: string, markets: readonly MarketView[]): Capture[] {
  const isFolder = statOf(place).isDirectory();
  const files = isFolder
    ? readdirSync(place)
        .sort()
        .map((name) => path.join(place, name))
    : [place];
  const form = isFolder ? PERPETUAL_NAME : NAMED_FILE;
  const captures = markets.flatMap((market) => {
    if (market.kind !== 'perpetual') return [];
    const own = files.filter(
      (file) => form.exec(path.basename(file))?.[1] === market.underlying.toLowerCase(),
    );
    return own.length === 0 ? [] : [{ market, files: own }];
  });
  if (captures.length > 0) return captures;
  const done = isFolder
    ? 'The folder has no binance-usdm-<coin>usdt_<date>.jsonl.gz of a listed coin.'
    : 'Its name must be binance-usdm-<coin>usdt_<date>.jsonl.gz (or binance-spot-…) of a listed coin.';
  throw new MarketFileError({ file: path.basename(place), line: 0, code: 'market.fileUnreadable', done });
}

function statOf(place: string): { isDirectory(): boolean } {
  try {
    return statSync(place);
  } catch {
    const done = 'There is no such file or folder.';
    throw new MarketFileError({ file: path.basename(place), line: 0, code: 'market.fileUnreadable', done });
  }
}
