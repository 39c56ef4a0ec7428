import { decodeEventLog, encodeEventTopics, type Hex } from 'viem';
import type { BlockName } from '../chain/savedState.ts';
import { vaultAbi } from './vaultAbi.ts';
import type { VaultChain } from './vaultChain.ts';
import { vaultLogs } from './vaultEvents.ts';

/** A withdrawal the vault paid. */
export interface PaidWithdrawal {
  readonly sub: string;
  readonly nonce: number;
  readonly asset: number;
  /** In units. */
  readonly amount: bigint;
  readonly to: string;
  readonly block: number;
  readonly tx: string;
}

/** From when a subaccount's destination may be paid, seconds; 0, never. */
export interface ListedDestination {
  readonly sub: string;
  readonly to: string;
  readonly fromS: number;
}

/** What an owner demanded of the vault: anybody may freeze it in the end for one that is not paid. */
export interface VaultDemand {
  readonly sub: string;
  readonly asset: number;
  /** In units. */
  readonly amount: bigint;
  /** What the subaccount must have been paid of the asset in all. */
  readonly target: bigint;
  readonly block: number;
  readonly tx: string;
  /** Where the vault ended it; a subaccount has no other one before that. */
  readonly endedBlock?: number;
}

/** What the buckets of an asset hold when full, units, and in what time an empty one fills. */
export interface VaultCapFacts {
  readonly asset: number;
  readonly windowS: number;
  readonly ofAll: bigint;
  readonly ofEach: bigint;
}

/** A root that was posted, as the vault's events tell it. */
export interface RootRecord {
  readonly epoch: number;
  readonly hash: string;
  readonly accountsRoot: string;
  readonly seq: number;
  readonly engineTimeS: number;
  readonly depositCursor: number;
  readonly block: number;
  readonly tx: string;
  readonly isRejected: boolean;
}

const NAMES = [
  ...(['Paid', 'Whitelisted', 'Reclaimed', 'Escaped', 'RootPosted', 'RootRejected'] as const),
  ...(['ForcedRequest', 'Served', 'CapSet'] as const),
];
/** Roots remembered; older ones are on the chain. */
const ROOTS_MAX = 1_024;
const TOPICS = NAMES.map((eventName) => encodeEventTopics({ abi: vaultAbi, eventName })[0] as Hex);

/** Everything that left a vault, and where it may go, from its events in final blocks. */
export class VaultHistory {
  readonly #chain: Pick<VaultChain, 'call'>;
  readonly #vault: Hex;
  #top: BlockName | undefined;
  #paid: PaidWithdrawal[] = [];
  #listed = new Map<string, ListedDestination>();
  #demands: VaultDemand[] = [];
  #caps = new Map<number, VaultCapFacts>();
  #reclaimed = new Set<number>();
  #escaped: bigint[] = [];
  #roots: RootRecord[] = [];

  constructor(chain: Pick<VaultChain, 'call'>, vault: Hex) {
    this.#chain = chain;
    this.#vault = vault;
  }

  get paid(): readonly PaidWithdrawal[] {
    return this.#paid;
  }

  /** The last word on each destination. */
  get listed(): Iterable<ListedDestination> {
    return this.#listed.values();
  }

  /** Of each subaccount the one it has, as long as it is neither paid nor ended. */
  get demands(): readonly VaultDemand[] {
    return this.standing.filter(({ sub, asset, target }) => this.paidTo(sub, asset) < target);
  }

  /** Those that the vault has not ended, paid ones too: no other one can be made meanwhile. */
  get standing(): readonly VaultDemand[] {
    return this.#demands.filter(({ endedBlock }) => endedBlock === undefined);
  }

  /** One that was ever made. */
  demandAt(sub: string, block: number): VaultDemand | undefined {
    return this.#demands.find((each) => each.sub === sub && each.block === block);
  }

  /** Units of an asset that a subaccount was paid by claims, up to a block and in it. */
  paidTo(sub: string, asset: number, upTo = Number.POSITIVE_INFINITY): bigint {
    return this.#paid
      .filter((each) => each.sub === sub && each.asset === asset && each.block <= upTo)
      .reduce((sum, { amount }) => sum + amount, 0n);
  }

  /** The first block after one in which less of a demand was missing, or it ended. */
  lessMissingAfter({ sub, asset, endedBlock }: VaultDemand, block: number): number | undefined {
    const payments = this.#paid.filter((each) => each.sub === sub && each.asset === asset);
    const after = [...payments.map((each) => each.block), endedBlock ?? 0].filter((each) => each > block);
    return after.length === 0 ? undefined : Math.min(...after);
  }

  /** The last word on each asset. */
  get caps(): Iterable<VaultCapFacts> {
    return this.#caps.values();
  }

  /** Numbers of deposits that were taken back. */
  get reclaimed(): ReadonlySet<number> {
    return this.#reclaimed;
  }

  /** Roots as they were posted, oldest first; a rejected one and the one in its place are both there. */
  get roots(): readonly RootRecord[] {
    return this.#roots;
  }

  /** Units of an asset that left by escapes. */
  escaped(asset: number): bigint {
    return this.#escaped[asset] ?? 0n;
  }

  /** Reads up to a final block; from the beginning when the last one read is no longer there. @fails ChainError */
  async follow(block: BlockName): Promise<void> {
    if (this.#top?.hash === block.hash) return;
    if (this.#top !== undefined && !(await this.#isThere(this.#top))) this.forget();
    const from = this.#top === undefined ? 0 : this.#top.number + 1;
    for (const log of await vaultLogs(this.#chain, this.#vault, TOPICS, from, block.number)) {
      const event = decodeEventLog({ abi: vaultAbi, topics: log.topics, data: log.data });
      this.#note(event, Number(log.blockNumber), log.transactionHash);
    }
    this.#top = block;
  }

  async #isThere({ number, hash }: BlockName): Promise<boolean> {
    const found = (await this.#chain.call('eth_getBlockByNumber', [`0x${number.toString(16)}`, false])) as {
      hash: string;
    } | null;
    return found?.hash === hash;
  }

  /** Reads from the beginning at the next look. */
  forget(): void {
    this.#top = undefined;
    this.#paid = [];
    this.#listed = new Map();
    this.#demands = [];
    this.#caps = new Map();
    this.#reclaimed = new Set();
    this.#escaped = [];
    this.#roots = [];
  }

  #note(event: ReturnType<typeof decodeEventLog<typeof vaultAbi>>, block: number, tx: string): void {
    switch (event.eventName) {
      case 'Paid': {
        const { sub, nonce, asset, amount, to } = event.args;
        this.#paid.push({ sub, nonce: Number(nonce), asset, amount, to: to.toLowerCase(), block, tx });
        return;
      }
      case 'Whitelisted': {
        const { sub, from } = event.args;
        const to = event.args.to.toLowerCase();
        this.#listed.set(`${sub}${to}`, { sub, to, fromS: Number(from) });
        return;
      }
      case 'RootPosted': {
        const { hash, root } = event.args;
        const { accountsRoot, epoch, seq, engineTime, depositCursor } = root;
        const numbers = { epoch: Number(epoch), seq: Number(seq), depositCursor: Number(depositCursor) };
        this.#roots.push({
          ...{ hash, accountsRoot, ...numbers, engineTimeS: Number(engineTime) },
          ...{ block, tx, isRejected: false },
        });
        if (this.#roots.length > ROOTS_MAX) this.#roots.shift();
        return;
      }
      case 'RootRejected': {
        const { hash } = event.args;
        this.#roots = this.#roots.map((root) => (root.hash === hash ? { ...root, isRejected: true } : root));
        return;
      }
      case 'ForcedRequest': {
        const { sub, asset, amount } = event.args;
        this.#demands.push({ sub, asset, amount, target: this.paidTo(sub, asset) + amount, block, tx });
        return;
      }
      case 'Served': {
        const isIt = (each: VaultDemand) => each.sub === event.args.sub && each.endedBlock === undefined;
        this.#demands = this.#demands.map((each) => (isIt(each) ? { ...each, endedBlock: block } : each));
        return;
      }
      case 'CapSet': {
        const { asset, window, ofAll, ofEach } = event.args;
        this.#caps.set(asset, { asset, windowS: Number(window), ofAll, ofEach });
        return;
      }
      case 'Reclaimed':
        this.#reclaimed.add(Number(event.args.id));
        return;
      case 'Escaped':
        for (const [asset, units] of event.args.amounts.entries())
          this.#escaped[asset] = this.escaped(asset) + units;
        return;
    }
  }
}
