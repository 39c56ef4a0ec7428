import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { assert } from '../units/assert.ts';
import { columnNames } from './createTables.ts';
import type { Database } from './database.ts';
import { RECORDS_VERSION, tables } from './schema.ts';

/**
 * All tables as bytes: a line of JSON with the length of each, then their rows as PostgreSQL's COPY writes them.
 * Rows, not the files of the database: reading them checks every page, and another release of PGlite reads them too.
 */
interface Header {
  readonly version: number;
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly bytes: number;
  }[];
}

const NEWLINE = 10;

export async function dumpTables(database: Database): Promise<Uint8Array> {
  // One transaction, so that nothing is written between two tables.
  const parts = await database.$client.transaction(async (tx) => {
    const copied: { name: string; columns: string[]; rows: Buffer }[] = [];
    for (const table of Object.values(tables)) {
      const { name, columns } = columnNames(table);
      const { blob } = await tx.query(`copy ${name} (${columns.join(', ')}) to '/dev/blob'`);
      copied.push({ name, columns, rows: Buffer.from((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)) });
    }
    return copied;
  });
  const header: Header = {
    version: RECORDS_VERSION,
    tables: parts.map(({ name, columns, rows }) => ({ name, columns, bytes: rows.length })),
  };
  const head = Buffer.from(`${JSON.stringify(header)}\n`, 'utf8');
  // The fastest level: rows of integers shrink fivefold with it, and hardly more with the others.
  return gzipSync(Buffer.concat([head, ...parts.map(({ rows }) => rows)]), { level: constants.Z_BEST_SPEED });
}

/** Whether this code reads what is in these bytes. */
export function isReadable(bytes: Uint8Array): boolean {
  return readHeader(gunzipSync(bytes)).header.version === RECORDS_VERSION;
}

/**
 * Fills empty tables from a dump, all or none.
 *
 * @fails AssertionError when the dump is of other tables
 */
export async function restoreTables(database: Database, bytes: Uint8Array): Promise<void> {
  const { header, body } = readHeader(gunzipSync(bytes));
  assert(header.version === RECORDS_VERSION, `a checkpoint of version ${header.version} is not readable`);
  await database.$client.transaction(async (tx) => {
    let at = 0;
    for (const [place, table] of Object.values(tables).entries()) {
      const { name, columns } = columnNames(table);
      const part = header.tables[place];
      assert(
        part?.name === name && `${part.columns}` === `${columns}`,
        `the checkpoint has no ${name} like ours`,
      );
      const rows = body.subarray(at, at + part.bytes);
      at += part.bytes;
      if (rows.length === 0) continue;
      const blob = new Blob([Uint8Array.from(rows)]);
      await tx.query(`copy ${name} (${columns.join(', ')}) from '/dev/blob'`, [], { blob });
    }
  });
}

function readHeader(whole: Buffer): { header: Header; body: Buffer } {
  const end = whole.indexOf(NEWLINE);
  assert(end > 0, 'a checkpoint begins with a line about its tables');
  return {
    header: JSON.parse(whole.toString('utf8', 0, end)) as Header,
    body: whole.subarray(end + 1),
  };
}
