import { utf8Bytes, utf8Text } from '../protocol/bytes.ts';
import type { Limits } from '../protocol/commands/types.ts';
import { assert } from '../units/assert.ts';
import type { Directory } from './accounts/directory.ts';
import type { Engine } from './engine.ts';
import { highWater, type Table } from './memory/table.ts';
import type { Column } from './memory/undo.ts';
import { engineOf } from './openEngine.ts';
import { createState, type State } from './state.ts';

/** A named part of a saved state. */
export interface Section {
  name: string;
  bytes: Uint8Array;
}

/** Everything of a table that is state: its control words, then each column up to the high-water mark. */
function columnsOf(table: Table): Column[] {
  return [table.free, ...Object.values(table.columns)];
}

function bytesOf(column: Column, rows: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, rows * column.BYTES_PER_ELEMENT);
}

function saveTable(table: Table): Uint8Array {
  const rows = highWater(table);
  const parts = [
    bytesOf(table.control, table.control.length),
    ...columnsOf(table).map((c) => bytesOf(c, rows)),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function restoreTable(table: Table, bytes: Uint8Array): void {
  const control = bytesOf(table.control, table.control.length);
  control.set(bytes.subarray(0, control.length));
  const rows = highWater(table);
  assert(rows <= table.capacity, `the snapshot of table ${table.name} has more rows than fit`);
  let at = control.length;
  for (const column of columnsOf(table)) {
    const part = bytesOf(column, rows);
    assert(at + part.length <= bytes.length, `the snapshot of table ${table.name} is cut`);
    part.set(bytes.subarray(at, at + part.length));
    at += part.length;
  }
  assert(at === bytes.length, `the snapshot of table ${table.name} is too long`);
}

/** The state as named sections, little-endian as every machine we run on. Copies: the state may go on. */
export function saveState(state: State): Section[] {
  return [
    { name: 'limits', bytes: utf8Bytes(JSON.stringify(state.limits)) },
    { name: 'directory', bytes: utf8Bytes(JSON.stringify(state.directory)) },
    ...state.tables.map((table) => ({ name: table.name, bytes: saveTable(table) })),
  ];
}

/**
 * An engine that goes on where the saved one stopped, with the same hashes.
 *
 * @fails AssertionError when a section is missing or of another shape; the journal's checksums come first
 */
export function restoreState(sections: readonly Section[]): Engine {
  const byName = new Map(sections.map((section) => [section.name, section.bytes]));
  const read = (name: string): Uint8Array => {
    const bytes = byName.get(name);
    assert(bytes !== undefined, `the snapshot has no section ${name}`);
    return bytes;
  };
  const state = createState(JSON.parse(utf8Text(read('limits'))) as Limits);
  state.directory = JSON.parse(utf8Text(read('directory'))) as Directory;
  for (const table of state.tables) restoreTable(table, read(table.name));
  return engineOf(state);
}

/** A copy to ask "what if" of: nothing done to it reaches its parent. Takes milliseconds; never on the writer. */
export function forkEngine(engine: Engine): Engine {
  const { state } = engine;
  const fork = createState(state.limits);
  fork.directory = structuredCopy(state.directory);
  for (const [at, table] of state.tables.entries()) {
    const to = fork.tables[at]!;
    const rows = highWater(table);
    to.control.set(table.control);
    const columns = columnsOf(to);
    for (const [k, column] of columnsOf(table).entries()) columns[k]!.set(column.subarray(0, rows));
  }
  return engineOf(fork);
}

function structuredCopy(directory: Directory): Directory {
  return JSON.parse(JSON.stringify(directory)) as Directory;
}

/**
 * A fingerprint of the whole state: equal states have equal hashes on every machine. Not a signature;
 * against tampering stands the journal's SHA-256 chain.
 *
 * @returns 32 hex digits
 */
export function stateHash(state: State): string {
  const lanes = Int32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344);
  for (const table of state.tables) {
    const rows = highWater(table);
    mixWords(lanes, table.control);
    for (const column of columnsOf(table)) {
      const bytes = bytesOf(column, rows);
      mixWords(lanes, new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4));
    }
  }
  const text = utf8Bytes(JSON.stringify(state.directory));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4);
  padded.set(text);
  mixWords(lanes, new Int32Array(padded.buffer));
  return hexOf(lanes);
}

/** Four independent lanes take every fourth word each; a length word keeps empty columns apart. */
function mixWords(lanes: Int32Array, words: Int32Array): void {
  let a = lanes[0]! ^ words.length;
  let b = lanes[1]!;
  let c = lanes[2]!;
  let d = lanes[3]!;
  const whole = words.length - (words.length % 4);
  for (let at = 0; at < whole; at += 4) {
    a = mix(a, words[at]!);
    b = mix(b, words[at + 1]!);
    c = mix(c, words[at + 2]!);
    d = mix(d, words[at + 3]!);
  }
  for (let at = whole; at < words.length; at++) a = mix(a, words[at]!);
  lanes[0] = a ^ ((d << 7) | (d >>> 25));
  lanes[1] = b ^ a;
  lanes[2] = c ^ b;
  lanes[3] = d ^ c;
}

function mix(lane: number, word: number): number {
  const x = Math.imul(lane ^ Math.imul(word, 0x9e3779b1), 0x85ebca6b);
  return (x << 13) | (x >>> 19);
}

function hexOf(lanes: Int32Array): string {
  let text = '';
  for (const lane of lanes) {
    let h = lane ^ (lane >>> 16);
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 13;
    text += (h >>> 0).toString(16).padStart(8, '0');
  }
  return text;
}
