import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { syncPath, writeDurably } from './durably.ts';

/**
 * Whether the database's folder can be believed. PGlite does not sync: its files survive a kill, because the system
 * writes them later, but not a power loss, which may leave a folder that opens and is wrong. So a note beside it names
 * the boot of the machine on which it was written. (Syncing a thousand files at the end would take a stop's two seconds.)
 */
export interface Trust {
  readonly boot: string;
  /** Openings that did not come to an end, one after the other. */
  readonly attempts: number;
}

/** A folder whose opening was cut short this often is not tried again: it may be what cuts it short. */
const ATTEMPTS_MAX = 3;

const NAME = 'database.json';

export function isTrusted(trust: Trust, boot: string): boolean {
  return trust.attempts < ATTEMPTS_MAX && trust.boot === boot;
}

/** Undefined when there is no note, or one that cannot be read: nothing is known about the folder. */
export function readTrust(dir: string): Trust | undefined {
  try {
    const { boot, attempts } = JSON.parse(readFileSync(path.join(dir, NAME), 'utf8')) as Partial<Trust>;
    return typeof boot === 'string' && typeof attempts === 'number' ? { boot, attempts } : undefined;
  } catch {
    return undefined;
  }
}

/** Survives a power loss once this returned: it must be there before anything it speaks of changes. */
export function writeTrust(dir: string, trust: Trust): void {
  writeDurably(path.join(dir, NAME), Buffer.from(JSON.stringify(trust), 'utf8'));
}

export function forgetTrust(dir: string): void {
  rmSync(path.join(dir, NAME), { force: true });
  syncPath(dir);
}

/** Names this run of the machine. */
export function currentBoot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Elsewhere than on Linux: when it started, to ten seconds. A clock set since costs a rebuild, no more.
    return `started ${Math.round((Date.now() / 1_000 - os.uptime()) / 10)}`;
  }
}
