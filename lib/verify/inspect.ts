import { type Report, verifyExport } from '../../public/verify.mjs';
import { readTypedData, type TypedDataReading } from './typedDataReading.ts';

/** What a text turned out to be. */
export type Inspection =
  | { kind: 'export'; report: Report; milliseconds: number }
  | { kind: 'typedData'; reading: TypedDataReading }
  | { kind: 'unknown'; sentence: string };

/** Looks at a text, here and with nothing else: an audit export, or what a wallet is asked to sign. */
export async function inspect(text: string, trustedKey: string): Promise<Inspection> {
  if (isExport(text)) {
    const startMs = performance.now();
    const key = trustedKey.trim().toLowerCase();
    const report = await verifyExport(text, key === '' ? {} : { publicKey: key });
    return { kind: 'export', report, milliseconds: performance.now() - startMs };
  }
  try {
    return { kind: 'typedData', reading: readTypedData(JSON.parse(text)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { kind: 'unknown', sentence: `It is neither an export nor typed data. ${reason}` };
  }
}

/** An export has a record a line; typed data is one object, with lines only between its fields. */
function isExport(text: string): boolean {
  return /^\{"(?:action|hash|before)":/.test(text);
}
