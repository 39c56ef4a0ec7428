import path from 'node:path';
import { SECOND_MS, type TimeMs } from '../../units/time.ts';
import { type CapturedLine, captureLines } from './captureLines.ts';
import { type DefectLog, MarketFileError } from './defects.ts';

/** One option as its exchange showed it. Premiums are in coins there; here they are money at the forward of the line. */
export interface OptionQuote {
  readonly line: number;
  /** `ETH-26JAN24-1200-P`. */
  readonly name: string;
  readonly underlying: string;
  readonly expiryMs: TimeMs;
  /** USD per coin. */
  readonly strike: number;
  readonly isCall: boolean;
  readonly atMs: TimeMs;
  /** Forward of the expiry, USD per coin. */
  readonly forward: number;
  /** Price of the coin itself, USD; undefined where the archive does not keep it. */
  readonly index: number | undefined;
  /** Mark, best bid and best ask, USD per coin; undefined where the cell is empty, and for a bid or ask of 0. */
  readonly mark: number | undefined;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  /** Sizes of best bid and ask in coins; undefined where the archive does not keep them. */
  readonly bidCoins: number | undefined;
  readonly askCoins: number | undefined;
}

/** Where two archives of Deribit's chain keep the same things: a book summary, and Tardis' options_chain. */
const DIALECTS = [
  { name: 'instrument_name', time: 'creation_timestamp', perMs: 1 },
  { name: 'symbol', time: 'timestamp', perMs: 1_000 },
] as const;

const SHARED_COLUMNS = ['underlying_price', 'mark_price', 'bid_price', 'ask_price'] as const;

/** What one archive keeps and the other does not. */
const OPTIONAL_COLUMNS = ['estimated_delivery_price', 'bid_amount', 'ask_amount'] as const;

type Column = 'name' | 'time' | (typeof SHARED_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

interface Layout {
  readonly width: number;
  /** −1 for a column the archive does not have. */
  readonly at: Readonly<Record<Column, number>>;
  readonly perMs: number;
}

const CONTRACT = /^([A-Z]+)-(\d{1,2})([A-Z]{3})(\d{2})-(\d+)-([CP])$/;
const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

/** Deribit's options expire at this hour, UTC. */
const EXPIRY_HOUR = 8;

/**
 * Reads a recorded option chain, plain or compressed: the last line of every contract, in the order in which the
 * contracts first appear.
 *
 * @fails MarketFileError when the file does not begin with the columns of a known archive
 */
export async function readOptionChain(file: string, log: DefectLog): Promise<OptionQuote[]> {
  const reader = new ChainReader(path.basename(file), log);
  const chain = new Map<string, OptionQuote>();
  for await (const lines of captureLines(file, log)) {
    for (const quote of reader.read(lines)) chain.set(quote.name, quote);
  }
  reader.end();
  return [...chain.values()];
}

/** The lines of one chain file as quotes. A line that cannot be used is left out and told. */
export class ChainReader {
  readonly #file: string;
  readonly #log: DefectLog;
  #layout: Layout | undefined;

  constructor(file: string, log: DefectLog) {
    this.#file = file;
    this.#log = log;
  }

  /** @fails MarketFileError when the first line has not the columns of a known archive */
  read(lines: readonly CapturedLine[]): OptionQuote[] {
    return lines.flatMap((line) => this.#readLine(line) ?? []);
  }

  /** @fails MarketFileError when there was no line at all */
  end(): void {
    if (this.#layout === undefined) throw unknown(this.#file, 'It is empty.');
  }

  #readLine({ line, text, isUnended }: CapturedLine): OptionQuote | undefined {
    const cells = text.trimEnd().split(',');
    if (this.#layout === undefined) {
      this.#layout = layoutOf(cells, this.#file);
      return undefined;
    }
    if (text.trim() === '') return undefined;
    const quote = quoteOf(line, cells, this.#layout);
    if (typeof quote === 'object') return this.#isCrossed(quote) ? undefined : quote;
    const isCut = isUnended && cells.length < this.#layout.width;
    const code = isCut ? 'market.fileTruncated' : 'market.fileUnreadable';
    this.#log.report({ file: this.#file, line, code, done: `The line was left out: ${quote}.` });
    return undefined;
  }

  #isCrossed({ line, bid, ask }: OptionQuote): boolean {
    if (bid === undefined || ask === undefined || bid < ask) return false;
    const done = 'The line was left out: its bid is not below its ask.';
    this.#log.report({ file: this.#file, line, code: 'market.bookCrossed', done });
    return true;
  }
}

function layoutOf(header: readonly string[], file: string): Layout {
  const dialect = DIALECTS.find(({ name }) => header.includes(name));
  if (dialect === undefined) throw unknown(file, 'Its first line names no column with a contract.');
  const place = (column: string): number => {
    const at = header.indexOf(column);
    if (at < 0) throw unknown(file, `Its first line names no column ${column}.`);
    return at;
  };
  const [underlying, mark, bid, ask] = SHARED_COLUMNS;
  const optional = OPTIONAL_COLUMNS.map((column) => [column, header.indexOf(column)]);
  const at = {
    ...Object.fromEntries(optional),
    name: place(dialect.name),
    time: place(dialect.time),
    [underlying]: place(underlying),
    [mark]: place(mark),
    [bid]: place(bid),
    [ask]: place(ask),
  } as Record<Column, number>;
  return { width: header.length, at, perMs: dialect.perMs };
}

function unknown(file: string, done: string): MarketFileError {
  return new MarketFileError({ file, line: 0, code: 'market.fileUnreadable', done });
}

/** A quote, or why there is none. */
function quoteOf(line: number, cells: readonly string[], { width, at, perMs }: Layout): OptionQuote | string {
  if (cells.length !== width) return `it has ${cells.length} cells, not ${width}`;
  const cell = (column: Column): string => cells[at[column]]!;
  const contract = contractOf(cell('name'));
  if (contract === undefined) return `${cell('name')} names no option`;
  const forward = numberOf(cell('underlying_price'));
  if (forward === undefined || !(forward > 0)) return 'its forward is no price';
  const atMs = Math.floor(Number(cell('time')) / perMs) as TimeMs;
  if (!(atMs > 0)) return 'its time cannot be read';
  if (contract.expiryMs - atMs < SECOND_MS) return 'it was written after the expiry';
  const amount = (column: Column): number | undefined =>
    at[column] < 0 ? undefined : numberOf(cell(column));
  const money = (column: Column): number | undefined => {
    const coins = numberOf(cell(column));
    return coins === undefined ? undefined : coins * forward;
  };
  const [mark, bid, ask] = [money('mark_price'), money('bid_price'), money('ask_price')];
  if ([mark, bid, ask].some(isBelowNothing)) return 'a premium is no price';
  const index = amount('estimated_delivery_price');
  if (index !== undefined && !(index > 0)) return 'its index is no price';
  const [bidCoins, askCoins] = [amount('bid_amount'), amount('ask_amount')];
  if ([bidCoins, askCoins].some(isBelowNothing)) return 'a size cannot be read';
  const name = cell('name');
  // Nobody pays nothing: an archive writes 0 where a side is empty.
  const sides = { bid: bid === 0 ? undefined : bid, ask: ask === 0 ? undefined : ask };
  return { line, name, ...contract, atMs, forward, index, mark, ...sides, bidCoins, askCoins };
}

/** Also what holds no number at all. */
function isBelowNothing(value: number | undefined): boolean {
  return value !== undefined && !(value >= 0);
}

/** An empty cell is unknown; NaN for one that holds no finite number. */
function numberOf(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function contractOf(
  name: string,
): Pick<OptionQuote, 'underlying' | 'expiryMs' | 'strike' | 'isCall'> | undefined {
  const [, underlying = '', day = '', letters = '', year = '', strike = '', side = ''] =
    CONTRACT.exec(name) ?? [];
  const month = MONTHS.indexOf(letters) / 3;
  if (underlying === '' || !Number.isInteger(month) || Number(strike) === 0) return undefined;
  const expiryMs = Date.UTC(2_000 + Number(year), month, Number(day), EXPIRY_HOUR) as TimeMs;
  if (new Date(expiryMs).getUTCDate() !== Number(day)) return undefined;
  return { underlying, expiryMs, strike: Number(strike), isCall: side === 'C' };
}
