import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beginWalk, readSeal, verifyExport, walkLine } from '../../../public/verify.mjs';
import { linkOf } from '../../audit/chain.ts';
import { Merkle } from '../../audit/merkle.ts';
import type { AuditRecord, AuditSeal } from '../../protocol/views/audit.ts';
import { assert } from '../../units/assert.ts';
import { canonicalJson } from '../../units/canonicalJson.ts';
import { exportText, openLog, sampleEntry } from './sampleLog.ts';

export interface TamperReport {
  readonly records: number;
  readonly bytes: number;
  /** Bytes that were flipped, and changes that were made to whole records. */
  readonly flips: number;
  readonly moves: number;
  /** What was not found, in words. */
  readonly missed: string[];
}

export interface TamperOptions {
  readonly records: number;
  /** Every so manieth byte of the records, and of the seal. */
  readonly byteStep: number;
  readonly sealStep: number;
  /** Every so manieth record is dropped, doubled and swapped. */
  readonly recordStep: number;
}

/**
 * Goal: an export that was changed by one bit, or by one record, never passes. How: a log is exported, changed in every
 * place and checked by `verify.mjs`, which reads an export line by line: so a flipped byte is tried where the check has
 * just come to its line, and on to the end only when that line passed. A failure would mean that a log can be rewritten.
 */
export async function tamperTest(options: TamperOptions): Promise<TamperReport> {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-audit-'));
  try {
    const log = await openLog(dir);
    for (let seq = 1; seq <= options.records + 100; seq++) log.append([sampleEntry(seq)]);
    await log.settled();
    const text = await exportText(log, 101, options.records + 100);
    await log.close();
    return await tryAll(text, options);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function tryAll(
  text: string,
  { records, byteStep, sealStep, recordStep }: TamperOptions,
): Promise<TamperReport> {
  const whole = await verifyExport(text);
  assert(
    whole.isWhole && whole.count === records,
    `the export itself is whole: ${JSON.stringify(whole.problems)}`,
  );
  const lines = text.slice(0, -1).split('\n');
  const missed = [...flipRecords(lines, byteStep), ...(await flipSeal(text, lines.at(-1)!.length, sealStep))];
  const { count, missed: moved } = await moveRecords(lines, recordStep);
  missed.push(...moved, ...(await resigned(lines, whole.publicKey)));
  const bytes = Buffer.byteLength(text);
  return { records, bytes, flips: Math.floor(bytes / byteStep), moves: count + 3, missed };
}

/** One bit of a byte is another; which bit follows from its place. */
function flipped(line: string, at: number): string | undefined {
  const bytes = Buffer.from(`${line}\n`);
  bytes[at]! ^= 1 << (at % 8);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // It is no text any more, which is the first thing that is looked at.
    return undefined;
  }
}

function flipRecords(lines: readonly string[], step: number): string[] {
  const missed: string[] = [];
  const seal = readSeal(lines.at(-1)!) as AuditSeal;
  const walk = beginWalk(seal);
  let place = 0;
  for (const [index, line] of lines.slice(0, -1).entries()) {
    for (let at = (step - (place % step)) % step; at <= Buffer.byteLength(line); at += step) {
      const changed = flipped(line, at);
      if (changed === undefined) continue;
      const copy = { ...walk, subtrees: [...walk.subtrees], marks: new Map(walk.marks), problems: [] };
      // Where the line's end is flipped, the next line belongs to it.
      const rest = changed.endsWith('\n') ? changed.slice(0, -1) : `${changed}${lines[index + 1]}`;
      for (const part of rest.split('\n')) walkLine(copy, part);
      if (copy.problems.length === 0) missed.push(`byte ${at} of line ${index + 1}`);
    }
    place += Buffer.byteLength(line) + 1;
    walkLine(walk, line);
  }
  return missed;
}

async function flipSeal(text: string, length: number, step: number): Promise<string[]> {
  const missed: string[] = [];
  const from = Buffer.byteLength(text) - length - 1;
  for (let at = 0; at <= length; at += step) {
    const bytes = Buffer.from(text);
    bytes[from + at]! ^= 1 << (at % 8);
    if ((await verifyExport(bytes)).isWhole) missed.push(`byte ${at} of the seal`);
  }
  return missed;
}

async function moveRecords(
  lines: readonly string[],
  step: number,
): Promise<{ count: number; missed: string[] }> {
  const missed: string[] = [];
  let count = 0;
  const check = async (what: string, changed: readonly string[]) => {
    count += 1;
    if ((await verifyExport(`${changed.join('\n')}\n`)).isWhole) missed.push(what);
  };
  const last = lines.length - 2;
  for (let k = 0; k <= last; k = k === last ? last + 1 : Math.min(last, k + step)) {
    const line = lines[k]!;
    await check(`record ${k + 1} dropped`, lines.toSpliced(k, 1));
    await check(`record ${k + 1} doubled`, lines.toSpliced(k, 0, line));
    if (k < last) await check(`record ${k + 1} swapped`, lines.toSpliced(k, 2, lines[k + 1]!, line));
  }
  await check('the end cut off', lines.toSpliced(last - 9, 10));
  return { count, missed };
}

/** The whole log made anew with one word changed: found by whoever knows the engine's key. */
async function resigned(lines: readonly string[], publicKey: string): Promise<string[]> {
  const { privateKey, publicKey: theirs } = generateKeyPairSync('ed25519');
  const theirKey = theirs.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
  const missed: string[] = [];
  const underTheirKey = rewritten(lines, privateKey, theirKey);
  if ((await verifyExport(underTheirKey, { publicKey })).isWhole) missed.push('signed anew with another key');
  if ((await verifyExport(rewritten(lines, privateKey, publicKey))).isWhole)
    missed.push('signed anew under the name of the engine’s key');
  const [, ...rest] = lines;
  if ((await verifyExport(`${rest.join('\n')}\n`, { publicKey })).isWhole)
    missed.push('the first record cut off');
  return missed;
}

function rewritten(lines: readonly string[], key: KeyObject, publicKey: string): string {
  const seal = JSON.parse(lines.at(-1)!) as AuditSeal;
  const merkle = new Merkle(seal.before);
  let prev = (JSON.parse(lines[0]!) as AuditRecord).prev;
  const roots = new Map<number, { merkleRoot: string; head: string }>();
  const records = lines.slice(0, -1).map((line) => {
    const { v: _, seq, prev: __, hash: ___, ...entry } = JSON.parse(line) as AuditRecord;
    const link = linkOf(seq === seal.first + 4 ? { ...entry, result: 'rewritten' } : entry, seq, prev);
    prev = link.record.hash;
    merkle.append(prev);
    roots.set(seq, { merkleRoot: merkle.root(), head: prev });
    return link.line;
  });
  const checkpoints = seal.checkpoints.map(({ size }) => {
    const terms = { size, ...roots.get(size)! };
    const text = canonicalJson({ ...terms, domain: 'ballast-audit-1' });
    return { ...terms, signature: sign(null, Buffer.from(text), key).toString('hex') };
  });
  const before = seal.before.map((each) => ({ ...each }));
  return `${records.join('\n')}\n${canonicalJson({ ...seal, before, publicKey, checkpoints })}\n`;
}
