import type { Canonical } from '../../units/canonicalJson.ts';

/** Who asked. What the door alone knows is empty when a restart came between the deed and its record. */
export interface AuditActor {
  /** Of the wallet, lower case hex; `engine` for what time brought about, `desk` for what the host asked. */
  address: string;
  /** As it was then; empty for who is no member. */
  role: string;
  /** First 16 digits of the session's hash. */
  session: string;
  /** Keyed with the desk's own secret: equal addresses look equal, and nobody can try them all. */
  ipHash: string;
}

export interface AuditApproval {
  approver: string;
  /** SHA-256 of the wallet's signature; empty where the desk itself agreed. */
  sigHash: string;
  /** Of a wallet that is a contract: what the chain was asked, and at which block. No key can be found in it. */
  contract?: {
    chainId: number;
    blockNumber: number;
    blockHash: string;
    /** What the contract was asked about: the hash of the typed data, whose text the journal has. */
    digest: string;
    signature: string;
  };
}

/** One value the deed changed, as canonical text. */
export interface AuditChange {
  what: string;
  before: string;
  after: string;
}

/** What happened, before it has its place in the chain. */
export interface AuditEntry {
  /** The journal's; 0 for what never got there. */
  engineSeq: number;
  /** ISO 8601, UTC, ms. */
  time: string;
  /** Whose affair it is; 0: the desk's. */
  firm: number;
  actor: AuditActor;
  /** The command, and the action it is about: `PlaceOrder`, `Propose.SetLimits`, `Decide.Transfer`. */
  action: string;
  /** Number of the proposal it is about; 0 for none. */
  proposal: number;
  params: Canonical;
  /** SHA-256 of the parameters' canonical text. */
  paramsHash: string;
  /** Of the policy it was judged by; empty where none was asked. */
  policyHash: string;
  /** Rules that matched, by their ids. */
  rule: string[];
  approvals: AuditApproval[];
  /** What a wallet's key signed for it: typed data as JSON in ASCII, and the signature. Absent for any other asker. */
  signed?: { text: string; signature: string };
  /** `applied`, `waiting`, `approved`, `agreed`, `vetoed`, `withdrawn`, `expired`, `policyChanged`, or the error code. */
  result: string;
  changes: AuditChange[];
}

/** A record in its place: `hash` = SHA-256 of `prev` and the canonical JSON of all but `hash`, as text. */
export interface AuditRecord extends AuditEntry {
  v: 1;
  seq: number;
  prev: string;
  hash: string;
}

/** A record that this reader may not see: only its place and its hash. */
export interface SealedRecord {
  seq: number;
  hash: string;
}

/** The log at a size, signed by the engine's key. */
export interface AuditCheckpoint {
  size: number;
  /** RFC 6962 over the records' hashes. */
  merkleRoot: string;
  /** Hash of the last record. */
  head: string;
  /** Ed25519 over the canonical JSON of the three above and `ballast-audit-1` as `domain`. */
  signature: string;
}

/** Last line of an export: what its records are held against. */
export interface AuditSeal {
  v: 1;
  /** Of the engine, 32 bytes as hex. Hold it against one that came another way. */
  publicKey: string;
  /** Sequence of the first record, and how many there are. */
  first: number;
  count: number;
  /** Roots of the full subtrees before the first record, largest first. */
  before: { size: number; hash: string }[];
  /** In the order of their size; the last one covers the whole export. */
  checkpoints: AuditCheckpoint[];
}

/** Rows of the log, newest first. */
export interface AuditPageView {
  records: (AuditRecord | SealedRecord)[];
  /** Ask on from here; null when there is nothing older. */
  beforeSeq: number | null;
  /** Records there are. */
  size: number;
  head: string;
  publicKey: string;
}
