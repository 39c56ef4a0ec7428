/** What is wrong with a vector, in words for whoever wrote it. */
export class MalformedVector extends Error {}

/** A vector's inputs, read by name and checked as they are read. */
export class Inputs {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #place: string;

  constructor(fields: unknown, place = 'inputs') {
    if (!isRecord(fields)) throw new MalformedVector(`${place} is not an object`);
    this.#fields = fields;
    this.#place = place;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  names(): string[] {
    return Object.keys(this.#fields);
  }

  number(name: string): number {
    const value = this.#fields[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#wrong(name, 'a number');
    return value;
  }

  /** A number that may be left out. */
  numberOr(name: string, otherwise: number): number {
    return this.has(name) ? this.number(name) : otherwise;
  }

  positive(name: string): number {
    const value = this.number(name);
    if (!(value > 0)) throw this.#wrong(name, 'a number above 0');
    return value;
  }

  integer(name: string): bigint {
    const value = this.number(name);
    if (!Number.isSafeInteger(value)) throw this.#wrong(name, 'a whole number');
    return BigInt(value);
  }

  isText(name: string): boolean {
    return typeof this.#fields[name] === 'string';
  }

  text(name: string): string {
    const value = this.#fields[name];
    if (typeof value !== 'string') throw this.#wrong(name, 'a text');
    return value;
  }

  /** true, false, 1 or 0. */
  flag(name: string): boolean {
    const value = this.#fields[name];
    if (value === true || value === 1) return true;
    if (value === false || value === 0) return false;
    throw this.#wrong(name, 'true or false');
  }

  /** 1 or −1, also in words: long, short, buy, sell; what follows the word is a note. */
  side(name: string): 1 | -1 {
    const value = this.#fields[name];
    if (value === 1 || value === -1) return value;
    const word = typeof value === 'string' ? /^(long|buy|short|sell)\b/i.exec(value)?.[1]?.toLowerCase() : '';
    if (word === 'long' || word === 'buy') return 1;
    if (word === 'short' || word === 'sell') return -1;
    throw this.#wrong(name, '1, −1, long or short');
  }

  one<Word extends string>(name: string, words: Readonly<Record<string, Word>>): Word {
    const word = words[this.text(name)];
    if (word === undefined) throw this.#wrong(name, `one of ${Object.keys(words).join(', ')}`);
    return word;
  }

  group(name: string): Inputs {
    return new Inputs(this.#fields[name], `${this.#place}.${name}`);
  }

  list(name: string): Inputs[] {
    return this.#array(name).map((item, place) => new Inputs(item, `${this.#place}.${name}[${place}]`));
  }

  /** Rows of numbers or words, for tables written as lists of lists. */
  rows(name: string): unknown[][] {
    return this.#array(name).map((row) => {
      if (!Array.isArray(row)) throw this.#wrong(name, 'a list of lists');
      return row;
    });
  }

  numberRows(name: string): number[][] {
    return this.rows(name).map((row) =>
      row.map((cell) => {
        if (typeof cell !== 'number' || !Number.isFinite(cell)) throw this.#wrong(name, 'rows of numbers');
        return cell;
      }),
    );
  }

  #array(name: string): unknown[] {
    const value = this.#fields[name];
    if (!Array.isArray(value)) throw this.#wrong(name, 'a list');
    return value;
  }

  #wrong(name: string, wanted: string): MalformedVector {
    const verb = this.has(name) ? 'is not' : 'is missing, it should be';
    return new MalformedVector(`${this.#place}.${name} ${verb} ${wanted}`);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
