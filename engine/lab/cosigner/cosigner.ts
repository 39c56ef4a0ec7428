import { hashTypedData } from 'viem';
import type { ErrorView } from '../../protocol/errors.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { ApprovalsView, WaitingProposalView } from '../../protocol/views/approvals.ts';
import type { DecideDraftWire } from '../../protocol/wire/firm.ts';
import type { DeskLine } from './deskLine.ts';
import { type DeskNames, isSameText, mismatchOf, ownTypedData } from './ownReading.ts';
import type { Begun, CosignerRecord, Decided } from './record.ts';
import { judge, type Verdict } from './rules.ts';
import type { CosignerSettings } from './settings.ts';

/** Where a co-signer may be cut off, in order. */
export const cosignerSteps = ['heard', 'judged', 'decided', 'signed', 'kept', 'sent', 'ended'] as const;
export type CosignerStep = (typeof cosignerSteps)[number];

export interface CosignerPorts {
  readonly settings: CosignerSettings;
  readonly line: DeskLine;
  readonly record: CosignerRecord;
  nowMs(): number;
  say(sentence: string): void;
  /** Told at each step; a test stands still there. */
  reach(step: CosignerStep): Promise<void>;
}

/** A signed decision that has not arrived by then is worth nothing, by the desk's clock. */
const DECISION_LIFE_MS = 5 * 60_000;

/** What says nothing about the decision itself: it is tried again as it is. */
const PASSING = /^(?:engine|chain|session|request|outcome)\./;
/** What a decision is told that came before: the next answer says what became of it. */
const CAME_BEFORE = ['nonce.replayed', 'approval.repeated', 'proposal.unknown'];

/**
 * Agrees and objects in a custodian's place, by its rules. Each decision is durable before it is signed, and its signature
 * before it is sent: cut off anywhere, the same decision goes on, and none is signed anew while the one before can count.
 */
export class Cosigner {
  readonly #ports: CosignerPorts;
  #afterSeq = 0;

  constructor(ports: CosignerPorts) {
    this.#ports = ports;
  }

  /** Hears once, and does what is to be done then. @fails DeskLineError when the desk does not answer */
  async round(): Promise<void> {
    const { line, record } = this.#ports;
    // Whatever was begun is finished first; nothing new is waited for meanwhile.
    const isBusy = record.open.length > 0;
    const view = await line.approvals(isBusy ? 0 : this.#afterSeq, !isBusy);
    await this.#ports.reach('heard');
    for (const begun of record.open) await this.#goOn(begun, view);
    for (const proposal of view.proposals) await this.#consider(proposal, view);
    this.#afterSeq = view.seq;
  }

  /** A decision that was begun: it counts already, or can count no more, or goes on. */
  async #goOn(begun: Begun, view: ApprovalsView): Promise<void> {
    const { decided } = begun;
    const isOf = (each: { proposal: number; proposedMs: number }) =>
      each.proposal === decided.proposal && each.proposedMs === decided.proposedMs;
    const open = view.proposals.find(isOf);
    if (open === undefined) {
      const closed = view.closed.find(({ proposal }) => isOf(proposal));
      const isOurs =
        decided.terms.decision === 'veto'
          ? closed?.end === 'vetoed' && closed.member === view.member
          : closed?.proposal.approvals.some(({ member }) => member === view.member) === true;
      return await this.#end(decided, isOurs ? 'counted' : 'late', closed?.end ?? 'gone');
    }
    if (open.approvals.some(({ member }) => member === view.member))
      return await this.#end(decided, 'counted', 'agreed');
    if (view.timeMs >= decided.terms.deadlineMs)
      return await this.#end(decided, 'lapsed', 'approval.expired');
    const names = await this.#ports.line.names();
    const mismatch = mismatchOf(this.#ports.settings, open, names) ?? this.#changed(decided, open);
    if (mismatch !== undefined) return this.#leave(open, mismatch);
    await this.#signAndSend(begun, open);
  }

  /** What was decided on must be what is there: its text is made anew, and hashes as it did. */
  #changed({ terms, hash }: Decided, open: WaitingProposalView): string | undefined {
    const own = ownTypedData(this.#ports.settings, open, terms);
    return hashTypedData(own as never) === hash ? undefined : 'It is not what was decided on.';
  }

  async #consider(proposal: WaitingProposalView, view: ApprovalsView): Promise<void> {
    const { record, settings } = this.#ports;
    const isAgreed = proposal.approvals.some(({ member }) => member === view.member);
    if (isAgreed || record.of(proposal) !== undefined) return;
    const names = await this.#ports.line.names();
    const mismatch = mismatchOf(settings, proposal, names);
    if (mismatch !== undefined) return this.#leave(proposal, mismatch);
    const verdict = this.#judged(proposal, names);
    if (verdict.is === 'leave') return this.#leave(proposal, verdict.why);
    await this.#ports.reach('judged');
    if (verdict.is === 'approve' ? !proposal.mayApprove : !proposal.mayVeto) return;
    const decided = this.#decided(proposal, view, verdict);
    if (decided === undefined) return;
    record.write(decided);
    await this.#ports.reach('decided');
    await this.#signAndSend(record.of(proposal)!, proposal);
  }

  #judged({ action }: WaitingProposalView, { markets }: DeskNames): Verdict {
    const { settings, record, nowMs } = this.#ports;
    return judge(settings.rules, action, {
      decimalsOf: (asset) => markets.assets.find(({ name }) => name === asset)?.decimals,
      spentToday: (asset) => record.spentOn(asset, nowMs()),
    });
  }

  #decided(
    proposal: WaitingProposalView,
    { seq, timeMs }: ApprovalsView,
    verdict: Exclude<Verdict, { is: 'leave' }>,
  ): Decided {
    const { settings, record, nowMs } = this.#ports;
    const atMs = nowMs();
    const { actionHash, policyHash, proposedMs, summary } = proposal;
    const terms: DecideDraftWire = {
      wallet: settings.wallet.address.toLowerCase(),
      nonce: Math.max(atMs, record.lastNonce + 1),
      decision: verdict.is,
      reason: verdict.is === 'veto' ? verdict.reason : '',
      ...{ actionHash, policyHash, seqMin: seq, deadlineMs: timeMs + DECISION_LIFE_MS },
    };
    const hash = hashTypedData(ownTypedData(settings, proposal, terms) as never);
    const spends = verdict.is === 'approve' ? verdict.spends : null;
    return { is: 'decided', proposal: proposal.proposal, proposedMs, atMs, terms, hash, summary, spends };
  }

  async #signAndSend(begun: Begun, proposal: WaitingProposalView): Promise<void> {
    const { settings, line, record, reach } = this.#ports;
    const { decided } = begun;
    const { terms, hash } = decided;
    const own = ownTypedData(settings, proposal, terms);
    const drafted = await line.draft(proposal.proposal, terms);
    if ('code' in drafted) return await this.#refused(decided, drafted);
    if (!isSameText(own, drafted))
      return this.#leave(proposal, 'The desk drafts another text than this machine.');
    const signature = begun.signature ?? (await this.#signature(own));
    if (begun.signature === undefined) {
      await reach('signed');
      record.write({ is: 'signed', hash, signature });
      await reach('kept');
    }
    const refusal = await line.send(proposal.proposal, { ...terms, signature });
    await reach('sent');
    if (refusal !== undefined) return await this.#refused(decided, refusal);
    await this.#end(decided, 'counted', terms.decision);
  }

  #signature(own: TypedData): Promise<string> {
    return this.#ports.settings.wallet.signTypedData(own as never);
  }

  async #refused(decided: Decided, { code, message }: ErrorView): Promise<void> {
    if (CAME_BEFORE.includes(code)) return;
    if (PASSING.test(code)) return this.#ports.say(`${decided.proposal} waits: ${message}`);
    await this.#end(decided, code === 'approval.expired' ? 'lapsed' : 'refused', code);
  }

  async #end(
    { proposal, hash, terms, summary }: Decided,
    outcome: 'counted' | 'lapsed' | 'refused' | 'late',
    code: string,
  ): Promise<void> {
    this.#ports.record.write({ is: 'ended', hash, outcome, code });
    const words = terms.decision === 'veto' ? `objected to: ${terms.reason}` : 'agreed to';
    this.#ports.say(`${proposal} ${words} (${outcome}, ${code}): ${summary}`);
    await this.#ports.reach('ended');
  }

  /** Nothing is signed. Said once. */
  #leave({ proposal, proposedMs, summary }: WaitingProposalView, why: string): void {
    const left = { is: 'left', proposal, proposedMs, why } as const;
    if (this.#ports.record.hasLeft(left)) return;
    this.#ports.record.write(left);
    this.#ports.say(`${proposal} is left to people: ${why} ${summary}`);
  }
}
