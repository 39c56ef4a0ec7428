import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where an operator says which credits of lost deposits are taken back. Whoever may write the data folder may. */
export class TakeBackOrder {
  readonly #dir: string;

  /** @param dir the folder of settlement, in the data folder */
  constructor(dir: string) {
    this.#dir = dir;
  }

  async write(ids: readonly number[]): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    await writeFile(this.#file, `${ids.join(' ')}\n`, { mode: 0o600 });
  }

  /** Numbers of deposits; none where nothing is ordered. */
  async read(): Promise<number[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    return text
      .split(/\s+/)
      .filter((word) => /^\d{1,15}$/.test(word))
      .map(Number);
  }

  /** It is done, or there is nothing to do any more. */
  async clear(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  get #file(): string {
    return path.join(this.#dir, 'takeBack');
  }
}
