import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

type Levels = readonly (readonly [price: string, size: string])[];

const START_MS = 1_723_161_255_000;

/**
 * Writes capture files as hftbacktest's collector does, message by message, for tests that need one with
 * a certain defect. Each message comes 100 ms after the one before.
 */
export class CaptureFixture {
  readonly lines: string[] = [];
  private readonly symbol: string;
  private clockMs = START_MS;

  constructor(symbol = 'BTCUSDT') {
    this.symbol = symbol;
  }

  snapshot(lastUpdateId: number, bids: Levels, asks: Levels): this {
    return this.add({ lastUpdateId, bids, asks });
  }

  /** A futures diff when `pu` is given, else one of spot. */
  diff(U: number, u: number, pu: number | undefined, b: Levels, a: Levels): this {
    return this.add({
      stream: `${this.symbol.toLowerCase()}@depth@0ms`,
      data: { e: 'depthUpdate', s: this.symbol, U, u, pu, b, a },
    });
  }

  /** `isSellerTaking`: the buyer was the maker. */
  trade(p: string, q: string, isSellerTaking: boolean): this {
    return this.add({ stream: 'trade', data: { e: 'trade', s: this.symbol, p, q, m: isSellerTaking } });
  }

  bestQuote(): this {
    return this.add({ stream: `${this.symbol.toLowerCase()}@bookTicker`, data: { e: 'bookTicker' } });
  }

  raw(line: string): this {
    this.lines.push(line);
    return this;
  }

  /** The next message is received so many milliseconds later (or, negative, earlier) than it would be. */
  shift(ms: number): this {
    this.clockMs += ms;
    return this;
  }

  private add(message: object): this {
    this.lines.push(`${this.clockMs}123456 ${JSON.stringify(message)}`);
    this.clockMs += 100;
    return this;
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /**
   * @param keep share of the bytes that reach the disk; less than 1 for a file that was cut
   * @returns the path, for convenience
   */
  write(file: string, keep = 1): string {
    const bytes = file.endsWith('.gz') ? gzipSync(this.text()) : Buffer.from(this.text());
    writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * keep)));
    return file;
  }
}

/** A recording of a small futures book: a snapshot around 61 800, then `count` diffs that follow one another. */
export function smallCapture(count: number): CaptureFixture {
  const capture = new CaptureFixture().snapshot(
    100,
    [
      ['61800.00', '1.000'],
      ['61799.50', '2.000'],
      ['61799.00', '3.000'],
    ],
    [
      ['61800.10', '1.500'],
      ['61800.60', '2.500'],
      ['61801.00', '3.500'],
    ],
  );
  for (let k = 0; k < count; k++) {
    const size = ((k % 9) + 1) / 10;
    capture.diff(
      101 + k,
      101 + k,
      100 + k,
      [['61800.00', size.toFixed(3)]],
      [['61800.10', (size + 1).toFixed(3)]],
    );
  }
  return capture;
}
