import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { MarketFileError } from './defects.ts';

/** What `--market recorded:` names: files one by one, and files that lie in a folder. */
export interface RecordingFiles {
  readonly named: readonly string[];
  readonly found: readonly string[];
}

/** Folders of an archive that are looked into when the archive itself is named. */
const PARTS = ['l2', 'options'];

/** Option chains in a folder go by their name; one that is named itself may have any. */
const CHAIN_NAME = /chain[^.]*\.csv(?:\.gz)?$/i;
const TABLE_NAME = /\.csv(?:\.gz)?$/i;

/**
 * The files of a place, or of several with commas between: a file, a folder, or a folder with `l2` and `options`.
 *
 * @fails MarketFileError for a place that is not there
 */
export function recordingFiles(place: string): RecordingFiles {
  const places = existsSync(place) ? [place] : place.split(',').filter((each) => each !== '');
  const named: string[] = [];
  const found: string[] = [];
  for (const each of places) {
    if (!isFolder(each)) named.push(each);
    else for (const folder of [each, ...partsOf(each)]) found.push(...filesOf(folder));
  }
  return { named, found };
}

/** The option chains among them. */
export function chainFiles({ named, found }: RecordingFiles): string[] {
  return [
    ...named.filter((file) => TABLE_NAME.test(path.basename(file))),
    ...found.filter((file) => CHAIN_NAME.test(path.basename(file))),
  ];
}

function partsOf(folder: string): string[] {
  return PARTS.map((part) => path.join(folder, part)).filter((part) => existsSync(part) && isFolder(part));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch {
    const done = 'There is no such file or folder.';
    throw new MarketFileError({ file: path.basename(place), line: 0, code: 'market.fileUnreadable', done });
  }
}
