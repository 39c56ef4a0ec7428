import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { constants, createGunzip } from 'node:zlib';
import type { DefectLog } from './defects.ts';

export interface CapturedLine {
  readonly line: number;
  readonly text: string;
  /** The file ended before the line did: it may be cut. */
  readonly isUnended: boolean;
}

/** No message of any venue comes near this; a file without line ends must not fill the memory. */
const LINE_CHARACTERS_MAX = 4_000_000;

/**
 * The lines of a capture file, plain or compressed, a handful at a time as they are read. A file that ends
 * early or is damaged gives the lines before that place, and a defect.
 */
export async function* captureLines(file: string, log: DefectLog): AsyncGenerator<CapturedLine[]> {
  const name = path.basename(file);
  const isCompressed = file.endsWith('.gz');
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let line = 0;
  let bytes = 0;
  try {
    for await (const chunk of openBytes(file, isCompressed)) {
      bytes += chunk.length;
      const parts = (rest + decoder.write(chunk)).split('\n');
      rest = parts.pop() ?? '';
      if (rest.length > LINE_CHARACTERS_MAX) throw new Error('a line is longer than any message');
      yield parts.map((text) => ({ line: ++line, text, isUnended: false }));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const done = `Reading stopped here (${reason}); the lines before it were used.`;
    log.report({ file: name, line: line + 1, code: 'market.fileUnreadable', done });
    return;
  }
  if (rest !== '') yield [{ line: ++line, text: rest, isUnended: true }];
  else if (isCompressed && (await lacksItsEnd(file, bytes))) {
    const done = 'Its compressed end is missing; the whole lines before it were used.';
    log.report({ file: name, line, code: 'market.fileTruncated', done });
  }
}

function openBytes(file: string, isCompressed: boolean): AsyncIterable<Buffer> {
  const source = createReadStream(file);
  if (!isCompressed) return source;
  // Without this flag a file that ends early would lose what was already unpacked.
  const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  pipeline(source, unpacked, () => {
    // The reader of `unpacked` gets the error; a pipeline only wants to be asked.
  });
  return unpacked;
}

/** The last four bytes of a gzip file say how long its content is: more than was unpacked means a cut. */
async function lacksItsEnd(file: string, unpackedBytes: number): Promise<boolean> {
  const { size } = await stat(file);
  if (size < 18) return true;
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, size - 4);
    return buffer.readUInt32LE(0) > unpackedBytes;
  } finally {
    await handle.close();
  }
}
