import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import type { Command } from '../../protocol/commands/types.ts';
import type { ErrorView } from '../../protocol/errors.ts';
import { ChainError } from '../../settlement/chain/chainError.ts';

/** The follower is behind by a frame or two, and a root of a thousand accounts takes it some milliseconds. */
const WAIT_MS_MAX = 5_000;

/** Asks for a root and waits for what the follower says of it. One at a time. */
export class CutRoots {
  readonly #submit: (command: Command) => Promise<ErrorView | undefined>;
  #said: (material: RootMaterial) => void = () => undefined;
  #closed: (error: Error) => void = () => undefined;

  constructor(submit: (command: Command) => Promise<ErrorView | undefined>) {
    this.#submit = submit;
  }

  /**
   * @returns undefined when the engine refuses
   * @fails ChainError when nothing is said of it in time: it is cut again then
   */
  async cut(epoch: number, parent: string): Promise<RootMaterial | undefined> {
    // Listened for before it is cut: the follower may be quicker than the answer.
    let timer: NodeJS.Timeout | undefined;
    const said = new Promise<RootMaterial>((resolve, reject) => {
      this.#said = (material) => {
        if (material.draft.epoch === epoch && material.draft.parent === parent) resolve(material);
      };
      this.#closed = reject;
      timer = setTimeout(
        () => reject(new ChainError(`Root ${epoch} is cut and its leaves are not known yet.`)),
        WAIT_MS_MAX,
      );
    });
    said.catch(() => undefined);
    try {
      const refusal = await this.#submit({ kind: 'CutRoot', epoch, parent });
      return refusal === undefined ? await said : undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  said(material: RootMaterial): void {
    this.#said(material);
  }

  close(): void {
    this.#closed(new ChainError('The desk stops.'));
  }
}
