/** CRC-32 (IEEE) of each byte value. */
const table = new Int32Array(256).map((_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  return crc;
});

/**
 * CRC-32 of `bytes[from, to)`, the same as node:zlib's `crc32`. For the 64 bytes of a frame's header the
 * call into native code costs three times what the loop does, once per frame of a replay.
 */
export function headerChecksum(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let crc = ~seed;
  for (let at = from; at < to; at++) crc = table[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}
