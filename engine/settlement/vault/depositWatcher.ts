import { ChainError } from '../chain/chainError.ts';
import type { BlockName } from '../chain/savedState.ts';
import { BlockRing, RING_SIZE } from './blockRing.ts';
import { RevertError } from './sender.ts';
import type { VaultChain } from './vaultChain.ts';
import { depositLogs, depositOf, isSameDeposit, type RawLog, type VaultDeposit } from './vaultEvents.ts';
import { VaultReader } from './vaultReader.ts';

/** The chain says something that cannot be, or has taken something back: nobody may go on before somebody looked. */
export class ChainContradiction extends ChainError {}

/** What the engine remembers of a deposit it counted; 0 units where it counts nothing for it. */
export interface CountedDeposit {
  readonly id: number;
  readonly sub: string;
  readonly asset: number;
  readonly amount: number;
}

/** Deposits that were credited and that the chain does not have any more, whatever is in their places. */
export class LostDeposits extends ChainContradiction {
  /** All that were credited from the first lost one on: what is behind it has another number now. */
  readonly ids: readonly number[];

  constructor(lost: readonly CountedDeposit[], wasIn: number | undefined, now: BlockName | undefined) {
    const { id, sub, asset, amount } = lost[0]!;
    const before = wasIn === undefined ? '' : `was in block ${wasIn} and `;
    const behind = lost.length === 1 ? '' : ` So are ${lost.length - 1} behind it.`;
    super(
      `Deposit ${id}, ${amount} units of asset ${asset} for ${sub}, ${before}is credited, and the chain has another history now, at block ${now?.number}.${behind} Withdrawals wait until somebody has looked.`,
    );
    this.ids = lost.map((each) => each.id);
  }
}

export interface WatchedVault {
  readonly chain: Pick<VaultChain, 'call' | 'chainId' | 'settledHead'>;
  /** Lower case. */
  readonly vault: `0x${string}`;
  /** The engine's cursor: the number of the deposit it credits next. */
  cursor(): number;
  /** The last deposits that were counted, in their order up to the cursor, as far as they are remembered. */
  counted(): readonly CountedDeposit[];
  /**
   * Credits it, and returns once that is durable.
   *
   * @fails when it is not credited; it is tried again then
   */
  credit(deposit: VaultDeposit): Promise<void>;
  /** Whatever else has to say of a deposit that it is there. @returns false where it has to wait */
  confirms?(deposit: VaultDeposit): Promise<boolean>;
}

/** Blocks read in one look, so that no look takes long. */
const BLOCKS_MAX = 4_096;
const HEADERS_AT_ONCE = 64;
/** Nothing is in the block before. An embedded chain that was brought back has two of that number, and names either. */
const FIRST_BLOCK = 1;

interface Header {
  readonly hash: string;
  readonly parentHash: string;
}

/**
 * Brings deposits of final blocks to the engine, in the vault's order and each once.
 *
 * What was credited the engine remembers, so a watcher that is made anew goes on where the last one was killed, and knows
 * what is lost. It remembers the last 1,024 final blocks; when the chain has others in their place, it goes back to the
 * last one both know and reads on from there.
 */
export class DepositWatcher {
  readonly #watched: WatchedVault;
  readonly #ring = new BlockRing();
  /** Deposits seen in blocks of the ring and below, by their number. */
  readonly #seen: VaultDeposit[] = [];
  /** Where each was that was ever seen, for the sentence when it is gone. */
  readonly #wasIn = new Map<number, number>();
  #isChecked = false;

  constructor(watched: WatchedVault) {
    this.#watched = watched;
  }

  /** Last block whose deposits are known. */
  get block(): BlockName | undefined {
    return this.#ring.top;
  }

  /** Deposits the vault has in blocks that are known. */
  get deposits(): readonly VaultDeposit[] {
    return this.#seen;
  }

  /**
   * Looks once: follows the chain to its final block and credits what is new.
   *
   * @fails ChainError when the chain does not answer or is behind, which passes; ChainContradiction when it does not
   */
  async look(): Promise<void> {
    await this.#checkChain();
    const head = await this.#watched.chain.settledHead();
    await this.#walkBack(head);
    await this.#follow(head);
    await this.#credit();
  }

  async #checkChain(): Promise<void> {
    const { chain } = this.#watched;
    if (this.#isChecked) return;
    const said = Number(await chain.call('eth_chainId', []));
    if (said !== chain.chainId)
      throw new ChainContradiction(
        `The chain that answers is ${said}, and deposits are on ${chain.chainId}.`,
      );
    this.#isChecked = true;
  }

  /** To the last block that the chain still has. */
  async #walkBack(head: BlockName): Promise<void> {
    const { top } = this.#ring;
    if (top === undefined) return;
    const isKnown = this.#ring.hashAt(head.number) === head.hash;
    if (head.number < top.number && isKnown)
      throw new ChainError(
        `The chain answers from block ${head.number}, and was at block ${top.number} before: it is behind.`,
      );
    let number = Math.min(top.number, head.number);
    while (this.#ring.hashAt(number) !== (await this.#hashOf(number))) {
      number -= 1;
      if (this.#ring.hashAt(number) === undefined)
        throw new ChainContradiction(
          `The chain has other blocks than it had, further back than ${RING_SIZE} blocks or than this start.`,
        );
    }
    this.#ring.cutTo(number);
  }

  /** Reads blocks and deposits up to the head. */
  async #follow(head: BlockName): Promise<void> {
    const { top } = this.#ring;
    if (head.number < FIRST_BLOCK) return;
    // Nothing is above it, not even what was seen there before the chain took it back.
    if (top?.hash === head.hash) return this.#take([], top.number + 1);
    const from = top === undefined ? FIRST_BLOCK : top.number + 1;
    const to = top === undefined ? head.number : Math.min(head.number, top.number + BLOCKS_MAX);
    const blocks = await this.#blocks(Math.max(from, to - RING_SIZE + 1), to, top);
    if (to === head.number && blocks.at(-1)?.hash !== head.hash)
      throw new ChainError(`The chain names two blocks ${head.number}.`);
    const found = await this.#depositsIn(from, to, blocks);
    this.#take(found, from);
    for (const block of blocks) this.#ring.push(block);
    if (to === head.number) await this.#requireAll(head);
  }

  /** Each on top of the one before. */
  async #blocks(from: number, to: number, before: BlockName | undefined): Promise<BlockName[]> {
    const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const headers: Header[] = [];
    for (let at = 0; at < numbers.length; at += HEADERS_AT_ONCE) {
      const asked = numbers.slice(at, at + HEADERS_AT_ONCE).map((number) => this.#header(number));
      headers.push(...(await Promise.all(asked)));
    }
    let parent = before?.number === from - 1 ? before.hash : undefined;
    for (const [index, { hash, parentHash }] of headers.entries()) {
      if (parent !== undefined && parentHash !== parent)
        throw new ChainError(`Block ${from + index} does not follow the one before: the chain is changing.`);
      parent = hash;
    }
    return headers.map(({ hash }, index) => ({ number: from + index, hash }));
  }

  async #depositsIn(from: number, to: number, blocks: readonly BlockName[]): Promise<VaultDeposit[]> {
    const { chain, vault } = this.#watched;
    const logs = await depositLogs(chain, vault, from, to);
    const hashes = await this.#hashesOf(logs, blocks);
    for (const log of logs) {
      const number = Number(log.blockNumber);
      const known = hashes.get(number);
      if (number < from || number > to || log.blockHash !== known || log.address.toLowerCase() !== vault)
        throw new ChainError(`A deposit is told of a block ${number} that the chain does not have.`);
    }
    // A node that tells one twice tells the same; the order is the vault's, whatever the order of the telling.
    const unique = new Map<string, VaultDeposit>();
    for (const found of logs.map(depositOf)) {
      const place = `${found.blockHash} ${found.logIndex}`;
      if (!unique.has(place)) unique.set(place, found);
    }
    return [...unique.values()].sort((a, b) => a.id - b.id);
  }

  /** Of blocks that logs name: those that were just read, and the chain's word for older ones. */
  async #hashesOf(logs: readonly RawLog[], blocks: readonly BlockName[]): Promise<Map<number, string>> {
    const hashes = new Map(blocks.map(({ number, hash }) => [number, hash]));
    const named = new Set(logs.map(({ blockNumber }) => Number(blockNumber)));
    const missing = [...named].filter((number) => !hashes.has(number));
    for (let at = 0; at < missing.length; at += HEADERS_AT_ONCE) {
      const asked = missing
        .slice(at, at + HEADERS_AT_ONCE)
        .map(async (number) => [number, await this.#hashOf(number)] as const);
      for (const [number, hash] of await Promise.all(asked)) hashes.set(number, hash);
    }
    return hashes;
  }

  /** In place of what was seen in these blocks before; what was credited must still be there. */
  #take(found: readonly VaultDeposit[], from: number): void {
    const kept = this.#seen.filter(({ blockNumber }) => blockNumber < from);
    for (const [index, { id }] of found.entries()) {
      if (id === kept.length + index) continue;
      throw this.#readAnew(
        `Deposit ${kept.length + index} is missing in what the chain tells, which has ${id} in its place.`,
      );
    }
    for (const { id, blockNumber } of this.#seen) this.#wasIn.set(id, blockNumber);
    this.#seen.splice(0, this.#seen.length, ...kept, ...found);
  }

  /** The newest one leaves no gap where its event is left out: the vault itself says how many it has. */
  async #requireAll(head: BlockName): Promise<void> {
    const { chain, vault } = this.#watched;
    const next = this.#seen.length;
    try {
      await new VaultReader(chain, vault).ask('deposits', [BigInt(next)], head);
    } catch (error) {
      if (error instanceof RevertError) return;
      throw error;
    }
    throw this.#readAnew(`Deposit ${next} is in the vault and in none of the events that the chain tells.`);
  }

  /** An event that is left out may be of any block: all are read from the first one at the next look. */
  #readAnew(sentence: string): ChainError {
    this.#ring.clear();
    this.#seen.length = 0;
    return new ChainError(`${sentence} It is read again.`);
  }

  /** What was counted must still be there. */
  #requireCounted(): void {
    const counted = this.#watched.counted();
    const isLost = ({ id, amount, ...rest }: CountedDeposit) => {
      const now = this.#seen[id];
      return now === undefined || (amount > 0 && !isSameMoney({ ...rest, amount }, now));
    };
    const first = counted.findIndex(isLost);
    if (first < 0) return;
    const lost = counted.slice(first);
    throw new LostDeposits(lost, this.#wasIn.get(lost[0]!.id), this.#ring.top);
  }

  async #credit(): Promise<void> {
    this.#requireCounted();
    const cursor = this.#watched.cursor();
    if (cursor > this.#seen.length)
      throw new ChainContradiction(
        `The engine has credited ${cursor} deposits and the vault has ${this.#seen.length} at block ${this.#ring.top?.number}: the chain has lost deposits ${this.#seen.length} to ${cursor - 1}. Bring its saved state back from a copy.`,
      );
    for (const deposit of this.#seen.slice(cursor)) {
      await this.#readAgain(deposit);
      // It waits, with those behind it, and nobody else does: a vault that gets no roots would freeze.
      if ((await this.#watched.confirms?.(deposit)) === false) return;
      await this.#watched.credit(deposit);
    }
  }

  /** From its transaction's receipt, another way than it was found. */
  async #readAgain(deposit: VaultDeposit): Promise<void> {
    const { transactionHash, logIndex, blockNumber, blockHash, id } = deposit;
    const receipt = (await this.#watched.chain.call('eth_getTransactionReceipt', [transactionHash])) as {
      logs?: RawLog[];
    } | null;
    const log = receipt?.logs?.find((each) => Number(each.logIndex) === logIndex);
    const isThere =
      log !== undefined && log.blockHash === blockHash && log.address.toLowerCase() === this.#watched.vault;
    if (isThere && isSameDeposit(depositOf(log), deposit)) return;
    // Which of the two was wrong nobody knows: both are read anew.
    this.#seen.splice(0, this.#seen.length, ...this.#seen.filter((each) => each.blockNumber < blockNumber));
    this.#ring.cutTo(blockNumber - 1);
    throw new ChainError(`Deposit ${id} is told in one way and not in another: it is not credited yet.`);
  }

  async #hashOf(number: number): Promise<string> {
    return (await this.#header(number)).hash;
  }

  async #header(number: number): Promise<Header> {
    const found = await this.#watched.chain.call('eth_getBlockByNumber', [`0x${number.toString(16)}`, false]);
    if (found === null) throw new ChainError(`The chain has named a head and has no block ${number}.`);
    return found as Header;
  }
}

type Money = Pick<VaultDeposit, 'sub' | 'asset' | 'amount'>;

function isSameMoney(a: Money, b: Money): boolean {
  return a.sub === b.sub && a.asset === b.asset && a.amount === b.amount;
}
