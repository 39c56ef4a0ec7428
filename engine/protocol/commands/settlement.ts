/** What the desk says of the vault: each is the system's own and nobody else's. Hashes and seeds are 0x and 64 hex digits. */
export type SettlementCommand =
  | CreditDeposit
  | SkipDeposit
  | RevertDeposit
  | AdoptVault
  | CutRoot
  | SettleWithdrawal
  | ReopenWithdrawal
  | NoteWhitelist
  | NoteVaultCap
  | ServeDemand;

/** Money that arrived: from the chain, or from the sandbox faucet. */
export interface CreditDeposit {
  kind: 'CreditDeposit';
  account: number;
  asset: string;
  amount: number;
  /** What it is for: a transaction hash, `faucet`, `genesis`. One credit per reference and account. */
  reference: string;
  /** The vault's number of it: they are credited in this order. Left out while no vault holds them yet. */
  id?: number;
  /** The vault's name of who it is for. What no account of that name can take is owed back to its owner. */
  sub?: string;
}

/** The vault's next deposit was taken back by its owner before it was credited, in a block that is final. */
export interface SkipDeposit {
  kind: 'SkipDeposit';
  id: number;
}

/** A deposit that was counted is in the vault no more. */
export interface RevertDeposit {
  kind: 'RevertDeposit';
  /** The last one that was counted; with `isReclaimed` any one. */
  id: number;
  /** Its owner took it back before a root counted it: the vault keeps its number and counts nothing for it. */
  isReclaimed?: boolean;
}

/** From now on a vault on the chain holds all that was credited. Once, and for good. */
export interface AdoptVault {
  kind: 'AdoptVault';
  /** Its address, which is the one of the genesis. */
  vault: string;
  /** How many deposits it holds: as many as were credited. */
  depositCount: number;
  /** 32 random bytes from which the salt of every leaf follows: who knows one leaf learns nothing of another. */
  saltSeed: string;
}

/** The state right after this command is what the next root commits to. */
export interface CutRoot {
  kind: 'CutRoot';
  /** One more than the last one, or the last one again: the epoch of a root that was rejected is used again. */
  epoch: number;
  /** Struct hash of the root before it; of the first one 0x0…0. */
  parent: string;
}

/** The vault paid a withdrawal in a block that is final. */
export interface SettleWithdrawal {
  kind: 'SettleWithdrawal';
  nonce: number;
  block: number;
}

/** The chain has taken back the block in which a withdrawal was paid. */
export interface ReopenWithdrawal {
  kind: 'ReopenWithdrawal';
  nonce: number;
}

/** The owner of an account let it pay to an address, or took that back, in a block that is final. */
export interface NoteWhitelist {
  kind: 'NoteWhitelist';
  account: number;
  to: string;
  /** From when the vault pays there; 0: no more. */
  fromMs: number;
}

/** How much of an asset the vault lets out, by its own word in a block that is final: the last word holds. */
export interface NoteVaultCap {
  kind: 'NoteVaultCap';
  asset: string;
  /** In which an empty bucket is full again. */
  windowMs: number;
  /** Smallest units in the bucket of all together, and of each subaccount, when full. What no payment reaches is the largest safe integer. */
  ofAll: number;
  ofEach: number;
}

/**
 * An owner demanded a payment of the vault itself, in a block that is final. Their transaction is the signature: nobody
 * else has to agree, and it is paid to the owner alone.
 */
export interface ServeDemand {
  kind: 'ServeDemand';
  account: number;
  asset: string;
  /** Smallest units, as the vault's event has them. */
  amount: number;
  /** Of the demand. */
  block: number;
  /** What of it the vault had not paid when the block `asOf` was its last. */
  missing: number;
  asOf: number;
  /** Half of its time is gone: orders and positions that hold what is missing are closed, as far as it takes. */
  mayUnwind?: boolean;
}
