import { type ErrorCode, errors } from '../../protocol/errors.ts';

export type FileErrorCode = Extract<ErrorCode, `market.${string}`>;

/** Something wrong in a market data file, where it is, and what was done about it. */
export interface Defect {
  readonly file: string;
  /** 1 is the first line; 0 when the file as a whole is meant. */
  readonly line: number;
  readonly code: FileErrorCode;
  readonly done: string;
}

/** A file that cannot be played at all. */
export class MarketFileError extends Error {
  override readonly name = 'MarketFileError';
  readonly defect: Defect;

  constructor(defect: Defect) {
    super(sentenceOf(defect));
    this.defect = defect;
  }
}

/** `file:line: what is wrong, and what was done`, for people. */
export function sentenceOf({ file, line, code, done }: Defect): string {
  return `${file}${line === 0 ? '' : `:${line}`}: ${errors[code][1]} ${done} (${code})`;
}

/** A file can be wrong on every line: beyond this many defects they are counted, not told. */
const DEFECTS_MAX = 1_000;

/** Collects defects, each once, however often a looped file is read. */
export class DefectLog {
  readonly defects: Defect[] = [];
  /** All of them, those beyond the limit included. */
  count = 0;
  readonly #seen = new Set<string>();
  readonly #onDefect: (defect: Defect) => void;

  constructor(onDefect: (defect: Defect) => void = () => {}) {
    this.#onDefect = onDefect;
  }

  report(defect: Defect): void {
    const key = `${defect.file}:${defect.line}:${defect.code}`;
    if (this.#seen.has(key) || this.#seen.size >= DEFECTS_MAX) {
      if (!this.#seen.has(key)) this.count += 1;
      return;
    }
    this.#seen.add(key);
    this.count += 1;
    this.defects.push(defect);
    this.#onDefect(defect);
  }
}
