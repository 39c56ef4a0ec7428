/** A deposit that was credited before there was a vault to hold it. */
export interface DepositFacts {
  account: number;
  asset: number;
  amount: number;
  reference: string;
  /** Of the command that credited it. */
  seq: number;
}

/** What became of one of the vault's deposits. */
export interface CountedFacts {
  id: number;
  /** −1 where no account took it. */
  account: number;
  /** The vault's name of who it was for; empty of one that was passed over. */
  sub: string;
  asset: number;
  /** 0 where nothing is counted for it, because its owner took it back. */
  amount: number;
  /** Of the command that credited it or passed it over. */
  seq: number;
  /** Of the withdrawal by which it goes back to its owner, where no account could take it. */
  nonce?: number;
}

/** A withdrawal that left its account and waits for the vault to pay it. */
export interface WithdrawalFacts {
  nonce: number;
  /** −1 of a deposit that goes back to whom no account belongs: then `sub` says whose. */
  account: number;
  sub?: string;
  asset: number;
  amount: number;
  /** Lower case hex. */
  to: string;
  /** Of the command that authorised it, and its time. */
  seq: number;
  authorisedMs: number;
  /** Block of the owner's demand that it serves, where nobody else asked for it. */
  demand?: number;
}

/** The last demand of an account that was served, in whole or in part. */
export interface DemandFacts {
  account: number;
  asset: number;
  /** Where the vault has it: an account has one at a time, so it names the demand. */
  block: number;
  /** Smallest units that were demanded, and that were authorised for it. */
  amount: number;
  served: number;
}

/** An address in a firm's book. */
export interface Destination {
  firm: number;
  to: string;
  label: string;
  /** All that goes there in a day at most, micro-USD; 0 for none of its own. */
  dayUsd: number;
  /** Since when it is there; new terms of the same address change nothing about that. */
  listedMs: number;
}

/** How much of an asset leaves the vault: of all together, and of each subaccount. Smallest units. */
export interface VaultCap {
  asset: number;
  /** In which an empty bucket is full again. */
  windowMs: number;
  ofAll: number;
  ofEach: number;
}

/** What the engine knows of the chain. Lists are never changed in place. */
export interface SettlementFacts {
  /** Null until the vault holds what was credited. */
  vault: { address: string; saltSeed: string } | null;
  /** The last one that was cut, as it was. */
  root: {
    epoch: number;
    parent: string;
    seq: number;
    timeMs: number;
    /** A deposit it counted was taken back: it may be cut again, and those before it. */
    isRewound?: boolean;
  } | null;
  /** The vault's last deposits below the cursor, in their order: enough to take back what a chain takes back. Those that were credited before there was a vault are among them. */
  counted: readonly CountedFacts[];
  /** Open ones, oldest first. */
  withdrawals: readonly WithdrawalFacts[];
  /** The last ones of each firm that were paid, oldest first. */
  paid: readonly (WithdrawalFacts & { block: number; paidMs: number })[];
  /** All that ever went back to subaccounts of the vault that no account is: decimal text of smallest units. */
  returned: readonly { sub: string; asset: number; units: string }[];
  /** Where the vault pays to besides the owner of an account, and from when. */
  listed: readonly { account: number; to: string; fromMs: number }[];
  /** What the vault’s buckets hold when full, by asset number; of an asset it has not spoken of there is none. */
  caps: readonly VaultCap[];
  /** Of each account that was ever served one, the last. */
  demands: readonly DemandFacts[];
  /** How many payments went where, the address paid last at the end; of each firm the last of them. */
  paidTo: readonly { firm: number; to: string; count: number }[];
  /** Addresses that firms let their own withdrawals go to. */
  book: readonly Destination[];
  /** Of firms that have some. */
  limits: readonly { firm: number; dayUsd: number; destinationDayUsd: number }[];
  /** Micro-USD authorised to each address on the day since 1970 that stands beside it; other days are forgotten. */
  sent: readonly { firm: number; to: string; day: number; usd: number }[];
}
