import path from 'node:path';
import { SECOND_MS, type TimeMs } from '../../units/time.ts';
import { captureLines } from './captureLines.ts';
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
  /** Mark, best bid and best ask, USD per coin; undefined where the cell is empty. */
  readonly mark: number | undefined;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

/** Where two archives of Deribit's chain keep the same things: a book summary, and Tardis' options_chain. */
const DIALECTS = [
  { name: 'instrument_name', time: 'creation_timestamp', perMs: 1 },
  { name: 'symbol', time: 'timestamp', perMs: 1_000 },
] as const;

const SHARED_COLUMNS = ['underlying_price', 'mark_price', 'bid_price', 'ask_price'] as const;

type Column = 'name' | 'time' | (typeof SHARED_COLUMNS)[number];

interface Layout {
  readonly width: number;
  readonly at: Readonly<Record<Column, number>>;
  readonly perMs: number;
}

const CONTRACT = /^([A-Z]+)-(\d{1,2})([A-Z]{3})(\d{2})-(\d+)-([CP])$/;
const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

/** Deribit's options expire at this hour, UTC. */
const EXPIRY_HOUR = 8;

/**
 * Reads a recorded option chain, plain or compressed: the last line of every contract, in the order in which the
 * contracts first appear. A line that cannot be used is left out and told.
 *
 * @fails MarketFileError when the file does not begin with the columns of a known archive
 */
export async function readOptionChain(file: string, log: DefectLog): Promise<OptionQuote[]> {
  const name = path.basename(file);
  const chain = new Map<string, OptionQuote>();
  let layout: Layout | undefined;
  for await (const lines of captureLines(file, log)) {
    for (const { line, text, isUnended } of lines) {
      const cells = text.trimEnd().split(',');
      if (layout === undefined) {
        layout = layoutOf(cells, name);
        continue;
      }
      if (text.trim() === '') continue;
      const quote = quoteOf(line, cells, layout);
      if (typeof quote === 'object') {
        chain.set(quote.name, quote);
        continue;
      }
      const code =
        isUnended && cells.length < layout.width ? 'market.fileTruncated' : 'market.fileUnreadable';
      log.report({ file: name, line, code, done: `The line was left out: ${quote}.` });
    }
  }
  if (layout === undefined) throw unknown(name, 'It is empty.');
  return [...chain.values()];
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
  const at = {
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
  const money = (column: Column): number | undefined => {
    const coins = numberOf(cell(column));
    return coins === undefined ? undefined : coins * forward;
  };
  const [mark, bid, ask] = [money('mark_price'), money('bid_price'), money('ask_price')];
  if ([mark, bid, ask].some((price) => price !== undefined && !(price >= 0))) return 'a premium is no price';
  return { line, name: cell('name'), ...contract, atMs, forward, mark, bid, ask };
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
