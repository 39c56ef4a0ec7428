import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AccountState } from '../../protocol/settlement/accountState.ts';
import type { RootDraft } from '../../protocol/settlement/root.ts';
import type { RootSignature } from './rootSigner.ts';

/** A root with its whole leaf set and who signed it: all that is needed to post it, and to prove every leaf of it. */
export interface SignedRoot {
  readonly draft: RootDraft;
  /** Of each leaf, in the draft's order: for its owner and for nobody else. */
  readonly states: readonly AccountState[];
  readonly signatures: readonly RootSignature[];
}

/** Roots kept, newest first: the final one is always among them, because the next is cut when one is final. */
const KEPT_MAX = 16;
const NAME = /^root-(\d+)\.json$/;

/**
 * Signed roots on disk. One is written before anybody outside hears of it, so that a desk that was killed posts the same
 * root again and no second one of its epoch, which would prove the signers false.
 */
export class RootStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Durable on return; takes the place of another one of its epoch. */
  async write(signed: SignedRoot): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const file = path.join(this.#dir, `root-${signed.draft.epoch}.json`);
    const handle = await open(`${file}.unfinished`, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(signed, bigintAsText));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.unfinished`, file);
    const folder = await open(this.#dir, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    await this.#forgetOld();
  }

  /** @returns undefined where there is none of that epoch */
  async read(epoch: number): Promise<SignedRoot | undefined> {
    let text: string;
    try {
      text = await readFile(path.join(this.#dir, `root-${epoch}.json`), 'utf8');
    } catch {
      return undefined;
    }
    return JSON.parse(text, textAsBigint) as SignedRoot;
  }

  async #forgetOld(): Promise<void> {
    const epochs = (await readdir(this.#dir)).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
    const old = epochs.sort((a, b) => b - a).slice(KEPT_MAX);
    for (const epoch of old) await rm(path.join(this.#dir, `root-${epoch}.json`), { force: true });
  }
}

/** Amounts pass what a JSON number holds. */
function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

function textAsBigint(_key: string, value: unknown): unknown {
  return typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;
}
