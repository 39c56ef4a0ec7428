import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { black76 } from '../../pricing/black76.ts';
import { DAY_MS } from '../../units/time.ts';

const HEADER =
  ',mark_price,ask_price,bid_price,underlying_price,creation_timestamp,instrument_name,estimated_delivery_price,bid_amount,ask_amount';
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** Premiums of coins are written in ten-thousandths of a coin. */
const STEP = 10_000;

/** 3 July 2024, 05:00 UTC, and the expiries recorded from then on: 8:00 of the 4th, the 8th and the 26th. */
export const CHAIN_START_MS = Date.UTC(2024, 6, 3, 5);
export const CHAIN_EXPIRIES_MS = [Date.UTC(2024, 6, 4, 8), Date.UTC(2024, 6, 8, 8), Date.UTC(2024, 6, 26, 8)];
export const CHAIN_STRIKES = [1_700, 1_800, 1_900, 2_000, 2_100, 2_200, 2_300];

/**
 * Writes a chain of ETH options as Deribit's archives have it, moment by moment: seven strikes of three expiries
 * at 60 % of a year, quoted a step around their marks.
 */
export class ChainFixture {
  readonly lines: string[] = [HEADER];

  /** All contracts at one moment. */
  moment(atMs: number, indexUsd: number, sizeCoins = 5): this {
    for (const expiryMs of CHAIN_EXPIRIES_MS) {
      for (const strike of CHAIN_STRIKES) {
        for (const isCall of [true, false])
          this.contract({ atMs, indexUsd, expiryMs, strike, isCall, sizeCoins });
      }
    }
    return this;
  }

  raw(line: string): this {
    this.lines.push(line);
    return this;
  }

  write(file: string): string {
    const text = `${this.lines.join('\n')}\n`;
    writeFileSync(file, file.endsWith('.gz') ? gzipSync(text) : text);
    return file;
  }

  private contract(of: {
    atMs: number;
    indexUsd: number;
    expiryMs: number;
    strike: number;
    isCall: boolean;
    sizeCoins: number;
  }): void {
    const { atMs, indexUsd, expiryMs, strike, isCall, sizeCoins } = of;
    const years = (expiryMs - atMs) / (365 * DAY_MS);
    const forward = indexUsd * (1 + 0.05 * years);
    const mark = black76(forward, strike, 0.6, years, isCall) / forward;
    const steps = Math.round(mark * STEP);
    const bid = steps < 3 ? '' : String((steps - 2) / STEP);
    const date = new Date(expiryMs);
    const name = `ETH-${date.getUTCDate()}${MONTHS[date.getUTCMonth()]}24-${strike}-${isCall ? 'C' : 'P'}`;
    const cells = [mark, (steps + 2) / STEP, bid, forward, atMs, name, indexUsd, sizeCoins, sizeCoins + 1];
    this.lines.push(`${this.lines.length - 1},${cells.join(',')}`);
  }
}
