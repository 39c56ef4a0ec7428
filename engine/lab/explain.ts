// `npm run explain -- DIR ACCOUNT [SEQUENCE] [--json]`: why an account needed what it needed right after that command.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { accountAt } from './accountAt.ts';
import { marginText } from './marginText.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const [dir, account, sequence] = positionals;
const isNumber = (text: string | undefined) => text !== undefined && /^\d{1,15}$/.test(text);
if (
  dir === undefined ||
  !existsSync(dir) ||
  !isNumber(account) ||
  !(sequence === undefined || isNumber(sequence))
) {
  console.error('Say which folder, account and sequence to explain: npm run explain -- .ballast 8 1200');
  process.exit(2);
}
try {
  const seq = sequence === undefined ? undefined : Number(sequence);
  const view = accountAt(nodeDisk, path.resolve(dir), Number(account), seq);
  console.log(values.json ? JSON.stringify(view, undefined, 2) : marginText(view));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
