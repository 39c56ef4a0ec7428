import { type FileHandle, mkdir, open } from 'node:fs/promises';
import type { AuditApproval, AuditEntry, AuditRecord } from '../protocol/views/audit.ts';
import { linkOf, NO_HASH } from './chain.ts';
import { FILE_MODE, syncFolder, writeDurably } from './durably.ts';
import { EngineKey } from './engineKey.ts';
import {
  positionPath,
  readPosition,
  readStanding,
  SEGMENT_RECORDS,
  type Standing,
  segmentOf,
  segmentPath,
  standingPath,
  standingSizes,
} from './folder.ts';
import { Merkle } from './merkle.ts';
import { readTail } from './tail.ts';

/** What waits to be written: entries, and how far the journal was read when they were made. */
interface Waiting {
  readonly entries: readonly AuditEntry[];
  /** Undefined when nobody needs to know. */
  readonly positionSeq: number | undefined;
}

export interface AuditListeners {
  /** Every command up to here has its record on disk. */
  covered(engineSeq: number): void;
  /** Nothing more can be written; the desk must not go on. */
  failed(error: unknown): void;
}

/**
 * The log of who decided what: one file of lines after the other, each record bound to the one before it. One writer;
 * what is handed over while it writes is written and synced together.
 */
export class AuditLog {
  readonly dir: string;
  readonly key: EngineKey;
  readonly #listeners: AuditListeners;
  #merkle = new Merkle();
  #head = NO_HASH;
  #size = 0;
  #engineSeq = 0;
  #engineSeqCount = 0;
  /** Records of `#engineSeq` that are in the log already and will come again. */
  #comingAgain = 0;
  #approvals = new Map<number, readonly AuditApproval[]>();
  #segment: FileHandle | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #durable = { size: 0, head: NO_HASH };
  #positionSeq = 0;
  #hasFailed = false;
  /** Linked and not written yet. */
  #lines: string[] = [];

  private constructor(dir: string, key: EngineKey, listeners: AuditListeners) {
    this.dir = dir;
    this.key = key;
    this.#listeners = listeners;
  }

  /**
   * Opens a folder where it was left, whatever ended the desk.
   *
   * @fails AuditError when what was synced is gone or changed
   */
  static async open(dir: string, listeners: AuditListeners): Promise<{ log: AuditLog; cutBytes: number }> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const log = new AuditLog(dir, await EngineKey.open(dir), listeners);
    return { log, cutBytes: await log.#restore() };
  }

  /** Records on disk. */
  get size(): number {
    return this.#durable.size;
  }

  get head(): string {
    return this.#durable.head;
  }

  /** Entries of commands behind this one are wanted; those of this one may come again. */
  get wantedSeq(): number {
    return Math.max(this.#positionSeq, this.#engineSeq - 1, 0);
  }

  /** Last command of the journal that has a record. */
  get engineSeq(): number {
    return this.#engineSeq;
  }

  /** Takes entries in, in the order of their commands; those the log has are passed over. */
  append(entries: readonly AuditEntry[], positionSeq?: number): void {
    this.#waiting.push({ entries, positionSeq });
    this.#writing ??= this.#write();
  }

  /** Once everything taken in is on disk. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined && !this.#hasFailed) await this.#writing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#segment?.close();
    this.#segment = undefined;
  }

  async #restore(): Promise<number> {
    const size = standingSizes(this.dir).at(-1) ?? 0;
    if (size > 0) this.#stand(readStanding(this.dir, size));
    const position = readPosition(this.dir);
    this.#positionSeq = position.engineSeq;
    const tail = readTail(this.dir, this.#size + 1, this.#head, position.size);
    for (const record of tail.records) this.#count(record);
    this.#comingAgain = this.#engineSeqCount;
    if (this.#size > size) {
      // What a kill left unsynced is believed from here on, so it must not be lost any more.
      const segment = await this.#openSegment(segmentOf(this.#size));
      await segment.datasync();
      if (this.#size % SEGMENT_RECORDS === 0) await this.#endSegment();
    }
    this.#published();
    return tail.cutBytes;
  }

  #stand({ checkpoint, subtrees, engineSeq, engineSeqCount, approvals }: Standing): void {
    this.#merkle = new Merkle(subtrees);
    this.#size = checkpoint.size;
    this.#head = checkpoint.head;
    this.#engineSeq = engineSeq;
    this.#engineSeqCount = engineSeqCount;
    this.#approvals = new Map(approvals);
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const { entries } of waiting) for (const entry of entries) await this.#take(entry);
        await this.#flush();
        const positionSeq = waiting.findLast((each) => each.positionSeq !== undefined)?.positionSeq;
        if (positionSeq !== undefined) await this.#writePosition(positionSeq);
      }
      this.#writing = undefined;
    } catch (error) {
      // The promise stays: nothing is written behind a failure.
      this.#hasFailed = true;
      this.#listeners.failed(error);
    }
  }

  async #take(entry: AuditEntry): Promise<void> {
    if (this.#isKnown(entry)) return;
    const approvals = this.#approvalsOf(entry);
    const { record, line } = linkOf({ ...entry, approvals }, this.#size + 1, this.#head);
    this.#lines.push(`${line}\n`);
    this.#count(record);
    if (this.#size % SEGMENT_RECORDS !== 0) return;
    await this.#flush();
    await this.#endSegment();
  }

  /** Whether a restart has brought it again. */
  #isKnown({ engineSeq }: AuditEntry): boolean {
    if (engineSeq === 0) return false;
    if (engineSeq < this.#engineSeq) return true;
    if (engineSeq > this.#engineSeq) this.#comingAgain = 0;
    this.#comingAgain -= 1;
    return this.#comingAgain >= 0;
  }

  /** Those who had agreed before, and who agrees now. */
  #approvalsOf({ proposal, approvals }: AuditEntry): AuditApproval[] {
    return [...(this.#approvals.get(proposal) ?? []), ...approvals];
  }

  #count({ hash, engineSeq, proposal, approvals, result }: AuditRecord): void {
    this.#merkle.append(hash);
    this.#head = hash;
    this.#size += 1;
    if (proposal !== 0 && isOpenAfter(result)) this.#approvals.set(proposal, approvals);
    else if (proposal !== 0 && isEnd(result)) this.#approvals.delete(proposal);
    if (engineSeq === 0) return;
    this.#engineSeqCount = engineSeq === this.#engineSeq ? this.#engineSeqCount + 1 : 1;
    this.#engineSeq = engineSeq;
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const text = this.#lines.join('');
    this.#lines = [];
    const segment = this.#segment ?? (await this.#openSegment(segmentOf(this.#size)));
    await segment.appendFile(text);
    await segment.datasync();
    this.#published();
  }

  #published(): void {
    this.#durable = { size: this.#size, head: this.#head };
  }

  async #openSegment(firstSeq: number): Promise<FileHandle> {
    this.#segment = await open(segmentPath(this.dir, firstSeq), 'a', FILE_MODE);
    await syncFolder(this.dir);
    return this.#segment;
  }

  /** A full file is closed for good, with the checkpoint that says what was in it. */
  async #endSegment(): Promise<void> {
    await this.#segment?.close();
    this.#segment = undefined;
    const standing: Standing = {
      checkpoint: this.key.checkpoint({
        size: this.#size,
        merkleRoot: this.#merkle.root(),
        head: this.#head,
      }),
      subtrees: this.#merkle.subtrees,
      engineSeq: this.#engineSeq,
      engineSeqCount: this.#engineSeqCount,
      approvals: [...this.#approvals],
    };
    await writeDurably(standingPath(this.dir, this.#size), JSON.stringify(standing));
  }

  async #writePosition(engineSeq: number): Promise<void> {
    if (engineSeq <= this.#positionSeq) return;
    await writeDurably(positionPath(this.dir), JSON.stringify({ engineSeq, size: this.#size }));
    this.#positionSeq = engineSeq;
    this.#listeners.covered(engineSeq);
  }
}

function isOpenAfter(result: string): boolean {
  return result === 'waiting' || result === 'approved' || result === 'agreed';
}

/** A refusal has a dot in its name and ends nothing. */
function isEnd(result: string): boolean {
  return !result.includes('.');
}
