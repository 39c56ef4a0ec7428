import path from 'node:path';
import type { Names } from '../api/native/names.ts';
import { AuditLog } from '../audit/auditLog.ts';
import { sha256 } from '../audit/chain.ts';
import { cleaned } from '../audit/cleaned.ts';
import { AuditError } from '../audit/tail.ts';
import { nameOf, Role } from '../protocol/enums.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { AuditActor, AuditEntry } from '../protocol/views/audit.ts';
import { type Canonical, canonicalJson } from '../units/canonicalJson.ts';
import { limits } from './limits.ts';
import { log as say } from './log.ts';
import type { Origin } from './sessions/origin.ts';
import { SignInAudit } from './sessions/signInAudit.ts';
import type { FollowerClient } from './threads/followerClient.ts';
import type { FromFollower } from './threads/messages.ts';
import { CallError } from './threads/pendingCalls.ts';

export interface AuditPorts {
  names(): Names | undefined;
  nowMs(): number;
  /** The log cannot go on, so the desk must not. */
  failed(sentence: string): void;
}

/**
 * The desk's end of the audit log. What entered the journal comes from the follower, which makes it of the journal
 * alone; what was refused at the door is written here. Both stand in one chain, in the order in which they came.
 */
export class Audit {
  readonly #ports: AuditPorts;
  /** Who comes and goes. */
  readonly signIns: SignInAudit;
  #log: AuditLog | undefined;
  /** Who sent what is on its way to the journal, by its signature: the one thing both sides of the door have. */
  readonly #origins = new Map<string, Origin>();
  #allowance: number = limits.audit.refusalsMax;
  #allowanceMs = 0;
  #suppressedCount = 0;

  constructor(ports: AuditPorts) {
    this.#ports = ports;
    this.signIns = new SignInAudit(this, ports.nowMs);
  }

  /** Undefined until the desk has recovered. */
  get log(): AuditLog | undefined {
    return this.#log;
  }

  /** @see AuditLog.wantedSeq */
  get wantedSeq(): number {
    return this.#log?.wantedSeq ?? 0;
  }

  /** @fails AuditError when the log is damaged, or that of another journal */
  async open(dir: string, journalSeq: number, follower: Pick<FollowerClient, 'audited'>): Promise<void> {
    const folder = path.join(dir, 'audit');
    const { log, cutBytes } = await AuditLog.open(folder, {
      covered: (seq) => follower.audited(seq),
      failed: (error) => this.#ports.failed(`The audit log cannot be written. ${String(error)}`),
    });
    if (log.engineSeq > journalSeq)
      throw new AuditError(
        `The audit log knows command ${log.engineSeq}, the journal ends at ${journalSeq}: they do not belong together.`,
      );
    this.#log = log;
    if (cutBytes > 0) say(`${cutBytes} bytes of a torn write were cut from the audit log's end`);
    say(`audit log stands at ${log.size} records; the engine's public key is ${log.key.publicKey}`);
  }

  async close(): Promise<void> {
    this.signIns.close();
    await this.#log?.close();
  }

  /** Entries of what entered the journal, with what the door knew of them. */
  follow({ entries, positionSeq }: Extract<FromFollower, { type: 'audit' }>): void {
    this.#log?.append(
      entries.map(({ signature, entry }) => this.#completed(entry, signature)),
      positionSeq,
    );
  }

  /** Notes who sent a signed command, and records what keeps it from the engine. */
  async watch<T>(signature: string, origin: Origin, submit: () => Promise<T>): Promise<T> {
    this.note(signature, origin);
    try {
      return await submit();
    } catch (error) {
      if (error instanceof CallError) this.refused('Command', origin, error.error.code, {});
      throw error;
    }
  }

  note(signature: string, origin: Origin): void {
    if (this.#origins.size >= limits.audit.originsMax)
      this.#origins.delete(this.#origins.keys().next().value!);
    this.#origins.set(originKey(signature), origin);
  }

  /**
   * Records what was refused before it could reach the engine. Somebody who sends nothing else is counted and not
   * written line by line: the log must not be theirs to fill.
   */
  refused(action: string, origin: Origin, code: string, params: unknown): void {
    if (this.#take()) this.record(action, origin, code, params);
    else this.#suppressedCount += 1;
  }

  /**
   * Records which code decides from here on.
   *
   * @param build digits of the hash of everything that went into it
   * @param journalSeq where the journal stood
   */
  started(build: string, journalSeq: number): void {
    const params = { build, schema: SCHEMA_VERSION, node: process.version, journalSeq };
    this.record('DeskStarted', { session: undefined, ipAddress: '', isDesk: true }, 'applied', params);
  }

  /** Records what was decided at the door. */
  record(action: string, origin: Origin, result: string, params: unknown): void {
    this.#log?.append([this.#entry(action, origin, result, cleaned(params))]);
  }

  #completed(entry: AuditEntry, signature: string | undefined): AuditEntry {
    const key = originKey(signature ?? '');
    const origin = this.#origins.get(key);
    if (origin === undefined) return entry;
    this.#origins.delete(key);
    return { ...entry, actor: { ...entry.actor, ...this.#seen(origin) } };
  }

  #entry(action: string, origin: Origin, result: string, params: Canonical): AuditEntry {
    const address = origin.session?.address;
    const [member] = this.#ports.names()?.membersByAddress.get(address ?? '') ?? [];
    const role = member === undefined ? '' : nameOf(Role, member.role);
    return {
      engineSeq: 0,
      time: new Date(this.#ports.nowMs()).toISOString(),
      firm: member?.firm ?? 0,
      actor: origin.isDesk
        ? { address: 'desk', role: '', session: '', ipHash: '' }
        : { address: address ?? '', role, ...this.#seen(origin) },
      action,
      proposal: 0,
      params,
      paramsHash: sha256(canonicalJson(params)),
      policyHash: '',
      rule: [],
      approvals: [],
      result,
      changes: [],
    };
  }

  #seen({ session, ipAddress }: Origin): Pick<AuditActor, 'session' | 'ipHash'> {
    return {
      session: session?.id.slice(0, 16) ?? '',
      ipHash: this.#log?.key.blind(ipAddress) ?? '',
    };
  }

  /** A bucket for all: refusals are rare unless somebody makes them. */
  #take(): boolean {
    const nowMs = this.#ports.nowMs();
    const { refusalsMax, refusalsPerSecond } = limits.audit;
    const grown = this.#allowance + ((nowMs - this.#allowanceMs) * refusalsPerSecond) / 1_000;
    this.#allowance = Math.min(refusalsMax, grown);
    this.#allowanceMs = nowMs;
    if (this.#allowance < 1) return false;
    this.#allowance -= 1;
    this.#tellSuppressed();
    return true;
  }

  #tellSuppressed(): void {
    if (this.#suppressedCount === 0) return;
    const count = this.#suppressedCount;
    this.#suppressedCount = 0;
    this.record('Suppressed', { session: undefined, ipAddress: '' }, 'applied', { count });
  }
}

/** As many digits as a hash has twice over. */
const KEY_LENGTH_MAX = 160;

/** Of a contract a signature may be as long as a request: what is kept of those that wait is short. */
function originKey(signature: string): string {
  const text = signature.toLowerCase();
  return text.length <= KEY_LENGTH_MAX ? text : sha256(text);
}
