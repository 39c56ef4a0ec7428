import type { MessagePort } from 'node:worker_threads';
import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { Rule } from '../../protocol/commands/policy.ts';
import type { OrderCommand, PlaceOrder, PlaceScale } from '../../protocol/commands/types.ts';
import type { AccountView, OrderView } from '../../protocol/views/account.ts';
import type { AccountsView } from '../../protocol/views/accounts.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { ActionTrialView, FirmView, ProposalsView } from '../../protocol/views/firm.ts';
import type { FirmRiskView } from '../../protocol/views/firmRisk.ts';
import type { TableUseView } from '../../protocol/views/health.ts';
import type { LargestOrderView } from '../../protocol/views/largestOrder.ts';
import type { MarginBookView } from '../../protocol/views/marginBook.ts';
import type { MarketSnapshotView } from '../../protocol/views/market.ts';
import type { OptionChainView, PayoffView } from '../../protocol/views/options.ts';
import type { OracleView } from '../../protocol/views/oracle.ts';
import type { PolicyQuestion, PolicyTrialView } from '../../protocol/views/policyTrial.ts';
import type { PreviewView } from '../../protocol/views/preview.ts';
import type { RebalanceTerms, RebalanceView } from '../../protocol/views/rebalance.ts';
import type { MarginScheduleView } from '../../protocol/views/schedule.ts';
import type { StressesView } from '../../protocol/views/stress.ts';
import type { StressMapView } from '../../protocol/views/stressMap.ts';
import type { VenueComparisonsView } from '../../protocol/views/venues.ts';
import type { JournalledEntry } from '../follower/journalledEntry.ts';
import type { Projected } from '../follower/projected.ts';
import type { SettlementState } from '../follower/settlementState.ts';

/** A place in the journal and what both engines must agree on there. */
export interface Checkpoint {
  readonly seq: number;
  readonly timeMs: number;
  /** Empty before the genesis: there is no state yet. */
  readonly stateHash: string;
}

/** Main → engine. */
export type ToEngine =
  | { type: 'commands'; ids: number[]; envelopes: Uint8Array[] }
  | { type: 'follow'; port: MessagePort }
  | { type: 'start' }
  | { type: 'snapshotWritten'; seq: number }
  /** Answered once everything handed over before it is durable. */
  | { type: 'barrier'; id: number }
  | { type: 'stop' };

/** Engine → main. Everything in a `durable` message is on disk. */
export type FromEngine =
  | ({
      type: 'recovered';
      directory: DirectoryView | undefined;
      markets: MarketSnapshotView[];
      /** Open orders of people. */
      orders: OrderView[];
      sentences: string[];
      replayedCount: number;
      epoch: number;
    } & Checkpoint)
  | {
      type: 'durable';
      seq: number;
      timeMs: number;
      /** Events of all commands of the group, in order. */
      lanes: Float64Array;
      /** Four numbers a command somebody waits for: id, seq, first lane, end lane. */
      answers: Float64Array;
      /** Present when names changed. */
      directory: DirectoryView | undefined;
      journalBytes: number;
      syncMs: number;
    }
  | { type: 'barrierPassed'; id: number }
  | { type: 'alarm'; sentence: string }
  | { type: 'failed'; code: string; sentence: string }
  | { type: 'stopped'; seq: number };

/** Engine → follower, in the order of the journal. */
export type ToFollowerFromEngine =
  | { type: 'frame'; frame: Uint8Array; eventHash: number }
  | ({ type: 'check' } & Checkpoint);

/** Main → follower. */
export type ToFollower =
  /** The writer has opened the folder at this sequence and does not write yet. */
  | { type: 'capture'; seq: number }
  | { type: 'restore'; checkpoint: Checkpoint; projected: Projected }
  | { type: 'attachRecords'; port: MessagePort }
  | { type: 'recordsCheckpoint'; seq: number }
  /** The audit log holds everything up to here. */
  | { type: 'audited'; seq: number }
  | { type: 'call'; id: number; atLeastSeq: number; call: FollowerCall }
  | { type: 'stop'; isSnapshotWanted: boolean };

export type FollowerCall =
  | { kind: 'preview'; operations: OrderCommand[] }
  | { kind: 'largestOrder'; order: PlaceOrder | PlaceScale; lotsMax: number | undefined }
  | { kind: 'account'; account: number }
  /** With what its margin was computed from. */
  | { kind: 'watchedAccount'; account: number }
  | { kind: 'accounts'; accounts: number[] }
  | { kind: 'firmRisk'; accounts: number[] }
  | { kind: 'venues'; account: number }
  | { kind: 'stresses'; accounts: number[] }
  | { kind: 'stressMap'; accounts: number[] }
  | { kind: 'marginSchedule'; accounts: number[] }
  | { kind: 'oracle' }
  | { kind: 'optionChain'; underlying: number }
  | { kind: 'payoff'; account: number; underlying: number }
  | { kind: 'openedThisHour'; agents: number[] }
  | { kind: 'firm'; member: number }
  | { kind: 'proposals'; firm: number }
  | { kind: 'actionTrial'; firm: number; member: number; action: Action }
  /** Of an open proposal; null once it is not open any more. */
  | { kind: 'proposalTrial'; proposal: number; member: number }
  | { kind: 'policyTrial'; firm: number; rules: Rule[]; question: PolicyQuestion }
  | { kind: 'rebalance'; firm: number; terms: RebalanceTerms }
  | { kind: 'markets'; levels: number }
  | { kind: 'settlement' }
  | { kind: 'stateHash' };

/** An account as its stream tells it, both at one sequence. */
export interface WatchedAccount {
  view: AccountView;
  book: MarginBookView;
}

export interface FollowerAnswers {
  preview: PreviewView;
  largestOrder: LargestOrderView;
  account: AccountView;
  watchedAccount: WatchedAccount;
  accounts: AccountsView;
  firmRisk: FirmRiskView;
  venues: VenueComparisonsView;
  stresses: StressesView;
  stressMap: StressMapView;
  marginSchedule: MarginScheduleView;
  oracle: OracleView;
  optionChain: OptionChainView;
  payoff: PayoffView;
  /** Micro-USD of each; null where nothing is counted. */
  openedThisHour: (number | null)[];
  firm: FirmView;
  proposals: ProposalsView;
  rebalance: RebalanceView;
  actionTrial: ActionTrialView;
  proposalTrial: ActionTrialView | null;
  policyTrial: PolicyTrialView;
  markets: MarketSnapshotView[];
  settlement: SettlementState;
  stateHash: Checkpoint;
}

/** Follower → main. */
export type FromFollower =
  /** The folder was looked at; the writer may write on. */
  | { type: 'captured' }
  | {
      type: 'restored';
      seq: number;
      stateHash: string;
      snapshot: string | undefined;
      replayedCount: number;
      sentences: string[];
    }
  /** `tables` where they were counted just now. */
  | {
      type: 'applied';
      seq: number;
      hashCheckedSeq: number;
      stateHash: string;
      tables: TableUseView[] | undefined;
    }
  /** What people decided, in the order of the journal; with `positionSeq`, there is nothing else up to there. */
  | { type: 'audit'; entries: JournalledEntry[]; positionSeq: number | undefined }
  | { type: 'snapshotWritten'; seq: number; bytes: number; prunedNames: string[] }
  /** A root was cut: what it says, for those who sign it. */
  | { type: 'rootCut'; material: RootMaterial }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failed'; code: string; sentence: string }
  | { type: 'stopped' };

/** Main → signatures. */
export interface SignatureCall {
  readonly id: number;
  readonly call:
    | { kind: 'text'; scheme: 'ed25519' | 'p256'; key: string; signature: string; text: string }
    | { kind: 'message'; message: string; signature: string }
    | { kind: 'typedData'; typedData: string; signature: string };
}

/** Id of the first answer, which nobody asked for: the thread has loaded its code. */
export const READY = 0;

/** Signatures → main: whether a key signed, or the address that did. */
export interface SignatureAnswer {
  readonly id: number;
  readonly value: boolean | string | undefined;
}

/** Main → market: durable events, in order and without gaps, and what is listed when that has changed. */
export interface ToMarket {
  readonly groups: readonly Float64Array[];
  readonly directory?: DirectoryView;
}

/** What a market plays, for people, and the coins whose contracts it lists from a recording. */
export interface OpenedMarket {
  readonly sentences: readonly string[];
  readonly recordedCoins: readonly string[];
}

/** Market → main. */
export type FromMarket =
  | ({ type: 'opened' } & OpenedMarket)
  | { type: 'steps'; envelopes: Uint8Array[] }
  | { type: 'defect'; sentence: string }
  | { type: 'failed'; sentence: string };
