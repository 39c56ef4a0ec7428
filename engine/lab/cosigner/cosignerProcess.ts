import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { bundleForNode } from '../../../scripts/bundle.mjs';
import { root } from '../bundle.ts';
import type { CosignerStep } from './cosigner.ts';

/** Bundles the program, and the one that stands still for tests. @returns their folder */
export async function bundleCosigner(name: string): Promise<string> {
  const folder = path.join('.cache', 'lab', name);
  await bundleForNode(['engine/lab/cosigner.ts', 'engine/lab/cosigner/heldCosigner.ts'], folder);
  return path.join(root, folder);
}

/** A co-signer as a custodian runs it, in a process of its own. */
export class CosignerProcess {
  readonly #child: ChildProcess;
  #output = '';
  readonly #reached: Promise<void>;
  readonly ended: Promise<number | null>;

  /** @param heldAt where it is to stand still; undefined for one that runs */
  constructor(folder: string, settings: string, heldAt?: CosignerStep) {
    const program =
      heldAt === undefined ? ['cosigner.mjs', settings] : ['heldCosigner.mjs', settings, heldAt];
    const [file, ...args] = program as [string, ...string[]];
    this.#child = spawn(process.execPath, [path.join(folder, file), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const listen = (chunk: Buffer) => {
      this.#output += chunk.toString('utf8');
    };
    this.#child.stdout!.on('data', listen);
    this.#child.stderr!.on('data', listen);
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null);
    const ended = this.ended.then((code) => {
      throw new Error(`the co-signer ended with ${code}:\n${this.#output}`);
    });
    this.#reached = Promise.race([once(this.#child, 'message').then(() => undefined), ended]);
    this.#reached.catch(() => undefined);
  }

  /** Everything it said so far. */
  get output(): string {
    return this.#output;
  }

  /** Stands where it was to stand. */
  async reached(): Promise<void> {
    await this.#reached;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
