import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { assert } from '../units/assert.ts';
import { tables } from './schema.ts';

/** The statements that make the schema's tables, from the schema itself: it is written down once. */
export function createStatements(): string[] {
  return Object.values(tables).flatMap((table) => [createTable(table), ...createIndexes(table)]);
}

/** Name of a table and of its columns, in the order of the schema. */
export function columnNames(table: PgTable): { name: string; columns: string[] } {
  const { name, columns } = getTableConfig(table);
  return { name, columns: columns.map((column) => column.name) };
}

function createTable(table: PgTable): string {
  const { name, columns, primaryKeys } = getTableConfig(table);
  const keys = primaryKeys.map((key) => `primary key (${namesOf(key.columns)})`);
  // Room on each page, so that a row that changes often stays where it is and the indexes need no change.
  return `create table ${name} (${[...columns.map(columnText), ...keys].join(', ')}) with (fillfactor = 80)`;
}

function columnText(column: PgColumn): string {
  assert(!column.hasDefault && !column.isUnique, `${column.name} says more than this file can write`);
  const suffix = column.primary ? ' primary key' : column.notNull ? ' not null' : '';
  return `${column.name} ${column.getSQLType()}${suffix}`;
}

function createIndexes(table: PgTable): string[] {
  const { name, indexes } = getTableConfig(table);
  return indexes.map(({ config }) => {
    const columns = config.columns.map((column) => ('name' in column ? column.name : undefined));
    assert(!columns.includes(undefined), `${config.name} is on an expression, which this file cannot write`);
    return `create index ${config.name} on ${name} (${columns.join(', ')})`;
  });
}

function namesOf(columns: readonly PgColumn[]): string {
  return columns.map(({ name }) => name).join(', ');
}
