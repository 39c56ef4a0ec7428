import type { ChainHealthView } from './chainHealth.ts';

/** Decimal text of a whole number of engine units: sums over all accounts pass 2^53 in time. */
export type Units = string;

/**
 * How settlement stands. `off`: this desk has no chain. `opening`: the vault is being deployed, what was credited is being
 * deposited in it, or its first root is still to be signed. `halted`: chain and journal disagree. `paused`: a guardian
 * stopped the vault for a time. `frozen`: for good; everybody leaves by the last final root.
 */
export type SettlementStatus = 'off' | 'opening' | 'open' | 'halted' | 'paused' | 'frozen';

/** GET /api/v1/settlement: the vault at a final block beside what the engine owes, as far as who asks may see. */
export interface SettlementView {
  seq: number;
  timeMs: number;
  status: SettlementStatus;
  /** What it waits for, or what mends it. */
  sentence: string;
  /** Whether a deposit made now is credited: vault and journal agree on what is there, whether a root says so yet or not. */
  takesDeposits: boolean;
  chainId: ChainHealthView['chainId'];
  vault: string;
  /** The final block the vault was read at, and its time by the chain's clock; null before there is one. */
  block: { number: number; hash: string; readMs: number; timeMs: number } | null;
  terms: VaultTermsView;
  /** Signatures a root needs, of how many machines. */
  signers: { needed: number; of: number } & SignersView;
  /** When the next root is due; null while none will be cut. */
  nextRootMs: number | null;
  pausedUntilMs: number | null;
  frozenEpoch: number | null;
  /** In the vault's order, which is that of the engine's asset numbers. */
  assets: VaultAssetView[];
  /** Newest first, 64 at most. */
  roots: RootView[];
  /** Of accounts the asker may see, newest first. */
  deposits: VaultDepositView[];
  withdrawals: VaultWithdrawalView[];
  /** Where the vault pays to besides the owner. */
  listed: ListedAddressView[];
  demands: DemandView[];
  /** Buckets that one of those accounts has drawn from lately; any other one is full. */
  buckets: BucketView[];
}

/** What the vault would let out of an account's bucket at the block. */
export interface BucketView {
  account: number;
  asset: number;
  free: Units;
}

/** An address an account may be paid to, and from when by the chain's clock. */
export interface ListedAddressView {
  account: number;
  to: string;
  fromMs: number;
}

/** What an owner demanded and has not been paid: unserved past its time, anybody may freeze the vault for it. */
export interface DemandView {
  account: number;
  /** As the vault names the account. */
  sub: string;
  asset: number;
  amount: Units;
  /** What the vault has not paid of it, and what waits to be paid to the account: a withdrawal of the same asset counts. */
  missing: Units;
  onTheWay: Units;
  /** Why the rest is not served; null where all is on its way, or it was not tried yet. */
  heldBy: string | null;
  /** From when on orders and positions that hold it are closed. */
  unwindMs: number;
  /** By the chain's clock. */
  askedMs: number;
  dueMs: number;
}

export interface SignersView {
  each: SignerView[];
  /** Who rejects a posted root that its own replay does not make; null where the desk's own keys sign. */
  guardian: SignerView | null;
}

/** A machine that replays the journal before it signs a root, or rejects one. */
export interface SignerView {
  address: string;
  /** `inside`: a key of the desk itself. `behind`: it replays. `refusing`: it does not sign what it was asked last. */
  state: 'inside' | 'starting' | 'behind' | 'ready' | 'refusing' | 'down';
  /** What it has replayed; 0 before it has said so. */
  seq: number;
  /** Where its replay began, or why it does not sign. */
  sentence: string;
}

/** Seconds, fixed for the life of a vault. */
export interface VaultTermsView {
  disputeSec: number;
  rootTimeoutSec: number;
  forcedGraceSec: number;
  whitelistDelaySec: number;
  reclaimDelaySec: number;
  maxPauseSec: number;
}

export interface VaultAssetView {
  asset: number;
  name: string;
  token: string;
  /** Of the engine's unit, as people read it. */
  decimals: number;
  /** One whole unit at the index, micro-USD; 0 before there is a price. */
  indexUsd: number;
  /** Token wei of one unit. */
  weiPerUnit: Units;
  /** Of the token's own ledger at the block; null where the token does not tell. */
  held: Units | null;
  /** Since when it does not, by the chain's clock; null while it does. */
  unreadSinceMs: number | null;
  /** Over all deposits the engine has credited. */
  credited: Units;
  paidOut: Units;
  /** In the vault and not credited yet. */
  uncredited: Units;
  /** What an unwind would leave those accounts that the asker may see. */
  own: Units;
  others: Units;
  insurance: Units;
  fees: Units;
  /** Debited, not paid yet. */
  authorisedUnpaid: Units;
  /** How much leaves the vault: null until it has said so. */
  cap: VaultCapView | null;
}

/** Refilling buckets of an asset: what they hold when full, and what that of all together lets out at the block. */
export interface VaultCapView {
  /** In which an empty one is full again. */
  windowSec: number;
  ofAll: Units;
  ofEach: Units;
  freeOfAll: Units;
}

export type RootState = 'signing' | 'posted' | 'final' | 'rejected' | 'failed';

export interface RootView {
  epoch: number;
  seq: number;
  /** Engine time of the state it speaks of. */
  timeMs: number;
  /** Struct hash, the one the vault keeps. */
  hash: string;
  accountsRoot: string;
  /** Who signed, addresses ascending. */
  signers: string[];
  postedMs: number | null;
  /** When nobody can reject it any more. */
  finalMs: number | null;
  state: RootState;
  /** Why it is not further. */
  sentence: string;
  gas: number | null;
  tx: string | null;
  block: number | null;
}

export interface VaultDepositView {
  /** The vault's number of it; null for one that is not in a final block. */
  id: number | null;
  account: number;
  asset: number;
  amount: Units;
  from: string;
  tx: string;
  block: number;
  seenMs: number;
  state: 'seen' | 'credited' | 'reverted' | 'reclaimed';
  creditedSeq: number | null;
  /** First root that counts it. */
  epoch: number | null;
}

export interface VaultWithdrawalView {
  nonce: number;
  account: number;
  asset: number;
  amount: Units;
  to: string;
  /** Under which it was asked for; null where nobody else had to agree. */
  proposal: number | null;
  seq: number;
  authorisedMs: number;
  /** First root that carries it. */
  epoch: number | null;
  claimableMs: number | null;
  /** When the vault's buckets let it out, by the chain's clock, if those before it go first; null: never, it is over a cap. */
  bucketMs: number | null;
  state: 'authorised' | 'inRoot' | 'claimable' | 'paid';
  tx: string | null;
  block: number | null;
}

/** A root as its signers signed it; sums in the order of the assets. */
export interface RootStructView {
  accountsRoot: string;
  withdrawalsRoot: string;
  stateHash: string;
  journalHead: string;
  metaHash: string;
  epoch: number;
  seq: number;
  /** Seconds. */
  engineTime: number;
  depositCursor: number;
  sums: Units[];
  parent: string;
}

/** GET /api/v1/proof/:epoch?account=N: one account's leaf and its way up to a root; `final` as epoch is the newest final one. */
export interface ProofView {
  epoch: number;
  chainId: number;
  vault: string;
  hash: string;
  root: RootStructView;
  leaf: { sub: string; detail: string; entitled: Units[] };
  /** From the leaf up: one sibling a level, and its sums, all assets of a level one after the other. */
  path: { index: number; siblings: string[]; sums: Units[] };
  /** 32 bytes, hex; with the state it makes `detail`. */
  salt: string;
  /** Canonical text of the account's state. */
  state: string;
}

/** GET /api/v1/proof/:epoch/withdrawal/:nonce: what `claim` wants. */
export interface WithdrawalProofView {
  epoch: number;
  withdrawal: { sub: string; nonce: number; asset: number; amount: Units; to: string; seq: number };
  proof: string[];
}

/**
 * GET /api/v1/entitlements/:epoch: what a root says of every account of who asks; `final` as epoch is the newest final one.
 * `entitled` holds all that was ever authorised to leave, paid or not: less what the vault has paid, it is what an exit pays.
 */
export interface EntitlementsView {
  epoch: number;
  chainId: number;
  vault: string;
  /** Struct hash of the root, the one the vault keeps. */
  hash: string;
  seq: number;
  timeMs: number;
  isFinal: boolean;
  /** Deposits below it are in the root. */
  depositCursor: number;
  /** Over all accounts of the desk, in the vault's order of assets. */
  sums: Units[];
  accounts: { account: number; sub: string; entitled: Units[] }[];
  /** Of those accounts: authorised, and not seen paid when the root was cut. */
  withdrawals: { nonce: number; account: number; asset: number; amount: Units; to: string; seq: number }[];
}

/** POST /api/v1/settlement/rehearsal: what a kit is worth once the desk is gone, tried on a copy of the chain. */
export interface ExitRehearsalView {
  /** The root the copy froze at. */
  epoch: number;
  /** Block of the chain the copy was made at. */
  block: number;
  /** Seconds without a root until it was frozen; 0 where the vault is frozen already. */
  silenceSec: number;
  freezeGas: number;
  tookMs: number;
  /** In the order they were asked in. */
  exits: ExitRehearsedView[];
}

export interface ExitRehearsedView {
  sub: string;
  to: string;
  /** What arrived with the receiver, in the vault's order of assets. */
  received: Units[];
  gas: number;
  /** The vault's own name for why it refuses; empty where it paid. */
  refusal: string;
}
