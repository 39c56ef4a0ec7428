import { keccak_256 } from '@noble/hashes/sha3';
import { assert } from '../../units/assert.ts';
import { type Canonical, canonicalJson } from '../../units/canonicalJson.ts';
import { utf8Bytes } from '../bytes.ts';

/**
 * A field of a struct that is signed. `string` also carries what is no atom, as canonical JSON: a wallet then shows
 * all of it as text.
 */
export interface TypedField {
  readonly name: string;
  readonly type: 'string' | 'address' | 'bool' | 'int64' | 'bytes32' | 'int64[]' | 'string[]' | StructList;
}

/** A list of structs, each of a type of its own. */
export type StructList = 'ChangePart[]' | 'Transfer[]' | 'PortPosition[]' | 'MoveNode[]';

/** Types that fields refer to, by name. */
export type Structs = Readonly<Record<string, readonly TypedField[]>>;

const WORD = 32;

/**
 * hashStruct of EIP-712: keccak256(typeHash ‖ encodeData), fields in the order given.
 *
 * @param values by field name; a field that is absent is empty text, 0, false
 * @param structs the types of fields that are lists of structs
 * @returns 0x and 64 hex digits
 * @fails AssertionError where a value does not fit its type
 */
export function structHash(
  name: string,
  fields: readonly TypedField[],
  values: Readonly<Record<string, unknown>>,
  structs: Structs = {},
): string {
  return hexOf(structBytes(name, fields, values, structs));
}

function structBytes(
  name: string,
  fields: readonly TypedField[],
  values: Readonly<Record<string, unknown>>,
  structs: Structs,
): Uint8Array {
  const inner = structsWithin(fields, structs);
  const types = [name, ...Object.keys(inner).sort()].map((type) => {
    const listed = (type === name ? fields : inner[type]!).map((field) => `${field.type} ${field.name}`);
    return `${type}(${listed.join(',')})`;
  });
  return keccak_256(
    joined([
      keccak_256(utf8Bytes(types.join(''))),
      ...fields.map((field) => word(field.type, values[field.name], structs)),
    ]),
  );
}

/** Of these types those that fields refer to, and those that these refer to. */
export function structsWithin(fields: readonly TypedField[], structs: Structs): Structs {
  const found: Record<string, readonly TypedField[]> = {};
  for (const { type } of fields) {
    const name = type.replace('[]', '');
    const inner = structs[name];
    if (inner !== undefined) Object.assign(found, { [name]: inner }, structsWithin(inner, structs));
  }
  return found;
}

/** keccak256 of a value's canonical text, as 0x and 64 hex digits. */
export function canonicalHash(value: Canonical): string {
  return hexOf(keccak_256(utf8Bytes(canonicalJson(value))));
}

function word(type: TypedField['type'], value: unknown, structs: Structs): Uint8Array {
  switch (type) {
    case 'string':
      return keccak_256(utf8Bytes(textOf(value)));
    case 'int64[]':
    case 'string[]': {
      const items = (value ?? []) as readonly unknown[];
      const of = type === 'int64[]' ? 'int64' : 'string';
      return keccak_256(joined(items.map((item) => word(of, item, structs))));
    }
    case 'ChangePart[]':
    case 'Transfer[]':
    case 'PortPosition[]':
    case 'MoveNode[]': {
      const name = type.slice(0, -2);
      const items = (value ?? []) as readonly Record<string, unknown>[];
      return keccak_256(joined(items.map((item) => structBytes(name, structs[name] ?? [], item, structs))));
    }
    case 'bool':
      return integerWord(value === true ? 1 : 0);
    case 'int64':
      return integerWord((value ?? 0) as number);
    case 'address':
      return hexWord(value, 20);
    case 'bytes32':
      return hexWord(value, WORD);
  }
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : canonicalJson(value as Canonical);
}

/** Two's complement, most significant byte first. */
function integerWord(value: number): Uint8Array {
  assert(Number.isSafeInteger(value), 'a signed integer is a safe one');
  const bytes = new Uint8Array(WORD).fill(value < 0 ? 0xff : 0);
  new DataView(bytes.buffer).setBigInt64(WORD - 8, BigInt(value));
  return bytes;
}

function hexWord(value: unknown, size: number): Uint8Array {
  const isHex = typeof value === 'string' && /^0x[0-9a-f]*$/.test(value) && value.length === 2 + 2 * size;
  assert(isHex, `a signed field has ${size} bytes as lower case hex`);
  const bytes = new Uint8Array(WORD);
  for (let at = 0; at < size; at++)
    bytes[WORD - size + at] = Number.parseInt(value.slice(2 + 2 * at, 4 + 2 * at), 16);
  return bytes;
}

function joined(words: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(words.length * WORD);
  for (const [at, each] of words.entries()) bytes.set(each, at * WORD);
  return bytes;
}

function hexOf(bytes: Uint8Array): string {
  let hex = '0x';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
