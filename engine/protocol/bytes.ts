import { assert } from '../units/assert.ts';

/** Bytes in one command body at most: the door's 64 KiB plus room for its binary form. */
const START_BYTES = 4_096;

/** Writes little-endian words one after the other into a buffer that grows. */
export class ByteWriter {
  bytes = new Uint8Array(START_BYTES);
  view = new DataView(this.bytes.buffer);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  /** Makes room for `count` more bytes and returns where they start. */
  reserve(count: number): number {
    const at = this.length;
    this.length = at + count;
    if (this.length > this.bytes.length) this.#grow();
    return at;
  }

  #grow(): void {
    const next = new Uint8Array(Math.max(this.length, this.bytes.length * 2));
    next.set(this.bytes);
    this.bytes = next;
    this.view = new DataView(next.buffer);
  }

  u8(value: number): void {
    const at = this.reserve(1);
    this.view.setUint8(at, value);
  }

  u16(value: number): void {
    const at = this.reserve(2);
    this.view.setUint16(at, value, true);
  }

  u32(value: number): void {
    const at = this.reserve(4);
    this.view.setUint32(at, value, true);
  }

  i32(value: number): void {
    const at = this.reserve(4);
    this.view.setInt32(at, value, true);
  }

  f64(value: number): void {
    const at = this.reserve(8);
    this.view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length);
    this.bytes.set(bytes, at);
  }

  /** Length in bytes, then UTF-8. */
  text(value: string): void {
    const bytes = utf8Bytes(value);
    this.u32(bytes.length);
    this.raw(bytes);
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** The words of one double, to read it from any place: a DataView of each command would cost more than matching it. */
const doubleWords = new Int32Array(2);
const doubleValue = new Float64Array(doubleWords.buffer);

/**
 * Reads what ByteWriter wrote, one command after the other. Reading past the end is a broken belief:
 * bytes were checked by their frame.
 */
export class ByteReader {
  #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Starts over on other bytes. */
  reset(bytes: Uint8Array): this {
    this.#bytes = bytes;
    this.at = 0;
    return this;
  }

  #step(count: number): number {
    const at = this.at;
    this.at = at + count;
    assert(this.at <= this.#bytes.length, 'a command body ends before its last field');
    return at;
  }

  u8(): number {
    const at = this.#step(1);
    return this.#bytes[at]!;
  }

  u16(): number {
    const at = this.#step(2);
    return this.#bytes[at]! | (this.#bytes[at + 1]! << 8);
  }

  i32(): number {
    const at = this.#step(4);
    const bytes = this.#bytes;
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }

  u32(): number {
    return this.i32() >>> 0;
  }

  f64(): number {
    doubleWords[0] = this.i32();
    doubleWords[1] = this.i32();
    return doubleValue[0]!;
  }

  raw(count: number): Uint8Array {
    const at = this.#step(count);
    return this.#bytes.subarray(at, at + count);
  }

  text(): string {
    return utf8Text(this.raw(this.u32()));
  }
}

/** UTF-8 without the DOM's TextEncoder, which the lower floors do not have. Lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  return asciiBytes(text) ?? mixedBytes(text);
}

/** Nearly every text is this one: a byte a character, ten times as fast. */
function asciiBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return undefined;
    bytes[at] = code;
  }
  return bytes;
}

function mixedBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

/** Inverse of `utf8Bytes`, for bytes that `utf8Bytes` wrote. */
export function utf8Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const count = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let code = count === 1 ? lead : lead & (0x7f >> count);
    for (let k = 1; k < count; k++) code = (code << 6) | (bytes[at + k]! & 63);
    text += String.fromCodePoint(code);
    at += count;
  }
  return text;
}
