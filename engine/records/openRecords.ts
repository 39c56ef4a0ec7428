import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { eq, inArray } from 'drizzle-orm';
import { assert } from '../units/assert.ts';
import { type CheckpointRef, listCheckpoints, readCheckpoint, tidyCheckpoints } from './checkpointFile.ts';
import { createTables, type Database, openDatabase } from './database.ts';
import { isReadable, restoreTables } from './dump.ts';
import type { Standing } from './fold.ts';
import { KeptAccounts, type People } from './keptAccounts.ts';
import { Records } from './records.ts';
import { OrderStateCode, orders, progress, RECORDS_VERSION } from './schema.ts';
import { currentBoot, forgetTrust, isTrusted, readTrust, writeTrust } from './trust.ts';
import { PROGRESS_ID } from './writeBatch.ts';

export interface OpenInput {
  /** A folder of the records' own; made when missing. */
  readonly dir: string;
  readonly people: People;
  /** Last command of the journal: records of later ones are of another journal, and are thrown away. */
  readonly seqMax: number;
  /**
   * Told as soon as it is certain, which may be seconds before the tables are there: the records want the
   * events of every command behind this one.
   */
  readonly announce?: (seq: number) => void;
  /** This run of the machine; tests give their own. */
  readonly boot?: string;
}

/** How an opening went; the sentences are for the operator. */
export interface Opened {
  readonly records: Records;
  readonly sentences: readonly string[];
}

/**
 * Opens the records, whatever a kill, a power loss or another version left behind: the database's folder when
 * it can be believed, else the newest good checkpoint, else nothing at all. What is missing then comes from
 * the journal.
 */
export async function openRecords(input: OpenInput): Promise<Opened> {
  const { dir, people, seqMax, announce = () => {}, boot = currentBoot() } = input;
  const databaseDir = path.join(dir, 'database');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  tidyCheckpoints(dir, seqMax);
  const sentences: string[] = [];
  const found = await openTrusted(dir, databaseDir, { boot, seqMax }, sentences);
  let database = found?.database;
  if (found === undefined) {
    forgetTrust(dir);
    rmSync(databaseDir, { recursive: true, force: true });
    const checkpoint = newestGood(dir, sentences);
    announce(checkpoint?.ref.seq ?? 0);
    database = await createDatabase(databaseDir, checkpoint?.bytes);
  } else announce(found.seq);
  assert(database !== undefined, 'a database was found or made');
  writeTrust(dir, { boot, attempts: 0 });
  const standing = await readStanding(database);
  return { records: new Records(dir, database, standing, new KeptAccounts(people)), sentences };
}

/** Undefined when there is no folder, or none that can be believed. */
async function openTrusted(
  dir: string,
  databaseDir: string,
  { boot, seqMax }: { boot: string; seqMax: number },
  sentences: string[],
): Promise<{ database: Database; seq: number } | undefined> {
  const trust = readTrust(dir);
  if (trust === undefined) return undefined;
  if (!isTrusted(trust, boot)) {
    sentences.push(
      'The machine was started again or openings failed, so the records’ database is made anew.',
    );
    return undefined;
  }
  writeTrust(dir, { boot, attempts: trust.attempts + 1 });
  let database: Database | undefined;
  try {
    database = await openDatabase(databaseDir);
    const { version, seq } = await readProgress(database);
    if (version === RECORDS_VERSION && seq <= seqMax) return { database, seq };
    sentences.push(
      version === RECORDS_VERSION
        ? `The records go to seq ${seq} and the journal to ${seqMax}, so they are made anew.`
        : `The records have version ${version} and are made anew in version ${RECORDS_VERSION}.`,
    );
  } catch (error) {
    sentences.push(`The records’ database does not open and is made anew. ${String(error)}`);
  }
  await database?.$client.close().catch(() => {});
  return undefined;
}

function newestGood(dir: string, sentences: string[]): { ref: CheckpointRef; bytes: Uint8Array } | undefined {
  for (const ref of listCheckpoints(dir)) {
    const bytes = readCheckpoint(dir, ref);
    if (bytes !== undefined && isReadable(bytes)) {
      sentences.push(`The records start from ${ref.name}.`);
      return { ref, bytes };
    }
    sentences.push(`${ref.name} is damaged or of another version and is passed over.`);
  }
  return undefined;
}

async function createDatabase(databaseDir: string, checkpoint: Uint8Array | undefined): Promise<Database> {
  // Making a folder takes twice the memory of opening one, so it is closed and opened again.
  const made = await openDatabase(databaseDir);
  await made.$client.close();
  const database = await openDatabase(databaseDir);
  await createTables(database);
  if (checkpoint !== undefined) await restoreTables(database, checkpoint);
  return database;
}

/** Where the tables stand; at the beginning when nothing was ever written. */
export async function readStanding(database: Database): Promise<Standing> {
  const { seq, timeMs } = await readProgress(database);
  const isOpen = inArray(orders.state, [OrderStateCode.open, OrderStateCode.parked]);
  return { seq, timeMs, openOrders: await database.select().from(orders).where(isOpen) };
}

async function readProgress(database: Database): Promise<typeof progress.$inferSelect> {
  const [row] = await database.select().from(progress).where(eq(progress.id, PROGRESS_ID));
  return row ?? { id: PROGRESS_ID, version: RECORDS_VERSION, seq: 0, timeMs: 0 };
}
