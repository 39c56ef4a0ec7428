import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Batch } from './batch.ts';
import { FRAME_HEADER_BYTES, isFrameIntact, readFrameHeader, recordBytes, visitFrame } from './frame.ts';
import { headerChecksum } from './headerChecksum.ts';
import { GENESIS } from './position.ts';

const place = { epoch: 3, offset: 64, salt: 99, firstSeq: 41, prevHash: GENESIS.chainHash };

function framed(payloads: readonly Uint8Array[], batch = new Batch(1 << 20)): Uint8Array {
  for (const [index, payload] of payloads.entries()) batch.append(1_000 + index, payload, payload.length);
  batch.seal(place);
  const frame = batch.sealed().slice();
  batch.clear();
  return frame;
}

test('any payloads come out as they went in, aligned, with their seq and time', () => {
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.uint8Array({ minLength: 300, maxLength: 1_500 }),
    // A view that starts anywhere in its buffer.
    fc.uint8Array({ minLength: 5, maxLength: 60 }).map((bytes) => bytes.subarray(3)),
  );
  const anyPayloads = fc.array(payload, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(anyPayloads, (payloads) => {
      const seen: Uint8Array[] = [];
      const header = visitFrame(framed(payloads), (seq, timeMs, bytes) => {
        expect(seq).toBe(41 + seen.length);
        expect(timeMs).toBe(1_000 + seen.length);
        expect(bytes.byteOffset % 8).toBe(0);
        seen.push(bytes.slice());
      });
      expect(seen.map((bytes) => [...bytes])).toEqual(payloads.map((bytes) => [...bytes]));
      expect(header.lastSeq).toBe(40 + payloads.length);
    }),
  );
});

test('the bytes of a frame depend on its records alone, not on what the buffer held before', () => {
  const payloads = [new Uint8Array([1, 2, 3]), new Uint8Array(0), new Uint8Array(401).fill(9)];
  const used = new Batch(1 << 20);
  framed([new Uint8Array(900).fill(0xff)], used);
  framed([new Uint8Array(37).fill(0xee), new Uint8Array(21).fill(0xdd)], used);
  expect(Buffer.compare(framed(payloads, used), framed(payloads))).toBe(0);
});

test('only the first bytes of a longer buffer are taken', () => {
  for (const length of [7, 500]) {
    const batch = new Batch(4_096);
    batch.append(5, new Uint8Array(600).fill(8), length);
    batch.seal(place);
    visitFrame(batch.sealed(), (_seq, _timeMs, payload) => {
      expect([...payload]).toEqual(Array.from({ length }, () => 8));
    });
  }
});

test('a header does not pass under the seed of another segment', () => {
  const frame = Buffer.from(framed([new Uint8Array(10)]));
  expect(readFrameHeader(frame, 0, place.salt)?.firstSeq).toBe(41);
  expect(readFrameHeader(frame, 0, place.salt + 1)).toBeUndefined();
});

test('a frame that is cut short is not intact', () => {
  const frame = Buffer.from(framed([new Uint8Array(10)]));
  const header = readFrameHeader(frame, 0, place.salt);
  expect(header && isFrameIntact(frame, header)).toBe(true);
  expect(header && isFrameIntact(frame.subarray(0, frame.length - 8), header)).toBe(false);
  expect(readFrameHeader(frame.subarray(0, FRAME_HEADER_BYTES - 1), 0, place.salt)).toBeUndefined();
});

test('a frame handed on in memory that is not whole is our own mistake', () => {
  const frame = framed([new Uint8Array(10)]);
  expect(() => visitFrame(frame.subarray(0, frame.length - 8), () => undefined)).toThrow(RangeError);
});

test('time must not run back in a batch, nor leap further than 49 days', () => {
  const batch = new Batch(4_096);
  batch.append(5_000, new Uint8Array(1), 1);
  expect(() => batch.append(4_999, new Uint8Array(1), 1)).toThrow('time runs forward');
  expect(() => batch.append(5_000 + 0x1_0000_0000, new Uint8Array(1), 1)).toThrow('49 days');
});

test('a record of 100 bytes takes 112', () => {
  expect(recordBytes(100)).toBe(112);
});

test('the header checksum is CRC-32 as everyone else computes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), fc.nat(0xffff_ffff), (bytes, seed) => {
      expect(headerChecksum(bytes, 0, bytes.length, seed)).toBe(crc32(bytes, seed));
    }),
  );
});
